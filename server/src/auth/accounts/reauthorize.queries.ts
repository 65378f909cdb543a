import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { accounts, apiTokens, sessions } from '../../database/schema/identity.ts';

const admin = sql`(${accounts.role} = 'admin' and ${accounts.suspendedAt} is null and exists (
  select from account_credentials where account_id = ${accounts}."id" and password is not null))`;

/**
 * Locks accounts until the transaction ends, and says how they stand once whoever else had them is done: of two who act on
 * each other at once the second sees what the first did. In the order of their ids, so that nobody waits in a circle; all
 * that a transaction needs therefore comes in one statement.
 *
 * @param allAdmins also all admins that can sign in
 */
export const lockAccounts = (db: Database, ids: readonly number[], allAdmins: boolean) =>
  db
    .select({
      id: accounts.id,
      role: accounts.role,
      suspendedAt: accounts.suspendedAt,
      isActiveAdmin: sql<boolean>`${admin}`,
    })
    .from(accounts)
    .where(sql`(${accounts.id} = any(${sql.param(ids)}::bigint[]) or (${allAdmins}::boolean and ${admin}))`)
    .orderBy(accounts.id)
    .for('no key update');

/** Locks an account against changes alone; others may do the same at once. */
export const lockAccountForShare = (db: Database, id: number) =>
  db
    .select({ role: accounts.role, suspendedAt: accounts.suspendedAt })
    .from(accounts)
    .where(eq(accounts.id, id))
    .for('share');

/** The session, when nobody ended it; nobody does before the transaction ends. */
export const lockSession = (db: Database, id: number) =>
  db.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, id)).for('share');

/** Of these tokens those that nobody revoked; nobody does before the transaction ends. In the order of their ids. */
export const lockTokens = (db: Database, ids: readonly number[]) =>
  db
    .select({ id: apiTokens.id, role: apiTokens.role })
    .from(apiTokens)
    .where(and(sql`${apiTokens.id} = any(${sql.param(ids)}::bigint[])`, isNull(apiTokens.revokedAt)))
    .orderBy(apiTokens.id)
    .for('no key update');
