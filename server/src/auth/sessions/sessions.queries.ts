import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { nowMs } from '../../database/schema/columns.ts';
import { accounts, sessions } from '../../database/schema/identity.ts';

/** A session ends after 7 days without use (ASVS 7.3.1), and at `expires_at` even if it is in use. */
const isActive = sql`${sessions.expiresAt} > now() and ${sessions.updatedAt} > now() - interval '7 days'`;

const preparedFindSession = prepared('session_by_token', (db) =>
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
    .where(and(eq(sessions.token, sql.placeholder('token')), isActive, sql`${accounts.suspendedAt} is null`)),
);

/** Finds the active session with this token, and the current role and byline of its account. */
export const findSession = (db: Database, token: string) => preparedFindSession(db).execute({ token });

export const updateSessionSeenAt = (db: Database, id: number) =>
  db.update(sessions).set({ updatedAt: nowMs }).where(eq(sessions.id, id));

/** Lists the active sessions of an account, newest first. */
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
    .where(and(eq(sessions.userId, accountId), isActive))
    .orderBy(desc(sessions.id));

/** @returns the deleted session and its account */
export const deleteSessionByToken = (db: Database, token: string) =>
  db.delete(sessions).where(eq(sessions.token, token)).returning({ id: sessions.id, accountId: sessions.userId });

export const deleteSession = (db: Database, accountId: number, id: number) =>
  db
    .delete(sessions)
    .where(and(eq(sessions.userId, accountId), eq(sessions.id, id)))
    .returning({ id: sessions.id });

/** Deletes all sessions of an account except the one with this token. */
export const deleteOtherSessions = (db: Database, accountId: number, token: string) =>
  db
    .delete(sessions)
    .where(and(eq(sessions.userId, accountId), ne(sessions.token, token)))
    .returning({ id: sessions.id });

export const deleteSessionsOf = (db: Database, accountId: number) =>
  db.delete(sessions).where(eq(sessions.userId, accountId));

export const deleteExpiredSessions = (db: Database) => db.delete(sessions).where(sql`not (${isActive})`);
