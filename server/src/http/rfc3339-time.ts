const DATE = /\d{4}-\d\d-\d\d/;
const TIME = /([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?/;
const OFFSET = /z|([+-])([01]\d|2[0-3]):([0-5]\d)/;
const RFC_3339 = new RegExp(`^(${DATE.source})[t ]${TIME.source}(?:${OFFSET.source})$`, 'i');

/**
 * Parses every form of RFC 3339: `T` or a blank, `T` and `Z` in upper or lower case, fractions of any length, any offset.
 * Second 60, a leap second, is the first second of the next minute, as in PostgreSQL. `Date.parse` accepts fewer of these
 * forms, and other forms.
 *
 * @param rounding of fractions of a millisecond
 * @returns milliseconds since 1970; null for any other text, and for a date that does not exist
 */
export function parseRfc3339(text: string, rounding: 'down' | 'up'): number | null {
  const [, date, hour, minute, second, fraction = '', sign, offsetHour, offsetMinute] = RFC_3339.exec(text) ?? [];
  if (date === undefined) return null;
  const minuteStart = Date.parse(`${date}T${hour}:${minute}:00Z`);
  const exists = !Number.isNaN(minuteStart) && new Date(minuteStart).toISOString().startsWith(date);
  if (!exists) return null;
  const offset = sign === undefined ? 0 : Number(`${sign}1`) * (Number(offsetHour) * 60 + Number(offsetMinute));
  return minuteStart + Number(second) * 1_000 + toMilliseconds(fraction, rounding) - offset * 60_000;
}

/** @param digits those behind the decimal point, exact at any length */
function toMilliseconds(digits: string, rounding: 'down' | 'up'): number {
  const milliseconds = Number(digits.slice(0, 3).padEnd(3, '0'));
  const hasRest = /[1-9]/.test(digits.slice(3));
  return milliseconds + (rounding === 'up' && hasRest ? 1 : 0);
}
