import { isPlaceholder, parsePubDate, parseTimestamp, type Timestamp } from './wxr-timestamps.ts';

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

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Resolves the dates of one file to instants, in file order. A readable GMT field wins, unless its year is a mistake, then a local
 * field that has its own UTC offset. WordPress leaves it at
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
    if (isTime(gmt) && !(isTime(local) && isMistake(gmt, local))) {
      this.#lastOffset = offsetOf(gmt, local) ?? this.#lastOffset;
      return { date: instantOf(gmt, 0), certainty: 'exact' };
    }
    if (isTime(local) && local.offset !== null) {
      this.#lastOffset = local.offset;
      return { date: instantOf(local, 0), certainty: 'exact' };
    }
    const pubDate = parsePubDate(fields.pubDate ?? '');
    const isAbsent = pubDate === null || (isPlaceholder(pubDate) && !isTime(local));
    if (!isAbsent && (!isTime(local) || Math.abs(pubDate - local.time) < DAY_MS)) {
      return { date: new Date(pubDate), certainty: 'exact' };
    }
    if (!isTime(local)) return { date: null, certainty: gmt === null && local === null ? 'absent' : 'unreadable' };
    if (otherDate) {
      const offset = offsetOf(parseTimestamp(otherDate.gmt), parseTimestamp(otherDate.local));
      this.#lastOffset = offset ?? this.#lastOffset;
    }
    return { date: instantOf(local, this.#lastOffset ?? 0), certainty: 'assumed' };
  }
}

type ParsedDate = ReturnType<typeof parseTimestamp>;

function isTime(parsed: ParsedDate): parsed is Timestamp {
  return parsed !== null && parsed !== 'unreadable';
}

/** A year such as 2, or a date far from the other one that is no date: what some programs made of zeros. */
function isMistake(gmt: Timestamp, local: Timestamp): boolean {
  const isZero = ({ time }: Timestamp) => new Date(time).getUTCFullYear() < 100 || isPlaceholder(time);
  return isZero(gmt) && !isZero(local) && Math.abs(gmt.time - local.time) > DAY_MS;
}

/** @param defaultOffset of a time without an offset, in milliseconds */
function instantOf({ time, offset }: Timestamp, defaultOffset: number): Date {
  return new Date(time - (offset ?? defaultOffset));
}

/** Returns local time minus GMT in milliseconds, or null unless the difference is a possible UTC offset. */
function offsetOf(gmt: ParsedDate, local: ParsedDate): number | null {
  if (!isTime(gmt) || !isTime(local)) return null;
  const offset = local.time - instantOf(gmt, 0).getTime();
  const isPossible = offset % (15 * MINUTE_MS) === 0 && Math.abs(offset) <= 14 * 60 * MINUTE_MS;
  return isPossible ? offset : null;
}
