import { truncate } from './truncate.ts';

interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const PHASE_LABELS = {
  reading: 'reading',
  waiting: 'waiting for another import of this site',
  writing: 'writing',
} as const;

export type Phase = keyof typeof PHASE_LABELS;

/** Shows the progress of an import: one line that is redrawn on a terminal, a new line every five seconds elsewhere. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #file: string;
  readonly #fileBytes: number;
  readonly #timer: NodeJS.Timeout;
  #phase: Phase = 'reading';
  #items = 0;
  #bytesRead = 0;

  constructor(terminal: Terminal, file: string, fileBytes: number) {
    this.#terminal = terminal;
    this.#file = file;
    this.#fileBytes = fileBytes;
    if (!terminal.isTTY) terminal.write(`${file}: ${(fileBytes / 1e6).toFixed(1)} MB\n`);
    this.#timer = setInterval(() => this.#draw(), terminal.isTTY ? 100 : 5_000).unref();
  }

  update(phase: Phase, items: number): void {
    this.#phase = phase;
    this.#items = items;
  }

  /** Passes the chunks of a file through and counts their bytes, from 0 on each call. */
  async *countBytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.#bytesRead = 0;
    for await (const chunk of chunks) {
      this.#bytesRead += chunk.length;
      yield chunk;
    }
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#terminal.isTTY) this.#terminal.write('\r\u001b[2K');
  }

  #draw(): void {
    const percent = Math.floor((100 * this.#bytesRead) / Math.max(this.#fileBytes, 1));
    const status = this.#phase === 'waiting' ? '' : ` ${percent} %, ${this.#items.toLocaleString('en')} items`;
    const line = `${this.#file}: ${PHASE_LABELS[this.#phase]}${status}`;
    const { isTTY, columns = 80 } = this.#terminal;
    // A line that wraps could not be erased.
    this.#terminal.write(isTTY ? `\r\u001b[2K${truncate(line, columns - 1)}` : `${line}\n`);
  }
}
