/** The line breaks of a text. Parsers see `\n`; what is written has those that the text had. */
export class Newlines {
  readonly plain: string;
  /** Where in `plain` a `\n` was `\r\n`. */
  private readonly windows: number[] = [];
  private readonly isWindows: boolean;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    let plain = '';
    let from = 0;
    for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', from)) {
      plain += text.slice(from, at);
      this.windows.push(plain.length);
      from = at + 1;
    }
    this.plain = (plain + text.slice(from)).replaceAll('\r', '\n');
    this.isWindows = this.windows.length > 0 && this.windows.length * 2 >= this.plain.split('\n').length - 1;
  }

  /** The part of the text that is `plain.slice(from, to)`. */
  source(from: number, to: number): string {
    return this.text.slice(from + this.countBefore(from), to + this.countBefore(to));
  }

  /** Gives a new text the line breaks that most lines have. */
  apply(text: string): string {
    return this.isWindows ? text.replaceAll('\n', '\r\n') : text;
  }

  /** Gives an edited text the line breaks that it had: those of its first and last lines, as far as they are the same. */
  restore(edited: string): string {
    const { plain } = this;
    if (plain === this.text) return edited;
    const shorter = Math.min(plain.length, edited.length);
    let head = 0;
    while (head < shorter && plain[head] === edited[head]) head += 1;
    let tail = 0;
    while (tail < shorter - head && plain.at(-tail - 1) === edited.at(-tail - 1)) tail += 1;
    const middle = this.apply(edited.slice(head, edited.length - tail));
    return this.source(0, head) + middle + this.source(plain.length - tail, plain.length);
  }

  private countBefore(offset: number): number {
    let low = 0;
    let high = this.windows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.windows[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
