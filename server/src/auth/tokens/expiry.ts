const HOURS = { h: 1, d: 24, w: 7 * 24 };
const MS_PER_HOUR = 3_600_000;
/** A hundred years. Longer durations are refused: a token without `expiresAt` never expires. */
export const MAX_DAYS = 100 * 366;

/** Returns the time that is a duration such as `12h`, `90d` or `52w` after `start`, or undefined if it is malformed or too long. */
export function expiryAfter(duration: string, start: Date): Date | undefined {
  const [, amount, unit] = /^(\d{1,7})([hdw])$/.exec(duration) ?? [];
  const hours = Number(amount) * HOURS[(unit ?? 'h') as keyof typeof HOURS];
  return hours > 0 && hours <= MAX_DAYS * 24 ? new Date(start.getTime() + hours * MS_PER_HOUR) : undefined;
}
