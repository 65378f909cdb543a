// One UTF-8 sequence in percent-encoding; anything that is not one (a lone %e3, %zz) is left as it stands.
const ENCODED =
  /%[2-7][\da-f]|%[c-d][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi;

/**
 * A WordPress nicename as text: `%e3%83%86%e3%82%b9%e3%83%88` is テスト. WordPress keeps what is not ASCII in
 * percent-encoding and cuts it at 200 bytes, at times inside a character; decodeURIComponent alone would refuse the whole.
 * Bytes that form no character stay encoded, so that two different nicenames never become one. Controls (%00) stay too.
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

/** WordPress renames what goes to its trash (`summer` is `summer__trashed`, or `summer__trashed-2`); this undoes it. */
export function withoutTrashMark(nicename: string): string {
  return nicename.replace(/__trashed(?:-\d+)?$/, '');
}
