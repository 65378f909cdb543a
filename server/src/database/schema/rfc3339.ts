/**
 * Converts a time as PostgreSQL writes it, `2026-01-31 06:10:00.12+00`, to RFC 3339, always with milliseconds. Behind a
 * pooler the time zone of a session can differ from UTC; such times are parsed as a Date, from RFC 3339: with the blank and
 * without minutes in its offset, JavaScript reads the year 99 as 1999.
 */
export function toRfc3339(text: string): string {
  if (!text.endsWith('+00')) return new Date(text.replace(' ', 'T').replace(/[+-]\d\d$/, '$&:00')).toISOString();
  const fraction = text.length > 22 ? text.slice(19, -3) : '.';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}${fraction.padEnd(4, '0')}Z`;
}

/** Returns whether a text is a time that exists, as `toISOString` writes it. PostgreSQL parses it; it has no year 0. */
export function isIsoTime(text: string): boolean {
  const time = Date.parse(text);
  return text >= '0001' && !Number.isNaN(time) && new Date(time).toISOString() === text;
}
