import { eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { accounts, twoFactors } from '../database/people-tables.ts';

/** Whether the account has a second factor, or one that waits for its first code; no row where there is neither. */
export const findSecondFactor = (db: Database, accountId: number) =>
  db
    .select({ on: accounts.twoFactorEnabled, id: twoFactors.id })
    .from(twoFactors)
    .innerJoin(accounts, eq(accounts.id, twoFactors.userId))
    .where(eq(twoFactors.userId, accountId));
