import type { FastifyRequest } from 'fastify';
import type { ProblemCode } from './problems.ts';

/** Records every request that was denied with 401 or 403. `record` must not throw. */
export interface DeniedRequests {
  record(request: FastifyRequest, code: ProblemCode): void;
}

/** The injection token of `DeniedRequests`. */
export const DENIED_REQUESTS = Symbol('DENIED_REQUESTS');
