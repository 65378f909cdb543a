// One percent-encoded UTF-8 sequence. Anything else (a lone %e3, %zz) does not match and stays encoded.
const ENCODED =
  /%[2-7][\da-f]|%[c-d][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi;

/**
 * Decodes a WordPress nicename: `%e3%83%86%e3%82%b9%e3%83%88` becomes テスト. WordPress percent-encodes non-ASCII
 * characters and truncates the result to 200 bytes, sometimes inside a character; decodeURIComponent would throw for the
 * whole string. Bytes that are not valid UTF-8 stay encoded, so different nicenames never decode to the same text.
 * Control characters (%00) stay encoded too.
 */
export function decodeNicename(nicename: string): string {
  if (!nicename.includes('%')) return nicename;
  return nicename.replace(ENCODED, (sequence) => {
    try {
      const character = decodeURIComponent(sequence);
      return character === '\u007f' ? sequence : character;
    } catch {
      return sequence;
    }
  });
}

/** Removes the suffix that WordPress adds in the trash: `summer__trashed` and `summer__trashed-2` become `summer`. */
export function removeTrashedSuffix(nicename: string): string {
  return nicename.replace(/__trashed(?:-\d+)?$/, '');
}
