import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { roleIncludes } from '../../access/permissions.ts';
import { ANONYMOUS, actorOf, type Principal, scopeOf } from '../../access/principal.ts';
import { uniqueIds } from '../../articles/article-relations.ts';
import { assertIdsExist } from '../../articles/writes/unknown-ids.reader.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { withRetry } from '../../database/retry.ts';
import type { Role } from '../../database/schema/enums.ts';
import { notFound } from '../../http/not-found.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import { reauthorize } from '../accounts/reauthorize.reader.ts';
import { isSecretOf, newToken, parseToken } from './token-format.ts';
import { TokenUseWriter } from './token-use.writer.ts';
import { findTokenByPrefix, insertToken, listTokens, updateTokenRevoked } from './tokens.queries.ts';
import type { TokenCreate } from './tokens.schema.ts';

/** Authenticates requests by API token, and creates, lists and revokes tokens. */
@Injectable()
export class TokensService implements OnApplicationShutdown {
  private readonly uses: TokenUseWriter;

  constructor(@Inject(DATABASE) private readonly db: Database) {
    this.uses = new TokenUseWriter(db);
  }

  onApplicationShutdown(): Promise<void> {
    return this.uses.finished();
  }

  /** @throws Problem `unauthorized` without revealing whether the token is unknown, expired or revoked */
  async authenticate(token: string, address: string): Promise<Principal> {
    const parts = parseToken(token);
    const [found] = parts ? await findTokenByPrefix(this.db, parts.prefix) : [];
    if (!parts || !found || !isSecretOf(parts.secret, found.hash) || !isWithinOwnerRole(found)) {
      throw new Problem('unauthorized', 'The token is unknown, expired or revoked.');
    }
    const { id, role, accountId, readOnly, categoryIds, owner } = found;
    const principal: Principal = {
      ...ANONYMOUS,
      role,
      accountId,
      authorId: owner?.authorId ?? null,
      tokenId: id,
      readOnly,
      categoryIds,
      address,
    };
    this.uses.record(principal, id);
    return principal;
  }

  /** Creates a token. The owner is the caller or, for admins, the installation. Only this response contains the secret. */
  async create({ accountId: owner, expiresAt, categoryIds, ...body }: TokenCreate, principal: Principal) {
    const accountId = owner === undefined ? principal.accountId : owner;
    assertCanIssue(principal, accountId, body.role);
    await assertIdsExist(this.db, { categoryIds: categoryIds ?? [] });
    const { token, prefix, hash } = newToken();
    const restrictions = {
      expiresAt: expiresAt ?? null,
      categoryIds: categoryIds ? uniqueIds(categoryIds).map(Number) : null,
    };
    const [created] = await withRetry(() =>
      this.db.transaction(async (tx) => {
        const { principal: current } = await reauthorize(tx, principal, 'tokens.manage');
        assertCanIssue(current, accountId, body.role);
        return insertToken(tx, actorOf(principal), { ...body, ...restrictions, accountId, prefix, hash });
      }),
    );
    if (!created) throw new Error('the insert returned no token');
    return { ...created, token };
  }

  async findAll(principal: Principal) {
    return { data: await listTokens(this.db, manageableOwner(principal)) };
  }

  async revoke(id: number, principal: Principal) {
    const [revoked] = await withRetry(() =>
      this.db.transaction(async (tx) => {
        const { principal: current } = await reauthorize(tx, principal, 'tokens.manage', { tokenId: id });
        return updateTokenRevoked(tx, actorOf(principal), id, manageableOwner(current));
      }),
    );
    if (!revoked) throw notFound('token', { id });
  }
}

function assertCanIssue(principal: Principal, accountId: number | null, role: Role) {
  if (accountId !== principal.accountId && (accountId !== null || scopeOf(principal, 'tokens.manage') !== 'all')) {
    throw fieldProblem('forbidden', '/accountId', 'A token must belong to the account that creates it.');
  }
  if (principal.role === null || !roleIncludes(principal.role, role)) {
    throw fieldProblem('forbidden', '/role', `Your tokens cannot have the role ${role}.`);
  }
}

/** Returns the account whose tokens the caller can manage, or null for all tokens. */
const manageableOwner = (principal: Principal) =>
  scopeOf(principal, 'tokens.manage') === 'all' ? null : principal.accountId;

/** Returns whether the owner still has every permission of the token. Otherwise the token is refused. */
const isWithinOwnerRole = ({ role, owner }: { role: Role; owner: { role: Role } | null }) =>
  owner === null || roleIncludes(owner.role, role);
