/**
 * The file cannot be read: it is no WordPress export, its XML is malformed, or it is cut off. Its message is a whole
 * sentence for the person who gave the file and begins with the place where there is one. Records yielded before it
 * belong to a broken file, so whoever wrote them must undo that.
 */
export class WxrError extends Error {
  override readonly name = 'WxrError';
  /** Counted from 1; null where the trouble is the file as a whole. */
  readonly line: number | null;
  /** Counted from 1, in Unicode characters; null where only the line is known. */
  readonly column: number | null;

  constructor(sentence: string, line: number | null = null, column: number | null = null) {
    const place = line === null ? '' : `Line ${line}${column === null ? '' : `, column ${column}`}: `;
    super(place + sentence);
    this.line = line;
    this.column = column;
  }
}
