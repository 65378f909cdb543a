/** The line breaks of a text. Parsers see `\n`; what is written has those that the text had. */
export class Newlines {
  readonly plain: string;
  /** Where in `plain` a `\n` was `\r\n`. */
  private readonly windows: number[] = [];
  private readonly isWindows: boolean;
  private readonly source_: string;

  constructor(text: string) {
    this.source_ = text;
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
    return this.source_.slice(from + this.countBefore(from), to + this.countBefore(to));
  }

  /** Gives a new text the line breaks that most lines have. */
  apply(text: string): string {
    return this.isWindows ? text.replaceAll('\n', '\r\n') : text;
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
