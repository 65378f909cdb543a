import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { accounts, twoFactors, usedTotpCodes } from '../../database/schema/identity.ts';

/** Finds the second factor of an account, enabled or waiting for its first code. */
export const findSecondFactor = (db: Database, accountId: number) =>
  db
    .select({ isEnabled: accounts.twoFactorEnabled, id: twoFactors.id })
    .from(twoFactors)
    .innerJoin(accounts, eq(accounts.id, twoFactors.userId))
    .where(eq(twoFactors.userId, accountId));

/** Deletes the second factor with its recovery codes. Whether signing in requires it is a column of `accounts`. */
export const deleteSecondFactor = (db: Database, accountId: number) =>
  db.delete(twoFactors).where(eq(twoFactors.userId, accountId));

/** Marks a code as used. Returns a row only for the first use, also among concurrent requests. */
export const claimTotpCode = (db: Database, accountId: number, code: string) =>
  db.insert(usedTotpCodes).values({ accountId, code }).onConflictDoNothing().returning({ code: usedTotpCodes.code });

/** Deletes used codes that are too old to be accepted again. */
export const deleteExpiredTotpCodes = (db: Database, accountId: number) =>
  db
    .delete(usedTotpCodes)
    .where(and(eq(usedTotpCodes.accountId, accountId), sql`${usedTotpCodes.usedAt} < now() - interval '5 minutes'`));
