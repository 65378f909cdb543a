/** The fields of one date of an item, as the file writes them. */
export interface WxrDate {
  /** `2024-06-05 16:04:48` in UTC, or zeros. */
  gmt: string;
  /** The same in the zone of the site at that time. */
  local: string;
  /** RFC 822; only the date of publication has one. */
  pubDate?: string;
}

/** The instant, and how it was found: 'assumed' deserves a warning, 'unreadable' means that the file holds nonsense. */
export interface WxrInstant {
  at: Date | null;
  how: 'exact' | 'absent' | 'assumed' | 'unreadable';
}

const STAMP = /^(\d{4}-\d\d-(\d\d))[ T](\d\d:\d\d)(:\d\d)?(?:\.\d+)?Z?$/;
const RFC_822 = /^(?:[a-z]{3},\s*)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d\d:\d\d(?::\d\d)?\s+(?:[+-]\d{4}|GMT|UTC?|Z)$/i;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Turns the dates of one file into instants, in file order. The GMT field wins wherever it can be read. WordPress leaves
 * it at zeros for what was never published, and other tools leave it out; then, in this order: the item's pubDate, the
 * offset that the item's other date shows, the offset seen last in the file, and UTC at the end. The offset seen last was
 * preferred to the most frequent one: it needs no second pass, and exports are in order of writing, so that a neighbour
 * is likelier to share the season and the zone (one real export has five offsets).
 */
export class WxrDates {
  #offset: number | null = null;

  /** The instant of a date; `sibling` is another date of the same item, looked at for its offset only. */
  read(date: WxrDate, sibling?: WxrDate): WxrInstant {
    const gmt = parseStamp(date.gmt);
    const local = parseStamp(date.local);
    const unreadable = Number.isNaN(gmt ?? 0) || Number.isNaN(local ?? 0);
    if (isTime(gmt)) {
      this.#offset = offsetOf(gmt, local) ?? this.#offset;
      return { at: new Date(gmt), how: 'exact' };
    }
    const published = parsePubDate(date.pubDate ?? '');
    if (published !== null && (!isTime(local) || Math.abs(published - local) < DAY)) {
      return { at: new Date(published), how: 'exact' };
    }
    if (!isTime(local)) return { at: null, how: unreadable ? 'unreadable' : 'absent' };
    if (sibling) this.#offset = offsetOf(parseStamp(sibling.gmt), parseStamp(sibling.local)) ?? this.#offset;
    return { at: new Date(local - (this.#offset ?? 0)), how: 'assumed' };
  }
}

function isTime(time: number | null): time is number {
  return time !== null && !Number.isNaN(time);
}

/** What local time is ahead of GMT, in milliseconds; null unless both can be read and differ as zones do. */
function offsetOf(gmt: number | null, local: number | null): number | null {
  if (!isTime(gmt) || !isTime(local)) return null;
  const offset = local - gmt;
  const isZone = offset % (15 * MINUTE) === 0 && Math.abs(offset) <= 14 * 60 * MINUTE;
  return isZone ? offset : null;
}

/** Milliseconds, null for absent or zeros, NaN for what is no date. */
function parseStamp(text: string): number | null {
  // 0000-00-00 is MySQL's way to say none; the other is what PHP makes of it.
  if (text === '' || text.startsWith('0000-00-00') || text.startsWith('-0001-11-30')) return null;
  const [, date, day, minute, second] = STAMP.exec(text) ?? [];
  if (date === undefined) return Number.NaN;
  const time = Date.parse(`${date}T${minute}${second ?? ':00'}Z`);
  // V8 takes 30 February for 2 March.
  return new Date(time).getUTCDate() === Number(day) ? time : Number.NaN;
}

/** Null for anything that is not a whole RFC 822 date: WordPress writes `Mon, 30 Nov -0001 00:00:00 +0000` for none. */
function parsePubDate(text: string): number | null {
  const time = RFC_822.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
