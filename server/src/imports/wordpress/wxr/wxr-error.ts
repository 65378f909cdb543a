/**
 * The file cannot be read: it is not a WordPress export, its XML is malformed, or it is truncated. The message is a
 * sentence for the user and begins with the line and column where they are known. Records yielded before the error
 * belong to a broken file, so the caller must roll back what it wrote.
 */
export class WxrError extends Error {
  override readonly name = 'WxrError';
  /** 1-based; null if the error concerns the file as a whole. */
  readonly line: number | null;
  /** 1-based, in Unicode characters; null if only the line is known. */
  readonly column: number | null;

  constructor(message: string, line: number | null = null, column: number | null = null) {
    const position = line === null ? '' : `Line ${line}${column === null ? '' : `, column ${column}`}: `;
    super(position + message);
    this.line = line;
    this.column = column;
  }
}
