import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { accounts, verifications } from '../../database/schema/identity.ts';

/** Finds the account of a verification: a challenge that waits for its second factor, or a password reset link. */
export const findVerification = (db: Database, hash: string) =>
  db
    .select({ accountId: accounts.id, email: accounts.email })
    .from(verifications)
    .innerJoin(accounts, sql`${verifications.value} = ${accounts.id}::text`)
    .where(and(eq(verifications.identifier, hash), sql`${verifications.expiresAt} > now()`));

/**
 * Deletes the verifications of an account, when its password or second factor changes or it is suspended. The table also
 * holds the failed attempts of challenges, whose value is a count and can equal the id: deleting one only forces that
 * client to sign in again.
 */
export const deleteVerificationsOf = (db: Database, accountId: number) =>
  db.delete(verifications).where(eq(verifications.value, String(accountId)));

/** Deletes expired verifications, most of which better-auth leaves behind. */
export const deleteExpiredVerifications = (db: Database) =>
  db.delete(verifications).where(sql`${verifications.expiresAt} < now()`);
