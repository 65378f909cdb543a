import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { nowMs } from '../../database/schema/columns.ts';
import { accountPreferences } from '../../database/schema/identity.ts';

const columns = {
  values: accountPreferences.values,
  version: accountPreferences.version,
  updatedAt: accountPreferences.updatedAt,
};

export const findPreferences = (db: Database, accountId: number) =>
  db.select(columns).from(accountPreferences).where(eq(accountPreferences.accountId, accountId));

/** @param expected the versions that may be replaced; null for any */
const isExpected = (expected: readonly number[] | null) =>
  sql`(${sql.param(expected)}::int[] is null or ${accountPreferences.version} = any(${sql.param(expected)}::int[]))`;

const next = (values: object) => ({ values, version: sql`${accountPreferences.version} + 1`, updatedAt: nowMs });

/** Writes the first preferences, or replaces them if their version is expected. */
export const replacePreferences = (
  db: Database,
  accountId: number,
  values: object,
  expected: readonly number[] | null,
) =>
  db
    .insert(accountPreferences)
    .values({ accountId, values })
    .onConflictDoUpdate({ target: accountPreferences.accountId, set: next(values), setWhere: isExpected(expected) })
    .returning(columns);

/** Replaces preferences if their version is expected. */
export const updatePreferences = (db: Database, accountId: number, values: object, expected: readonly number[]) =>
  db
    .update(accountPreferences)
    .set(next(values))
    .where(and(eq(accountPreferences.accountId, accountId), isExpected(expected)))
    .returning(columns);
