import { type CanActivate, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { assertNotCrossOrigin } from './csrf.ts';

@Injectable()
class SameOriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    assertNotCrossOrigin(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}

/** Closed to pages of other sites, also where nobody is signed in: they could sign a visitor in as somebody else. */
export const SameOrigin = () => UseGuards(SameOriginGuard);
