import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { nowMs } from '../../database/schema/columns.ts';
import { accounts, sessions } from '../../database/schema/identity.ts';

/** Nobody came back for so long: the session is over (ASVS 7.3.1). It also ends at `expires_at`, however busy it is. */
const alive = sql`${sessions.expiresAt} > now() and ${sessions.updatedAt} > now() - interval '7 days'`;

const byToken = prepared('session_by_token', (db) =>
  db
    .select({
      id: sessions.id,
      accountId: accounts.id,
      role: accounts.role,
      authorId: accounts.authorId,
      seenAt: sessions.updatedAt,
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.userId))
    .where(and(eq(sessions.token, sql.placeholder('token')), alive, sql`${accounts.suspendedAt} is null`)),
);

/** The session with this token, when it is good: role and byline are those that its account has now. */
export const findSession = (db: Database, token: string) => byToken(db).execute({ token });

export const updateSessionSeen = (db: Database, id: number) =>
  db.update(sessions).set({ updatedAt: nowMs }).where(eq(sessions.id, id));

/** The good sessions of an account, the newest first. */
export const listSessions = (db: Database, accountId: number) =>
  db
    .select({
      id: sessions.id,
      address: sessions.ipAddress,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      seenAt: sessions.updatedAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, accountId), alive))
    .orderBy(desc(sessions.id));

/** @returns whose it was */
export const deleteSessionByToken = (db: Database, token: string) =>
  db.delete(sessions).where(eq(sessions.token, token)).returning({ id: sessions.id, accountId: sessions.userId });

export const deleteSession = (db: Database, accountId: number, id: number) =>
  db
    .delete(sessions)
    .where(and(eq(sessions.userId, accountId), eq(sessions.id, id)))
    .returning({ id: sessions.id });

/** All sessions of an account but the one with this token. */
export const deleteOtherSessions = (db: Database, accountId: number, token: string) =>
  db
    .delete(sessions)
    .where(and(eq(sessions.userId, accountId), ne(sessions.token, token)))
    .returning({ id: sessions.id });

export const deleteSessionsOf = (db: Database, accountId: number) =>
  db.delete(sessions).where(eq(sessions.userId, accountId));

export const deleteExpiredSessions = (db: Database) => db.delete(sessions).where(sql`not (${alive})`);
