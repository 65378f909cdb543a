import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ANONYMOUS, accountOf, actorOf, type Caller } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { Problem } from '../../http/problems.ts';
import type { Visit } from '../../http/request-context.ts';
import { BetterAuth } from '../better-auth/better-auth.provider.ts';
import { cookieIn, readSigned } from '../better-auth/cookies.ts';
import {
  deleteOtherSessions,
  deleteSession,
  deleteSessionByToken,
  findSession,
  listSessions,
  updateSessionSeen,
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
  isSignedIn(request: FastifyRequest): boolean {
    const { cookie } = request.headers;
    return cookie !== undefined && cookieIn(cookie, this.betterAuth.cookies.session) !== undefined;
  }

  /** Whose session the request comes with; nobody's when it is over, without saying why. */
  async verify(request: FastifyRequest): Promise<Caller> {
    const nobody = { ...ANONYMOUS, address: request.ip };
    const token = await this.tokenOf(request.headers.cookie);
    const [session] = token === undefined ? [] : await findSession(this.db, token);
    if (!session) return nobody;
    const { id, accountId, role, authorId, seenAt } = session;
    if (Date.now() - seenAt.getTime() > HOUR_MS) await updateSessionSeen(this.db, id);
    return { ...nobody, role, accountId, authorId, sessionId: id };
  }

  async list(caller: Caller) {
    const sessions = await listSessions(this.db, accountOf(caller));
    return { data: sessions.map((session) => ({ ...session, current: session.id === caller.sessionId })) };
  }

  /** Ends the session that the visitor came with, if it is one. @returns the cookies that take it away */
  async signOut({ cookies }: Visit, caller: Caller): Promise<string[]> {
    const token = await this.tokenOf(cookies);
    const [ended] = token === undefined ? [] : await deleteSessionByToken(this.db, token);
    if (ended) await this.note({ ...caller, accountId: ended.accountId }, ended.id);
    return this.betterAuth.clearing();
  }

  async remove(id: number, caller: Caller) {
    const [ended] = await deleteSession(this.db, accountOf(caller), id);
    if (!ended) throw new Problem('not_found', `You have no session with the id ${id}.`);
    await this.note(caller, ended.id);
  }

  async removeOthers({ cookies }: Visit, caller: Caller) {
    const token = await this.tokenOf(cookies);
    const ended = token === undefined ? [] : await deleteOtherSessions(this.db, accountOf(caller), token);
    for (const { id } of ended) await this.note(caller, id);
  }

  private async tokenOf(cookies: string | undefined) {
    const cookie = cookieIn(cookies, this.betterAuth.cookies.session);
    return cookie === undefined ? undefined : readSigned(cookie, await this.betterAuth.secret());
  }

  private note(caller: Caller, id: number) {
    return insertAuditEntry(this.db, actorOf(caller), { action: 'session.delete', subject: 'session', subjectId: id });
  }
}
