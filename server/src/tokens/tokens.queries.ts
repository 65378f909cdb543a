import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { apiTokens } from '../database/people-tables.ts';
import { prepared } from '../database/prepared.ts';

const row = {
  id: apiTokens.id,
  name: apiTokens.name,
  role: apiTokens.role,
  prefix: apiTokens.prefix,
  createdAt: apiTokens.createdAt,
  expiresAt: apiTokens.expiresAt,
  revokedAt: apiTokens.revokedAt,
};

const byPrefix = prepared('token_by_prefix', (db) =>
  db
    .select({ id: apiTokens.id, role: apiTokens.role, hash: apiTokens.hash })
    .from(apiTokens)
    .where(
      and(
        eq(apiTokens.prefix, sql.placeholder('prefix')),
        isNull(apiTokens.revokedAt),
        sql`(${apiTokens.expiresAt} is null or ${apiTokens.expiresAt} > now())`,
      ),
    ),
);

/** The token with this prefix, when it is neither revoked nor expired. */
export const findTokenByPrefix = (db: Database, prefix: string) => byPrefix(db).execute({ prefix });

export const insertToken = (db: Database, token: typeof apiTokens.$inferInsert) =>
  db.insert(apiTokens).values(token).returning(row);

/** All tokens, revoked and expired ones too, the newest first. */
export const listTokens = (db: Database) => db.select(row).from(apiTokens).orderBy(sql`${apiTokens.id} desc`);

/** A token that is revoked already keeps its time. */
export const updateTokenRevoked = (db: Database, id: number) =>
  db
    .update(apiTokens)
    .set({ revokedAt: sql`coalesce(revoked_at, now())` })
    .where(eq(apiTokens.id, id))
    .returning({ id: apiTokens.id });
