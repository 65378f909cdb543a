import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { nowMs } from '../../database/schema/columns.ts';
import { accounts, apiTokens } from '../../database/schema/identity.ts';

const tokenColumns = {
  id: apiTokens.id,
  name: apiTokens.name,
  role: apiTokens.role,
  accountId: apiTokens.accountId,
  readOnly: apiTokens.readOnly,
  categoryIds: apiTokens.categoryIds,
  prefix: apiTokens.prefix,
  createdAt: apiTokens.createdAt,
  expiresAt: apiTokens.expiresAt,
  revokedAt: apiTokens.revokedAt,
  lastUsedAt: apiTokens.lastUsedAt,
};

const preparedFindToken = prepared({ name: 'token_by_prefix', pipelined: true }, (db) =>
  db
    .select({
      id: apiTokens.id,
      role: apiTokens.role,
      hash: apiTokens.hash,
      accountId: apiTokens.accountId,
      readOnly: apiTokens.readOnly,
      categoryIds: apiTokens.categoryIds,
      owner: { role: accounts.role, authorId: accounts.authorId },
    })
    .from(apiTokens)
    .leftJoin(accounts, eq(accounts.id, apiTokens.accountId))
    .where(
      and(
        eq(apiTokens.prefix, sql.placeholder('prefix')),
        isNull(apiTokens.revokedAt),
        sql`(${apiTokens.expiresAt} is null or ${apiTokens.expiresAt} > now())`,
        isNull(accounts.suspendedAt),
      ),
    ),
);

/** Finds a token and its owner by prefix, unless the token is revoked or expired or the owner is suspended. */
export const findTokenByPrefix = (db: Database, prefix: string) => preparedFindToken(db).execute({ prefix });

export const insertToken = (db: Database, actor: Actor, token: typeof apiTokens.$inferInsert) => {
  const inserted = db.$with('inserted').as(db.insert(apiTokens).values(token).returning(tokenColumns));
  return db.with(inserted).select().from(inserted).where(setActor(actor));
};

/** Lists tokens, including revoked and expired ones, newest first. @param owner null for all, the installation's included */
export const listTokens = (db: Database, owner: number | null) =>
  db
    .select(tokenColumns)
    .from(apiTokens)
    .where(owner === null ? undefined : eq(apiTokens.accountId, owner))
    .orderBy(sql`${apiTokens.id} desc`);

/** Revokes a token. One that is already revoked keeps its time. @param owner null to revoke any owner's token */
export const updateTokenRevoked = (db: Database, actor: Actor, id: number, owner: number | null) =>
  db
    .update(apiTokens)
    .set({ revokedAt: sql`coalesce(revoked_at, now())` })
    .where(and(eq(apiTokens.id, id), owner === null ? undefined : eq(apiTokens.accountId, owner), setActor(actor)))
    .returning({ id: apiTokens.id });

/** Updates the time of the last use, at most once an hour. */
export const updateTokenUsed = (db: Database, id: number) =>
  db
    .update(apiTokens)
    .set({ lastUsedAt: nowMs })
    .where(and(eq(apiTokens.id, id), sql`coalesce(last_used_at, '-infinity') < now() - interval '1 hour'`));
