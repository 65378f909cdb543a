import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problems.ts';

/**
 * Refuses requests without `Host`, and those with an unknown `Expect`. Node refuses them too, but writes a bare status
 * without a body.
 */
export function registerRequestHead(fastify: FastifyInstance) {
  fastify.server.on('checkExpectation', (request, response) => fastify.server.emit('request', request, response));
  fastify.addHook('onRequest', (request, _reply, done) => done(headProblem(request)));
}

function headProblem({ headers, raw }: FastifyRequest): Problem | undefined {
  if (raw.httpVersion !== '1.1') return undefined;
  if (headers.host === undefined) return new Problem('invalid_http', 'The request has no Host header.');
  const isUnknown = headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue';
  return isUnknown ? new Problem('expectation_failed') : undefined;
}
