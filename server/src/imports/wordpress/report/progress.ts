import { fit } from '../html/plain-text.ts';

interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const WORDS = {
  reading: 'reading',
  waiting: 'waiting for another import of this site',
  writing: 'writing',
} as const;

/** Tells how far an import is: on a terminal in one line that changes, elsewhere in plain lines, a few. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #file: string;
  readonly #size: number;
  readonly #timer: NodeJS.Timeout;
  #phase: keyof typeof WORDS = 'reading';
  #items = 0;
  #bytes = 0;

  /** @param size of the file, in bytes */
  constructor(terminal: Terminal, file: string, size: number) {
    this.#terminal = terminal;
    this.#file = file;
    this.#size = size;
    if (!terminal.isTTY) terminal.write(`${file}: ${(size / 1e6).toFixed(1)} MB\n`);
    this.#timer = setInterval(() => this.#show(), terminal.isTTY ? 100 : 5_000).unref();
  }

  items(phase: keyof typeof WORDS, items: number): void {
    this.#phase = phase;
    this.#items = items;
  }

  /** Counts the bytes of a file as they go by, from its beginning. */
  async *count(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.#bytes = 0;
    for await (const chunk of chunks) {
      this.#bytes += chunk.length;
      yield chunk;
    }
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#terminal.isTTY) this.#terminal.write('\r\u001b[2K');
  }

  #show(): void {
    const percent = Math.floor((100 * this.#bytes) / Math.max(this.#size, 1));
    const far = this.#phase === 'waiting' ? '' : ` ${percent} %, ${this.#items.toLocaleString('en')} items`;
    const line = `${this.#file}: ${WORDS[this.#phase]}${far}`;
    const { isTTY, columns = 80 } = this.#terminal;
    // A line that wraps could not be taken back.
    this.#terminal.write(isTTY ? `\r\u001b[2K${fit(line, columns - 1)}` : `${line}\n`);
  }
}
