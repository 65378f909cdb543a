import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problems.ts';
import { TokensService } from '../tokens/tokens.service.ts';
import { ACCESS, type Access } from './access.decorators.ts';
import { type Caller, hasRole } from './role.ts';

/** Lets a request through when its caller may do what the route declares; a route that declares nothing is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(TokensService) private readonly tokens: TokensService,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === undefined) throw new Problem('forbidden');
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    if (authorization === undefined) {
      if (access === 'public') return true;
      throw new Problem('unauthorized', 'This call needs Authorization: Bearer with an API token.');
    }
    return this.tokens.verify(bearer(authorization)).then((caller) => admit(request, caller, access));
  }
}

function bearer(authorization: string): string {
  const match = /^Bearer +([^ ]+) *$/i.exec(authorization);
  if (!match?.[1]) throw new Problem('unauthorized', 'The Authorization header must read Bearer, then an API token.');
  return match[1];
}

function admit(request: FastifyRequest, caller: Caller, access: Access): boolean {
  if (access !== 'public' && !hasRole(caller, access)) {
    throw new Problem('forbidden', `This call needs the role ${access}; the token has the role ${caller.role}.`);
  }
  request.caller = caller;
  return true;
}
