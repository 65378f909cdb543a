import { pgTable, text } from 'drizzle-orm/pg-core';
import { timestampMs } from './columns.ts';

/**
 * The use of rate limits, by key. `resets_at` is the time when the limit is unused again (the theoretical arrival time of
 * the generic cell rate algorithm). Unlogged: a crash resets all limits.
 */
export const rateLimits = pgTable('rate_limits', {
  key: text('key').primaryKey(),
  resetsAt: timestampMs('resets_at').notNull(),
});
