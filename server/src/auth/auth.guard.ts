import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS, type Access } from '../access/access.decorators.ts';
import { assertSameOrigin } from '../access/csrf.ts';
import { ANONYMOUS, type Principal, scopeOf } from '../access/principal.ts';
import { Problem } from '../http/problems.ts';
import { SessionsService } from './sessions/sessions.service.ts';
import { TokensService } from './tokens/tokens.service.ts';

const READ_METHODS = ['GET', 'HEAD'];

/** Finds out who calls, and lets a request through when they may do what the route declares. All else is closed. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly accessOf = new WeakMap<object, Access>();

  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokensService,
    private readonly sessions: SessionsService,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const access = this.declaredAccess(context);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    const signedIn = this.sessions.hasSessionCookie(request);
    // Also beside a token: signing out is for the session that comes along.
    if (signedIn) assertSameOrigin(request);
    if (authorization !== undefined) {
      return this.tokens
        .authenticate(bearerToken(authorization), request.ip)
        .then((principal) => authorize(request, principal, access));
    }
    if (signedIn) return this.sessions.authenticate(request).then((principal) => authorize(request, principal, access));
    return authorize(request, { ...ANONYMOUS, address: request.ip }, access);
  }

  private declaredAccess(context: ExecutionContext): Access {
    const handler = context.getHandler();
    const known = this.accessOf.get(handler);
    if (known !== undefined) return known;
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [handler, context.getClass()]);
    if (access === undefined) throw new Problem('forbidden');
    this.accessOf.set(handler, access);
    return access;
  }
}

function bearerToken(authorization: string): string {
  const match = /^Bearer +([^ ]+) *$/i.exec(authorization);
  if (!match?.[1]) throw new Problem('unauthorized', 'The Authorization header must read Bearer, then an API token.');
  return match[1];
}

function authorize(request: FastifyRequest, principal: Principal, access: Access): boolean {
  request.principal = principal;
  if (access === 'public') return true;
  if (principal.role === null) {
    throw new Problem('unauthorized', 'This call needs a session, or Authorization: Bearer with an API token.');
  }
  if (access === 'user') {
    if (principal.sessionId !== null) return true;
    throw new Problem('forbidden', 'This call is for people who are signed in; an API token is not good for it.');
  }
  if (scopeOf(principal, access) === undefined) {
    const limited = principal.categoryIds === null ? '' : ', limited to articles under some categories';
    throw new Problem(
      'forbidden',
      `This call needs ${access}, which the role ${principal.role}${limited} does not have.`,
    );
  }
  if (principal.readOnly && !READ_METHODS.includes(request.method)) {
    throw new Problem('forbidden', 'The token is good for reading only.');
  }
  return true;
}
