/**
 * The blanks of PHP and HTML: space, tab, line feed, vertical tab, form feed and carriage return. `trim` and `\s` of
 * JavaScript would also remove U+3000, which indents paragraphs in Chinese and Japanese, U+00A0 and U+FEFF.
 */
const BLANKS = ' \\t\\n\\v\\f\\r';

export const BLANK_RUN = new RegExp(`[${BLANKS}]+`);

/** Two or more line feeds with nothing but blanks between them. */
export const BLANK_LINES = /\n[ \t\v\f\r]*(?:\n[ \t\v\f\r]*)+/;

const NOT_BLANK = new RegExp(`[^${BLANKS}]`);

export function isBlankText(text: string): boolean {
  return !NOT_BLANK.test(text);
}

export function trimBlanks(text: string): string {
  return trimBlanksStart(trimBlanksEnd(text));
}

export function trimBlanksStart(text: string): string {
  const start = text.search(NOT_BLANK);
  return start < 0 ? '' : text.slice(start);
}

/** Not a regular expression: it would take quadratic time on long runs of blanks. */
export function trimBlanksEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isBlankCode(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function isBlankCode(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}
