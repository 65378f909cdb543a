import { Inject, Injectable } from '@nestjs/common';
import { roleIncludes } from '../../access/permissions.ts';
import { ANONYMOUS, actorOf, type Principal, scopeOf } from '../../access/principal.ts';
import { uniqueIds } from '../../articles/article-relations.ts';
import { assertIdsExist } from '../../articles/writes/unknown-ids.reader.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { withRetry } from '../../database/retry.ts';
import type { Role } from '../../database/schema/field-limits.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import { reauthorize } from '../accounts/reauthorize.reader.ts';
import { newToken, parseToken, secretMatches } from './token.ts';
import { TokenUseWriter } from './token-use.writer.ts';
import { findTokenByPrefix, insertToken, listTokens, updateTokenRevoked } from './tokens.queries.ts';
import type { TokenCreate } from './tokens.schema.ts';

/** Decides about API tokens. */
@Injectable()
export class TokensService {
  private readonly uses: TokenUseWriter;

  constructor(@Inject(DATABASE) private readonly db: Database) {
    this.uses = new TokenUseWriter(db);
  }

  /** @throws Problem `unauthorized`, without saying whether the token never was, is expired or was revoked */
  async verify(token: string, address: string): Promise<Principal> {
    const parts = parseToken(token);
    const [known] = parts ? await findTokenByPrefix(this.db, parts.prefix) : [];
    if (!parts || !known || !secretMatches(parts.secret, known.hash) || !isCovered(known)) {
      throw new Problem('unauthorized', 'The token is unknown, expired or revoked.');
    }
    const { id, role, accountId, readOnly, categoryIds, owner } = known;
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

  /** The only time that the whole token is seen. A token may do no more than its owner, who is the caller or nobody. */
  async create({ accountId: owner, expiresAt, categoryIds, ...body }: TokenCreate, principal: Principal) {
    const accountId = owner === undefined ? principal.accountId : owner;
    assertMayGive(principal, accountId, body.role);
    await assertIdsExist(this.db, { categoryIds: categoryIds ?? [] });
    const { token, prefix, hash } = newToken();
    const limits = {
      expiresAt: expiresAt ?? null,
      categoryIds: categoryIds ? uniqueIds(categoryIds).map(Number) : null,
    };
    const [row] = await withRetry(() =>
      this.db.transaction(async (tx) => {
        const { principal: now } = await reauthorize(tx, principal, 'tokens.manage');
        assertMayGive(now, accountId, body.role);
        return insertToken(tx, actorOf(principal), { ...body, ...limits, accountId, prefix, hash });
      }),
    );
    if (!row) throw new Error('the insert returned no token');
    return { ...row, token };
  }

  async findAll(principal: Principal) {
    return { data: await listTokens(this.db, ownerFor(principal)) };
  }

  async revoke(id: number, principal: Principal) {
    const [revoked] = await withRetry(() =>
      this.db.transaction(async (tx) => {
        const { principal: now } = await reauthorize(tx, principal, 'tokens.manage', { tokenId: id });
        return updateTokenRevoked(tx, actorOf(principal), id, ownerFor(now));
      }),
    );
    if (!revoked) throw new Problem('not_found', `No token has the id ${id}.`);
  }
}

function assertMayGive(principal: Principal, accountId: number | null, role: Role) {
  if (accountId !== principal.accountId && (accountId !== null || scopeOf(principal, 'tokens.manage') !== 'all')) {
    throw fieldProblem('forbidden', '/accountId', 'A token belongs to the account that creates it.');
  }
  if (principal.role === null || !roleIncludes(principal.role, role)) {
    throw fieldProblem('forbidden', '/role', `A token of yours cannot have the role ${role}.`);
  }
}

/** Whose tokens a caller manages; null for everybody's and the installation's. */
const ownerFor = (principal: Principal) => (scopeOf(principal, 'tokens.manage') === 'all' ? null : principal.accountId);

/** Whose owner may no longer do what the token may is refused, until somebody makes another. */
const isCovered = ({ role, owner }: { role: Role; owner: { role: Role } | null }) =>
  owner === null || roleIncludes(owner.role, role);
