import { type CanActivate, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { assertNotForeign } from './csrf.ts';

@Injectable()
class OriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    assertNotForeign(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}

/** Closed to pages of other sites, also where nobody is signed in: they could sign a visitor in as somebody else. */
export const NotFromElsewhere = () => UseGuards(OriginGuard);
