import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Rendering } from './render.thread.ts';
import type { Content } from './render-content.ts';

/** The build compiles this file and the thread; tests and `npm run dev` run the sources of both. */
const THREAD = new URL(`./render.thread${extname(import.meta.url)}`, import.meta.url);
/** In megabytes. 1 MiB of the worst Markdown known takes 400. */
const MAX_MEMORY = 512;
/** 1 MiB of prose takes 0.8 s, the worst Markdown known 4 s: a million brackets, or headings. */
const MAX_MS = 5_000;

/** Renders contents in a worker thread, one at a time. The thread starts with the first content. */
export class RenderingThread {
  private worker: Worker | undefined;

  constructor(
    private readonly maxMs = MAX_MS,
    private readonly maxMemory = MAX_MEMORY,
  ) {}

  /** @returns null if the content takes too much time or memory, or is too large */
  async render(content: Content): Promise<Rendering> {
    const worker = (this.worker ??= startThread(this.maxMemory));
    worker.postMessage(content);
    try {
      const [rendering] = (await once(worker, 'message', { signal: AbortSignal.timeout(this.maxMs) })) as [Rendering];
      return rendering;
    } catch (error) {
      this.worker = undefined;
      await worker.terminate();
      if (isTooMuch(error)) return null;
      throw error;
    }
  }

  async stop() {
    await this.worker?.terminate();
    this.worker = undefined;
  }
}

function startThread(maxOldGenerationSizeMb: number): Worker {
  const worker = new Worker(THREAD, { resourceLimits: { maxOldGenerationSizeMb } });
  // The thread does not keep the process alive: the connection of the waiting client does.
  worker.unref();
  // `once` passes an error to the waiting request. Without a listener, a later error would end the process.
  worker.on('error', () => {});
  return worker;
}

const isTooMuch = (error: unknown) =>
  error instanceof Error && ['ABORT_ERR', 'ERR_WORKER_OUT_OF_MEMORY'].includes((error as { code?: string }).code ?? '');
