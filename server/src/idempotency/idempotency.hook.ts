import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidKey, KEY_HEADER } from './idempotency-key.ts';

/**
 * Refuses the header on routes whose answer shows a secret or sets a cookie, because the answer would have to be stored.
 * Ignoring the header would be worse: the client relies on it.
 */
export function registerIdempotencyHook(fastify: FastifyInstance) {
  fastify.addHook('onRoute', (options) => {
    const canWrite = [options.method].flat().some((method) => method === 'POST' || method === 'PATCH');
    if (canWrite && options.config?.showsSecret) options.preHandler = refuseKey;
  });
}

function refuseKey({ headers }: FastifyRequest, _reply: unknown, done: (error?: Error) => void) {
  const problem = invalidKey('not be sent here: the answer shows a secret or sets a cookie, and is never stored');
  done(headers[KEY_HEADER] === undefined ? undefined : problem);
}
