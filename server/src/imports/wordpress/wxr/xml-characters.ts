/** The characters that XML forbids. Surrogate pairs are allowed, and a decoder returns no others. */
export const FORBIDDEN = /[^\t\n\r\u0020-\ufffd]/g;

/** Returns a space for vertical tab and form feed, which separate words, as in WordPress's own importer; else ''. */
export function replacementFor(code: number): string {
  return code === 0x0b || code === 0x0c ? ' ' : '';
}

export function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff);
}
