import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { nowMs } from '../../database/schema/columns.ts';
import { accounts, apiTokens } from '../../database/schema/identity.ts';

const row = {
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

const byPrefix = prepared({ name: 'token_by_prefix', pipelined: true }, (db) =>
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

/** The token with this prefix and its owner, when it is neither revoked nor expired, and the owner not suspended. */
export const findTokenByPrefix = (db: Database, prefix: string) => byPrefix(db).execute({ prefix });

export const insertToken = (db: Database, actor: Actor, token: typeof apiTokens.$inferInsert) => {
  const inserted = db.$with('inserted').as(db.insert(apiTokens).values(token).returning(row));
  return db.with(inserted).select().from(inserted).where(setActor(actor));
};

/** Revoked and expired ones too, the newest first. @param owner null for everybody's and the installation's */
export const listTokens = (db: Database, owner: number | null) =>
  db
    .select(row)
    .from(apiTokens)
    .where(owner === null ? undefined : eq(apiTokens.accountId, owner))
    .orderBy(sql`${apiTokens.id} desc`);

/** A token that is revoked already keeps its time. @param owner null for anybody's */
export const updateTokenRevoked = (db: Database, actor: Actor, id: number, owner: number | null) =>
  db
    .update(apiTokens)
    .set({ revokedAt: sql`coalesce(revoked_at, now())` })
    .where(and(eq(apiTokens.id, id), owner === null ? undefined : eq(apiTokens.accountId, owner), setActor(actor)))
    .returning({ id: apiTokens.id });

/** To the hour: a use soon after another changes nothing. */
export const updateTokenUsed = (db: Database, id: number) =>
  db
    .update(apiTokens)
    .set({ lastUsedAt: nowMs })
    .where(and(eq(apiTokens.id, id), sql`coalesce(last_used_at, '-infinity') < now() - interval '1 hour'`));
