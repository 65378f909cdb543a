/** A number of days before or after the day on which the demo is loaded, so that its dates look recent. */
export type RelativeTime = { daysAgo: number; time: ClockTime } | { daysFromNow: number; time: ClockTime };

/** Hours and minutes in UTC, 'HH:MM'. */
type ClockTime = `${number}:${number}`;

/**
 * Parses `12 days ago at 06:10` and `in 7 days at 08:00`.
 *
 * @throws Error when the text has another form
 */
export function parseRelativeTime(text: string): RelativeTime {
  const match = /^(?:(?<ago>\d+) days? ago|in (?<ahead>\d+) days?) at (?<time>([01]\d|2[0-3]):[0-5]\d)$/.exec(text);
  if (!match?.groups) {
    throw new Error(`"${text}" is neither like "12 days ago at 06:10" nor like "in 7 days at 08:00".`);
  }
  const { ago, ahead } = match.groups;
  const time = match.groups['time'] as ClockTime;
  return ago === undefined ? { daysFromNow: Number(ahead), time } : { daysAgo: Number(ago), time };
}

/** Returns the instant that a relative time stands for. Days are counted in UTC. */
export function resolveRelativeTime(relative: RelativeTime, now: Date): Date {
  const days = 'daysAgo' in relative ? -relative.daysAgo : relative.daysFromNow;
  const [hours, minutes] = relative.time.split(':').map(Number);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days, hours, minutes));
}
