import { type Permission, roleIncludes } from '../../access/permissions.ts';
import { COMMAND, type Principal, scopeOf } from '../../access/principal.ts';
import type { Database } from '../../database/database.ts';
import { Problem } from '../../http/problems.ts';
import { lockAccounts, lockSession, lockTokens } from './reauthorize.queries.ts';

/** What a transaction is about to write, besides what the caller stands on. */
interface Targets {
  accountId?: number;
  allAdmins?: boolean;
  tokenId?: number;
}

/**
 * Asks again, inside the transaction that writes, whether the caller may: the guard asked before, and whoever is just
 * being suspended, demoted or deleted would otherwise wait for the lock of that very change and then undo it. Comes first
 * in its transaction, in `withRetry`. Accounts are locked before sessions and these before tokens, as a deletion does.
 *
 * @returns the caller with the role of now, and the accounts that are locked
 * @throws Problem `unauthorized`, as for any session that is over
 */
export async function reauthorize(tx: Database, principal: Principal, permission: Permission, targets: Targets = {}) {
  const ids = [principal.accountId, targets.accountId].filter((id) => id != null);
  const locked = ids.length > 0 || targets.allAdmins ? await lockAccounts(tx, ids, targets.allAdmins ?? false) : [];
  if (principal === COMMAND) return { principal, locked };
  const now = { ...principal, role: await roleOf(tx, principal, locked, targets) };
  if (scopeOf(now, permission) === undefined) throw over();
  return { principal: now, locked };
}

async function roleOf(
  tx: Database,
  { accountId, sessionId, tokenId }: Principal,
  locked: Awaited<ReturnType<typeof lockAccounts>>,
  targets: Targets,
) {
  const own = locked.find(({ id }) => id === accountId);
  if (accountId !== null && (!own || own.suspendedAt)) throw over();
  if (sessionId !== null) {
    const [session] = await lockSession(tx, sessionId);
    if (!session || !own) throw over();
    return own.role;
  }
  const ids = [tokenId, targets.tokenId].filter((id) => id != null);
  const token = (await lockTokens(tx, ids)).find(({ id }) => id === tokenId);
  if (!token || (own && !roleIncludes(own.role, token.role))) throw over();
  return token.role;
}

const over = () => new Problem('unauthorized', 'The session is over, or the token was revoked.');
