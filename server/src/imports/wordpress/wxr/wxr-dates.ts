/** The fields of one date of an item, as written in the file. */
export interface WxrDateFields {
  /** `2024-06-05 16:04:48` in UTC, or zeros. */
  gmt: string;
  /** The same time in the time zone of the site. */
  local: string;
  /** RFC 822. Only the publication date has one. */
  pubDate?: string;
}

export interface ResolvedDate {
  date: Date | null;
  /** `assumed`: the UTC offset is a guess. `unreadable`: a field has a value that is not a date. */
  certainty: 'exact' | 'assumed' | 'absent' | 'unreadable';
}

const TIMESTAMP = /^(\d{4}-\d\d-(\d\d))[ T](\d\d:\d\d)(:\d\d)?(?:\.\d+)?Z?$/;
const RFC_822 = /^(?:[a-z]{3},\s*)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d\d:\d\d(?::\d\d)?\s+(?:[+-]\d{4}|GMT|UTC?|Z)$/i;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Resolves the dates of one file to instants, in file order. A readable GMT field always wins. WordPress leaves it at
 * zeros for posts that were never published, and other tools omit it. The fallbacks, in this order: the item's pubDate,
 * the UTC offset of the item's other date, the last offset seen in the file, UTC. The last offset was preferred to the
 * most frequent one: it needs no second pass, and exports are in order of writing, so neighbouring items probably share
 * season and time zone (one real export has five offsets).
 */
export class WxrDateResolver {
  #lastOffset: number | null = null;

  /** @param otherDate another date of the same item, read only for its UTC offset */
  resolve(fields: WxrDateFields, otherDate?: WxrDateFields): ResolvedDate {
    const gmt = parseTimestamp(fields.gmt);
    const local = parseTimestamp(fields.local);
    const isUnreadable = Number.isNaN(gmt ?? 0) || Number.isNaN(local ?? 0);
    if (isTime(gmt)) {
      this.#lastOffset = offsetOf(gmt, local) ?? this.#lastOffset;
      return { date: new Date(gmt), certainty: 'exact' };
    }
    const pubDate = parsePubDate(fields.pubDate ?? '');
    if (pubDate !== null && (!isTime(local) || Math.abs(pubDate - local) < DAY_MS)) {
      return { date: new Date(pubDate), certainty: 'exact' };
    }
    if (!isTime(local)) return { date: null, certainty: isUnreadable ? 'unreadable' : 'absent' };
    if (otherDate) {
      const offset = offsetOf(parseTimestamp(otherDate.gmt), parseTimestamp(otherDate.local));
      this.#lastOffset = offset ?? this.#lastOffset;
    }
    return { date: new Date(local - (this.#lastOffset ?? 0)), certainty: 'assumed' };
  }
}

function isTime(time: number | null): time is number {
  return time !== null && !Number.isNaN(time);
}

/** Returns local time minus GMT in milliseconds, or null unless the difference is a possible UTC offset. */
function offsetOf(gmt: number | null, local: number | null): number | null {
  if (!isTime(gmt) || !isTime(local)) return null;
  const offset = local - gmt;
  const isPossible = offset % (15 * MINUTE_MS) === 0 && Math.abs(offset) <= 14 * 60 * MINUTE_MS;
  return isPossible ? offset : null;
}

/** Returns milliseconds, null for an absent date or zeros, and NaN for text that is not a date. */
function parseTimestamp(text: string): number | null {
  // 0000-00-00 is MySQL's zero date, -0001-11-30 is what PHP prints for it.
  if (text === '' || text.startsWith('0000-00-00') || text.startsWith('-0001-11-30')) return null;
  const [, date, day, minute, second] = TIMESTAMP.exec(text) ?? [];
  if (date === undefined) return Number.NaN;
  const time = Date.parse(`${date}T${minute}${second ?? ':00'}Z`);
  // V8 parses 30 February as 2 March.
  return new Date(time).getUTCDate() === Number(day) ? time : Number.NaN;
}

/** Returns null unless the text is a complete RFC 822 date. WordPress writes `Mon, 30 Nov -0001 00:00:00 +0000` for none. */
function parsePubDate(text: string): number | null {
  const time = RFC_822.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
