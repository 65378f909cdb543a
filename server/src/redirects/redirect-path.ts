import { MAX } from '../database/schema/field-limits.ts';

/**
 * Returns the form in which paths are compared, of a path or a URL: without host, query, fragment and closing slash; each
 * run of slashes is one, and dot segments are resolved. Percent-encoding is decoded where that keeps the meaning, and text is
 * in NFC, so `/caf%C3%A9/`, `/caf%c3%a9` and `/café` are equal. Case counts, as in URLs. The form of a form is itself.
 *
 * @returns null for what is no path: text that begins neither with a slash nor with `https://` or `http://`
 */
export function normalizePath(pathOrUrl: string): string | null {
  const [, path] = /^(?:https?:\/\/[^/?#]*|(?=\/))([^?#]*)/i.exec(pathOrUrl) ?? [];
  if (path === undefined) return null;
  const segments: string[] = [];
  for (const segment of decode(path).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

/** Whether the database can hold a path in this form. */
export const fitsPath = (path: string) => Buffer.byteLength(path) <= MAX.path;

/** The escapes of one character in UTF-8, of one other byte, or a percent sign that begins none. */
const ESCAPES =
  /%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}|%[0-9a-f]{2}|%/gi;
/** What would mean something else if it were not escaped, or cannot be shown: `/ ? # %`, control characters. */
const KEPT_ESCAPED = /[/?#%\p{Cc}]/gu;

/**
 * Bytes that are not UTF-8, as in old paths in Latin-1, stay escaped. An escape does not join with an accent after it: `%AA` and
 * U+030A would be `%A` and `Å`, which is no escape any more.
 */
function decode(path: string): string {
  const decoded = path.replace(/\p{Cc}/gu, encodeURIComponent).replace(ESCAPES, decodeCharacter);
  const parts = decoded.split(/(%[0-9A-F]{2})/);
  return parts.map((part) => part.normalize('NFC')).join('');
}

function decodeCharacter(escapes: string): string {
  if (escapes === '%') return '%25';
  try {
    return decodeURIComponent(escapes).replace(KEPT_ESCAPED, encodeURIComponent);
  } catch {
    return escapes.toUpperCase();
  }
}
