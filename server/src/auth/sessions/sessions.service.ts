import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ANONYMOUS, actorOf, type Principal, requireAccountId } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { databaseError, READ_ONLY } from '../../database/errors.ts';
import { Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { BetterAuth } from '../better-auth/better-auth.provider.ts';
import { readCookie, verifySignedCookie } from '../better-auth/cookies.ts';
import {
  deleteOtherSessions,
  deleteSession,
  deleteSessionByToken,
  findSession,
  listSessions,
  updateSessionSeenAt,
} from './sessions.queries.ts';

const HOUR_MS = 3_600_000;

/** Authenticates requests by session cookie, and lists and ends sessions. */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly betterAuth: BetterAuth,
  ) {}

  /** Returns whether the request sent a session cookie, valid or not. */
  hasSessionCookie(request: FastifyRequest): boolean {
    const { cookie } = request.headers;
    return cookie !== undefined && readCookie(cookie, this.betterAuth.cookies.session) !== undefined;
  }

  /**
   * Returns the caller whose session the request sent, or an anonymous caller if the session is not valid.
   *
   * @param isUse whether the session counts as used, so that it does not expire
   */
  async authenticate(request: FastifyRequest, { isUse } = { isUse: true }): Promise<Principal> {
    const anonymous = { ...ANONYMOUS, address: request.ip };
    const token = await this.tokenOf(request.headers.cookie);
    const [session] = token === undefined ? [] : await findSession(this.db, token);
    if (!session) return anonymous;
    const { id, accountId, role, authorId, seenAt } = session;
    if (isUse && Date.now() - seenAt.getTime() > HOUR_MS) await this.recordUse(id);
    return { ...anonymous, role, accountId, authorId, sessionId: id };
  }

  /** While PostgreSQL accepts no writes, requests that only read go on; the next one records the use. */
  private async recordUse(id: number) {
    try {
      await updateSessionSeenAt(this.db, id);
    } catch (error) {
      if (databaseError(error)?.code !== READ_ONLY) throw error;
    }
  }

  async findAll(principal: Principal) {
    const sessions = await listSessions(this.db, requireAccountId(principal));
    return { data: sessions.map((session) => ({ ...session, current: session.id === principal.sessionId })) };
  }

  /** Ends the session of the request, if there is one. @returns the `Set-Cookie` lines that delete the cookies */
  async signOut({ cookies }: RequestContext, principal: Principal): Promise<string[]> {
    const token = await this.tokenOf(cookies);
    const [deleted] = token === undefined ? [] : await deleteSessionByToken(this.db, token);
    if (deleted) await this.recordDeletion({ ...principal, accountId: deleted.accountId }, deleted.id);
    return this.betterAuth.expiredCookies();
  }

  async remove(id: number, principal: Principal) {
    const [deleted] = await deleteSession(this.db, requireAccountId(principal), id);
    if (!deleted) throw new Problem('not_found', `You have no session with the id ${id}.`);
    await this.recordDeletion(principal, deleted.id);
  }

  async removeOthers({ cookies }: RequestContext, principal: Principal) {
    const token = await this.tokenOf(cookies);
    const deleted = token === undefined ? [] : await deleteOtherSessions(this.db, requireAccountId(principal), token);
    for (const { id } of deleted) await this.recordDeletion(principal, id);
  }

  private async tokenOf(cookies: string | undefined) {
    const cookie = readCookie(cookies, this.betterAuth.cookies.session);
    return cookie === undefined ? undefined : verifySignedCookie(cookie, await this.betterAuth.secret());
  }

  private recordDeletion(principal: Principal, id: number) {
    return insertAuditEntry(this.db, actorOf(principal), {
      action: 'session.delete',
      subject: 'session',
      subjectId: id,
    });
  }
}
