import { Inject, Injectable } from '@nestjs/common';
import { includesRole } from '../../access/permissions.ts';
import { ANONYMOUS, actorOf, type Caller, reach } from '../../access/principal.ts';
import { assertKnown, distinct } from '../../articles/writes/unknown-ids.reader.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { withRetry } from '../../database/retry.ts';
import type { Role } from '../../database/schema/field-limits.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import { assertStillMay } from '../accounts/reauthorize.reader.ts';
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
  async verify(token: string, address: string): Promise<Caller> {
    const parts = parseToken(token);
    const [known] = parts ? await findTokenByPrefix(this.db, parts.prefix) : [];
    if (!parts || !known || !secretMatches(parts.secret, known.hash) || !isCovered(known)) {
      throw new Problem('unauthorized', 'The token is unknown, expired or revoked.');
    }
    const { id, role, accountId, readOnly, categoryIds, owner } = known;
    const caller: Caller = {
      ...ANONYMOUS,
      role,
      accountId,
      authorId: owner?.authorId ?? null,
      tokenId: id,
      readOnly,
      categoryIds,
      address,
    };
    this.uses.note(caller, id);
    return caller;
  }

  /** The only time that the whole token is seen. A token may do no more than its owner, who is the caller or nobody. */
  async create({ accountId: owner, expiresAt, categoryIds, ...body }: TokenCreate, caller: Caller) {
    const accountId = owner === undefined ? caller.accountId : owner;
    assertMayGive(caller, accountId, body.role);
    await assertKnown(this.db, { categoryIds: categoryIds ?? [] });
    const { token, prefix, hash } = newToken();
    const limits = {
      expiresAt: expiresAt ?? null,
      categoryIds: categoryIds ? distinct(categoryIds).map(Number) : null,
    };
    const [row] = await withRetry(() =>
      this.db.transaction(async (tx) => {
        const { caller: now } = await assertStillMay(tx, caller, 'tokens.manage');
        assertMayGive(now, accountId, body.role);
        return insertToken(tx, actorOf(caller), { ...body, ...limits, accountId, prefix, hash });
      }),
    );
    if (!row) throw new Error('the insert returned no token');
    return { ...row, token };
  }

  async list(caller: Caller) {
    return { data: await listTokens(this.db, ownerFor(caller)) };
  }

  async revoke(id: number, caller: Caller) {
    const [revoked] = await withRetry(() =>
      this.db.transaction(async (tx) => {
        const { caller: now } = await assertStillMay(tx, caller, 'tokens.manage', { tokenId: id });
        return updateTokenRevoked(tx, actorOf(caller), id, ownerFor(now));
      }),
    );
    if (!revoked) throw new Problem('not_found', `No token has the id ${id}.`);
  }
}

function assertMayGive(caller: Caller, accountId: number | null, role: Role) {
  if (accountId !== caller.accountId && (accountId !== null || reach(caller, 'tokens.manage') !== 'all')) {
    throw fieldProblem('forbidden', '/accountId', 'A token belongs to the account that creates it.');
  }
  if (caller.role === null || !includesRole(caller.role, role)) {
    throw fieldProblem('forbidden', '/role', `A token of yours cannot have the role ${role}.`);
  }
}

/** Whose tokens a caller manages; null for everybody's and the installation's. */
const ownerFor = (caller: Caller) => (reach(caller, 'tokens.manage') === 'all' ? null : caller.accountId);

/** Whose owner may no longer do what the token may is refused, until somebody makes another. */
const isCovered = ({ role, owner }: { role: Role; owner: { role: Role } | null }) =>
  owner === null || includesRole(owner.role, role);
