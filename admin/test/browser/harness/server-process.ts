import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** Ends a wait that would last forever; leaves room for a slow machine. */
const LIMIT_MS = 200_000;

/** A running server, as `npm start` starts it. */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private text = '';
  private port = 0;

  constructor(private readonly settings: Record<string, string>) {}

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What it has printed so far: mail too, since it has no mail server. */
  get output(): string {
    return this.text;
  }

  /** Starts it, on the port that it had before. */
  async start() {
    this.text = '';
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '/',
      NODE_COMPILE_CACHE: join(ROOT, 'server/dist/.compile-cache'),
      // The cheapest: the browser types passwords in every test.
      PASSWORD_HASH_COST: '1',
      PORT: String(this.port),
      ...this.settings,
    };
    const child = spawn(process.execPath, [join(ROOT, 'server/dist/main.js')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.text += chunk;
      });
    }
    this.port = Number(await this.find(/API +http:\/\/127\.0\.0\.1:(\d+)/));
  }

  /** Waits for a line in the output, and returns its first group. */
  find(pattern: RegExp): Promise<string> {
    return vi.waitFor(
      () => {
        const found = [...this.text.matchAll(new RegExp(pattern, 'g'))].at(-1)?.[1];
        if (found === undefined) throw new Error(`the server has not printed ${pattern.source} yet:\n${this.text}`);
        return found;
      },
      { timeout: LIMIT_MS, interval: 20 },
    );
  }

  /** Ends it: by `SIGKILL` as a crash does. */
  async stop(signal: NodeJS.Signals = 'SIGTERM') {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
