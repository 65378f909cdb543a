import type { FastifyRequest } from 'fastify';
import type { ProblemCode } from './problems.ts';

/** Hears of every call that was turned away for who made it, 401 or 403; must not throw. */
export interface DeniedRequests {
  record(request: FastifyRequest, code: ProblemCode): void;
}

/** The token under which Nest injects it. */
export const DENIED_REQUESTS = Symbol('refusals');
