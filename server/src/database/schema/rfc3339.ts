/**
 * A time as PostgreSQL writes it, `2026-01-31 06:10:00.12+00`, as RFC 3339 writes it, always with milliseconds. Behind a
 * pooler a session may keep another zone than UTC; then it takes the long way.
 */
export function toRfc3339(text: string): string {
  if (!text.endsWith('+00')) return new Date(text).toISOString();
  const fraction = text.length > 22 ? text.slice(19, -3) : '.';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}${fraction.padEnd(4, '0')}Z`;
}
