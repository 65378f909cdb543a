import { sql } from 'drizzle-orm';
import { bigint, customType, integer, timestamp } from 'drizzle-orm/pg-core';
import { SLUG_PATTERN } from '../slugs/slug.ts';
import { MAX } from './limits.ts';

/** Milliseconds, so that a JavaScript Date carries a time whole and a cursor cannot fall between two rows. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
export const identity = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();
export const reference = (name: string) => bigint(name, { mode: 'number' }).notNull();

/** Rounded down, where a column of milliseconds would round to the nearest: nothing is created in the future. */
export const thisInstant = sql`date_trunc('milliseconds', now())`;
export const createdAt = () => instant('created_at').notNull().default(thisInstant);
export const updatedAt = () => instant('updated_at').notNull().default(thisInstant);

/** Kept by the trigger `touch_row` alone: no writer sets them, so none can forget them. */
export const kept = () => ({
  version: integer('version').notNull().default(1),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const filled = (column: string, max: number) =>
  sql.raw(`${column} ~ '\\S' and char_length(${column}) <= ${max}`);
export const within = (column: string, max: number) => sql.raw(`char_length(${column}) <= ${max}`);
export const slugShape = () =>
  sql.raw(`slug ~ '${SLUG_PATTERN}' and slug !~ '^[0-9]+$' and char_length(slug) <= ${MAX.slug}`);
export const oneOf = (column: string, values: readonly string[]) =>
  sql.raw(`${column} in (${values.map((value) => `'${value}'`).join(', ')})`);
