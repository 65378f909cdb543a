import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { accounts, apiTokens, sessions } from '../../database/schema/identity.ts';

const isActiveAdmin = sql`(${accounts.role} = 'admin' and ${accounts.suspendedAt} is null and exists (
  select from account_credentials where account_id = ${accounts}."id" and password is not null))`;

/**
 * Locks accounts until the transaction ends and returns their state after concurrent transactions on them have committed.
 * If two admins act on each other, the second one sees what the first did. Rows are locked in the order of their ids, which
 * prevents deadlocks, so a transaction must lock all the accounts that it needs with one call.
 *
 * @param allAdmins whether to lock all active admins too
 */
export const lockAccounts = (db: Database, ids: readonly number[], allAdmins: boolean) =>
  db
    .select({
      id: accounts.id,
      role: accounts.role,
      suspendedAt: accounts.suspendedAt,
      isActiveAdmin: sql<boolean>`${isActiveAdmin}`,
    })
    .from(accounts)
    .where(sql`(${accounts.id} = any(${sql.param(ids)}::bigint[]) or (${allAdmins}::boolean and ${isActiveAdmin}))`)
    .orderBy(accounts.id)
    .for('no key update');

/** Locks an account against updates until the transaction ends. Several transactions can hold this lock at once. */
export const lockAccountForShare = (db: Database, id: number) =>
  db
    .select({ role: accounts.role, suspendedAt: accounts.suspendedAt })
    .from(accounts)
    .where(eq(accounts.id, id))
    .for('share');

/** Finds a session that has not ended, and locks it against deletion until the transaction ends. */
export const lockSession = (db: Database, id: number) =>
  db.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, id)).for('share');

/** Finds the tokens that are not revoked, and locks them in the order of their ids until the transaction ends. */
export const lockTokens = (db: Database, ids: readonly number[]) =>
  db
    .select({ id: apiTokens.id, role: apiTokens.role })
    .from(apiTokens)
    .where(and(sql`${apiTokens.id} = any(${sql.param(ids)}::bigint[])`, isNull(apiTokens.revokedAt)))
    .orderBy(apiTokens.id)
    .for('no key update');
