/** A date as written in the file. */
export interface Timestamp {
  /** The date and time of day as if they were UTC, in milliseconds. */
  time: number;
  /** The UTC offset in milliseconds, null if the text has none. */
  offset: number | null;
}

/** Also without leading zeros, with slashes, and without the time, as other tools write it: year, month, day in any case. */
const ISO_8601 =
  /^(\d{4})([-/])(\d\d?)\2(\d\d?)(?:[ T]+(\d\d?)(:\d\d)(:\d\d)?(?:\.\d+)?\s*(?:Z|([+-])(\d\d):?(\d\d))?)?$/;
/** Of the names of days and months, as of their abbreviations, three letters count. */
const RFC_822 =
  /^(?:[a-z]{3,9},\s*)?(\d{1,2})\s+[a-z]{3,9}\s+\d{4}\s+\d\d:\d\d(?::\d\d)?\s+(?:([+-])(\d\d):?(\d\d)|GMT|UTC?|Z)$/i;
/** A publication date of RSS. RFC 822 has years of two digits and these time zones. */
const PUB_DATE =
  /^(?:[a-z]{3,9},\s*)?\d\d?\s+[a-z]{3,9}\s+(?:\d\d){1,2}\s+\d\d:\d\d(?::\d\d)?\s+(?:[+-]\d\d:?\d\d|GMT|UTC?|Z|[ECMP][SD]T)$/i;
/** `Wed Jul 22 2015 15:05:08 GMT+0000 (UTC)`, as JavaScript prints a date. */
const JAVASCRIPT = /^[a-z]{3} [a-z]{3} (\d\d) \d{4} \d\d:\d\d:\d\d GMT([+-])(\d\d)(\d\d)(?: \([^()]*\))?$/i;
const MINUTE_MS = 60_000;

/**
 * Parses a date of an item: as WordPress writes it, in ISO 8601 or nearly so, or in RFC 822 or JavaScript's form with a UTC offset.
 * Forms in which day and month could be confused are not read.
 *
 * @returns null for an absent date or zeros
 */
export function parseTimestamp(text: string): Timestamp | 'unreadable' | null {
  // 0000-00-00 is MySQL's zero date, -0001-11-30 is what PHP prints for it.
  if (text === '' || text.startsWith('0000-00-00') || text.startsWith('-0001-11-30')) return null;
  const [, year, , month = '', day = '', hour = '00', minute = ':00', second = ':00', ...offset] =
    ISO_8601.exec(text) ?? [];
  if (year === undefined) return parseTextDate(text);
  const [paddedMonth, paddedDay, paddedHour] = [month, day, hour].map((part) => part.padStart(2, '0'));
  const time = Date.parse(`${year}-${paddedMonth}-${paddedDay}T${paddedHour}${minute}${second}Z`);
  const hasOffset = text.endsWith('Z') || offset[0] !== undefined;
  return checked(time, day, hasOffset ? offsetFrom(offset) : null);
}

/** What PHP makes of zeros: `gmdate` the first, `mktime` the second. */
const PLACEHOLDERS: ReadonlySet<number> = new Set([0, Date.UTC(1999, 10, 30)]);

/** Whether a time is what PHP prints for no date. */
export const isPlaceholder = (time: number) => PLACEHOLDERS.has(time);

/**
 * Returns null unless the text is a complete date of RFC 822, or one of ISO 8601 with an offset. WordPress writes
 * `Mon, 30 Nov -0001 00:00:00 +0000` for none.
 */
export function parsePubDate(text: string): number | null {
  if (!ISO_8601.test(text)) {
    const time = PUB_DATE.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(time) ? null : time;
  }
  const parsed = parseTimestamp(text);
  return parsed === null || parsed === 'unreadable' || parsed.offset === null ? null : parsed.time - parsed.offset;
}

function parseTextDate(text: string): Timestamp | 'unreadable' {
  const [, day, ...offset] = RFC_822.exec(text) ?? JAVASCRIPT.exec(text) ?? [];
  const utcOffset = offsetFrom(offset);
  return checked(Date.parse(text) + utcOffset, day, utcOffset);
}

/** V8 parses 30 February as 2 March, so the day is compared with the text. */
function checked(time: number, day: string | undefined, offset: number | null): Timestamp | 'unreadable' {
  return new Date(time).getUTCDate() === Number(day) ? { time, offset } : 'unreadable';
}

/** Returns milliseconds; 0 for `Z` and other names of UTC. */
function offsetFrom([sign, hours = '0', minutes = '0']: ReadonlyArray<string | undefined>): number {
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}
