import { MAX } from '../database/schema/field-limits.ts';

/**
 * Returns the normalized form of a path or URL, in which paths are compared. It has no host, query, fragment or trailing
 * slash; runs of slashes are one slash, and dot segments are resolved. Percent-encoding is decoded if that keeps the
 * meaning, and text is in NFC, so `/caf%C3%A9/`, `/caf%c3%a9` and `/café` are equal. Case is significant, as in URLs.
 * Normalizing is idempotent.
 *
 * @returns null for text that is not a path: it begins neither with a slash nor with `https://` or `http://`
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

/** Whether the database can store a normalized path. */
export const fitsPath = (path: string) => Buffer.byteLength(path) <= MAX.path;

/** The escapes of one character in UTF-8, of one other byte, or a percent sign that begins none. */
const ESCAPES =
  /%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}|%[0-9a-f]{2}|%/gi;
/**
 * Characters that would have another meaning if they were not escaped, or cannot be shown: `/ ? # %`, control characters.
 */
const KEPT_ESCAPED = /[/?#%\p{Cc}]/gu;

/**
 * Decodes percent-encoding. Bytes that are not UTF-8, as in old paths in Latin-1, stay escaped. An escape is not normalized
 * together with a following accent: `%AA` and U+030A would become `%A` and `Å`, which is not an escape.
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
