import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { accounts, twoFactors, usedTotpCodes } from '../../database/schema/identity.ts';

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

/** @returns the code when it was not used before, by anybody at once either */
export const claimCode = (db: Database, accountId: number, code: string) =>
  db.insert(usedTotpCodes).values({ accountId, code }).onConflictDoNothing().returning({ code: usedTotpCodes.code });

/** Codes that are too old to be good again. */
export const deleteOldCodes = (db: Database, accountId: number) =>
  db
    .delete(usedTotpCodes)
    .where(and(eq(usedTotpCodes.accountId, accountId), sql`${usedTotpCodes.usedAt} < now() - interval '5 minutes'`));
