import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { accounts, verifications } from '../../database/schema/identity.ts';

/** Whose promise this is: a challenge that waits for its second factor, or a link to a new password. */
export const findVerification = (db: Database, hash: string) =>
  db
    .select({ accountId: accounts.id, email: accounts.email })
    .from(verifications)
    .innerJoin(accounts, sql`${verifications.value} = ${accounts.id}::text`)
    .where(and(eq(verifications.identifier, hash), sql`${verifications.expiresAt} > now()`));

/**
 * The promises made to an account, when its password or second factor changes or it is suspended. How often somebody
 * failed at a challenge is kept beside them as a number, which may be the same: that one has to sign in again.
 */
export const deleteVerificationsOf = (db: Database, accountId: number) =>
  db.delete(verifications).where(eq(verifications.value, String(accountId)));

/** Promises that nobody kept: better-auth leaves most of them. */
export const deleteExpiredVerifications = (db: Database) =>
  db.delete(verifications).where(sql`${verifications.expiresAt} < now()`);
