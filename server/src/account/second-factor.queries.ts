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

/** Its recovery codes go with it. Whether signing in asks for one is a column of the account. */
export const deleteSecondFactor = (db: Database, accountId: number) =>
  db.delete(twoFactors).where(eq(twoFactors.userId, accountId));
