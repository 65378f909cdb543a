import type { DemoInstant } from './model.ts';

/** When a demo article is published, for one who loads it `now`: days are counted in UTC. */
export function instantOf(published: DemoInstant, now: Date): Date {
  const days = 'daysAgo' in published ? -published.daysAgo : published.daysFromNow;
  const [hours, minutes] = published.time.split(':').map(Number);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days, hours, minutes));
}
