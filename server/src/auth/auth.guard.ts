import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS, type Access, IGNORES_CREDENTIALS } from '../access/access.decorators.ts';
import type { Authenticator } from '../access/authenticator.ts';
import { assertSameOrigin } from '../access/csrf.ts';
import { ANONYMOUS, type Principal, scopeOf } from '../access/principal.ts';
import { Problem } from '../http/problems.ts';
import { SessionsService } from './sessions/sessions.service.ts';
import { TokensService } from './tokens/tokens.service.ts';

const READ_METHODS = ['GET', 'HEAD'];

interface RouteAccess {
  access: Access;
  ignoresCredentials: boolean;
}

/** Authenticates the caller and checks the access that the route declares. A route without a declaration is refused. */
@Injectable()
export class AuthGuard implements CanActivate, Authenticator {
  private readonly accessOf = new WeakMap<object, RouteAccess>();

  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokensService,
    private readonly sessions: SessionsService,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { access, ignoresCredentials } = this.declaredAccess(context);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (ignoresCredentials) return authorize(request, { ...ANONYMOUS, address: request.ip }, access);
    const { authorization } = request.headers;
    const hasSessionCookie = this.sessions.hasSessionCookie(request);
    // Even if a token is sent too: signing out ends the session of the cookie.
    if (hasSessionCookie) assertSameOrigin(request);
    if (authorization !== undefined) {
      return this.tokens
        .authenticate(bearerToken(authorization), request.ip)
        .then((principal) => authorize(request, principal, access));
    }
    if (hasSessionCookie) {
      return this.sessions.authenticate(request).then((principal) => authorize(request, principal, access));
    }
    return authorize(request, { ...ANONYMOUS, address: request.ip }, access);
  }

  async reauthenticate(request: FastifyRequest): Promise<Principal> {
    const { authorization } = request.headers;
    if (authorization === undefined) return this.sessions.authenticate(request, { isUse: false });
    return this.tokens.authenticate(bearerToken(authorization), request.ip);
  }

  private declaredAccess(context: ExecutionContext): RouteAccess {
    const handler = context.getHandler();
    const cached = this.accessOf.get(handler);
    if (cached !== undefined) return cached;
    const targets = [handler, context.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, targets);
    if (access === undefined) throw new Problem('forbidden');
    const ignoresCredentials =
      this.reflector.getAllAndOverride<true | undefined>(IGNORES_CREDENTIALS, targets) === true;
    const declared = { access, ignoresCredentials };
    this.accessOf.set(handler, declared);
    return declared;
  }
}

function bearerToken(authorization: string): string {
  const match = /^Bearer +([^ ]+) *$/i.exec(authorization);
  if (!match?.[1])
    throw new Problem('unauthorized', 'The Authorization header must be Bearer followed by an API token.');
  return match[1];
}

function authorize(request: FastifyRequest, principal: Principal, access: Access): boolean {
  request.principal = principal;
  if (access === 'public') return true;
  if (principal.role === null) {
    throw new Problem('unauthorized', 'This request needs a session, or Authorization: Bearer with an API token.');
  }
  if (access === 'user') {
    if (principal.sessionId !== null) return true;
    throw new Problem('forbidden', 'This request needs a session. API tokens are not accepted.');
  }
  if (scopeOf(principal, access) === undefined) {
    const caller = principal.categoryIds === null ? `the role ${principal.role}` : 'a token limited to categories';
    throw new Problem('forbidden', `This request needs the permission ${access}, which ${caller} does not have.`);
  }
  if (principal.readOnly && !READ_METHODS.includes(request.method)) {
    throw new Problem('forbidden', 'The token is read-only.');
  }
  return true;
}
