import { type Permission, roleIncludes } from '../../access/permissions.ts';
import { COMMAND, type Principal, scopeOf } from '../../access/principal.ts';
import type { Database } from '../../database/database.ts';
import { Problem } from '../../http/problems.ts';
import { lockAccounts, lockSession, lockTokens } from './reauthorize.queries.ts';

/** The rows that a transaction is about to write, locked together with the rows of the caller. */
interface Targets {
  accountId?: number;
  allAdmins?: boolean;
  tokenId?: number;
}

/**
 * Checks the permission of the caller again, inside the transaction that writes. The guard checked it before, but an admin
 * who is suspended, demoted or deleted in the meantime could otherwise wait for the lock of that change and then undo it.
 * Must be the first call in its transaction, inside `withRetry`. Locks accounts before sessions and sessions before tokens,
 * the order in which the deletion of an account locks them.
 *
 * @returns the caller with its current role, and the locked accounts
 * @throws Problem `unauthorized`, as for any session that has ended
 */
export async function reauthorize(tx: Database, principal: Principal, permission: Permission, targets: Targets = {}) {
  const ids = [principal.accountId, targets.accountId].filter((id) => id != null);
  const lockedAccounts =
    ids.length > 0 || targets.allAdmins ? await lockAccounts(tx, ids, targets.allAdmins ?? false) : [];
  if (principal === COMMAND) return { principal, lockedAccounts };
  const current = { ...principal, role: await currentRoleOf(tx, principal, lockedAccounts, targets) };
  if (scopeOf(current, permission) === undefined) throw noLongerAuthorized();
  return { principal: current, lockedAccounts };
}

async function currentRoleOf(
  tx: Database,
  { accountId, sessionId, tokenId }: Principal,
  lockedAccounts: Awaited<ReturnType<typeof lockAccounts>>,
  targets: Targets,
) {
  const ownAccount = lockedAccounts.find(({ id }) => id === accountId);
  if (accountId !== null && (!ownAccount || ownAccount.suspendedAt)) throw noLongerAuthorized();
  if (sessionId !== null) {
    const [session] = await lockSession(tx, sessionId);
    if (!session || !ownAccount) throw noLongerAuthorized();
    return ownAccount.role;
  }
  const ids = [tokenId, targets.tokenId].filter((id) => id != null);
  const token = (await lockTokens(tx, ids)).find(({ id }) => id === tokenId);
  if (!token || (ownAccount && !roleIncludes(ownAccount.role, token.role))) throw noLongerAuthorized();
  return token.role;
}

const noLongerAuthorized = () => new Problem('unauthorized', 'The session has ended, or the token was revoked.');
