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

/**
 * Refuses requests from pages of other sites even without a session. Otherwise another site could sign a visitor in to an
 * account that it controls (login CSRF).
 */
export const SameOrigin = () => UseGuards(SameOriginGuard);
