import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ANONYMOUS, actorOf, type Principal, requireAccountId } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
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

/** Decides about sessions: who is signed in, and for how long. */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly betterAuth: BetterAuth,
  ) {}

  /** Is there a cookie that may be a session's? */
  hasSessionCookie(request: FastifyRequest): boolean {
    const { cookie } = request.headers;
    return cookie !== undefined && readCookie(cookie, this.betterAuth.cookies.session) !== undefined;
  }

  /** Whose session the request comes with; nobody's when it is over, without saying why. */
  async authenticate(request: FastifyRequest): Promise<Principal> {
    const nobody = { ...ANONYMOUS, address: request.ip };
    const token = await this.tokenOf(request.headers.cookie);
    const [session] = token === undefined ? [] : await findSession(this.db, token);
    if (!session) return nobody;
    const { id, accountId, role, authorId, seenAt } = session;
    if (Date.now() - seenAt.getTime() > HOUR_MS) await updateSessionSeenAt(this.db, id);
    return { ...nobody, role, accountId, authorId, sessionId: id };
  }

  async findAll(principal: Principal) {
    const sessions = await listSessions(this.db, requireAccountId(principal));
    return { data: sessions.map((session) => ({ ...session, current: session.id === principal.sessionId })) };
  }

  /** Ends the session that the visitor came with, if it is one. @returns the cookies that take it away */
  async signOut({ cookies }: RequestContext, principal: Principal): Promise<string[]> {
    const token = await this.tokenOf(cookies);
    const [ended] = token === undefined ? [] : await deleteSessionByToken(this.db, token);
    if (ended) await this.note({ ...principal, accountId: ended.accountId }, ended.id);
    return this.betterAuth.expiredCookies();
  }

  async remove(id: number, principal: Principal) {
    const [ended] = await deleteSession(this.db, requireAccountId(principal), id);
    if (!ended) throw new Problem('not_found', `You have no session with the id ${id}.`);
    await this.note(principal, ended.id);
  }

  async removeOthers({ cookies }: RequestContext, principal: Principal) {
    const token = await this.tokenOf(cookies);
    const ended = token === undefined ? [] : await deleteOtherSessions(this.db, requireAccountId(principal), token);
    for (const { id } of ended) await this.note(principal, id);
  }

  private async tokenOf(cookies: string | undefined) {
    const cookie = readCookie(cookies, this.betterAuth.cookies.session);
    return cookie === undefined ? undefined : verifySignedCookie(cookie, await this.betterAuth.secret());
  }

  private note(principal: Principal, id: number) {
    return insertAuditEntry(this.db, actorOf(principal), {
      action: 'session.delete',
      subject: 'session',
      subjectId: id,
    });
  }
}
