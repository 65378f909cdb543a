import { Inject, Injectable } from '@nestjs/common';
import { ANONYMOUS, type Caller } from '../auth/caller.ts';
import { newToken, parseToken, secretMatches } from '../auth/token.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { Problem } from '../http/problems.ts';
import { findTokenByPrefix, insertToken, listTokens, updateTokenRevoked } from './tokens.queries.ts';
import type { TokenCreate } from './tokens.schema.ts';

/** Decides about API tokens. */
@Injectable()
export class TokensService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** @throws Problem `unauthorized`, without saying whether the token never was, is expired or was revoked */
  async verify(token: string, address: string): Promise<Caller> {
    const parts = parseToken(token);
    const [known] = parts ? await findTokenByPrefix(this.db, parts.prefix) : [];
    if (!parts || !known || !secretMatches(parts.secret, known.hash)) {
      throw new Problem('unauthorized', 'The token is unknown, expired or revoked.');
    }
    return { ...ANONYMOUS, role: known.role, tokenId: known.id, address };
  }

  /** The only time that the whole token is seen. */
  async create({ name, role, expiresAt }: TokenCreate) {
    const { token, prefix, hash } = newToken();
    const [row] = await insertToken(this.db, { name, role, prefix, hash, expiresAt: expiresAt ?? null });
    if (!row) throw new Error('the insert returned no token');
    return { ...row, token };
  }

  async list() {
    return { data: await listTokens(this.db) };
  }

  async revoke(id: number) {
    const [revoked] = await updateTokenRevoked(this.db, id);
    if (!revoked) throw new Problem('not_found', `No token has the id ${id}.`);
  }
}
