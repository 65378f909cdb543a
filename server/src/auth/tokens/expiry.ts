const HOURS = { h: 1, d: 24, w: 7 * 24 };
const MS_PER_HOUR = 3_600_000;
/** A hundred years: what is meant to be longer is meant to be for ever. */
const MAX_HOURS = 100 * 366 * 24;

/** @returns the instant that lies `12h`, `90d` or `52w` after `start`; undefined for what is no such time */
export function expiryAfter(duration: string, start: Date): Date | undefined {
  const [, amount, unit] = /^(\d{1,7})([hdw])$/.exec(duration) ?? [];
  const hours = Number(amount) * HOURS[(unit ?? 'h') as keyof typeof HOURS];
  return hours > 0 && hours <= MAX_HOURS ? new Date(start.getTime() + hours * MS_PER_HOUR) : undefined;
}
