import { eq, sql } from 'drizzle-orm';
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

/** Returns no row if there are preferences already. */
export const insertPreferences = (db: Database, accountId: number, values: object) =>
  db.insert(accountPreferences).values({ accountId, values }).onConflictDoNothing().returning(columns);

/** @param expected the versions that may be replaced; null for any */
export const updatePreferences = (
  db: Database,
  accountId: number,
  values: object,
  expected: readonly number[] | null,
) =>
  db
    .update(accountPreferences)
    .set({ values, version: sql`version + 1`, updatedAt: nowMs })
    .where(
      sql`${accountPreferences.accountId} = ${accountId}
        and (${sql.param(expected)}::int[] is null or ${accountPreferences.version} = any(${sql.param(expected)}::int[]))`,
    )
    .returning(columns);
