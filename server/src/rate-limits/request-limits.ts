import type { FastifyInstance } from 'fastify';
import { addressKey } from './address.ts';
import { isExempt, tellQuota } from './rate-limit-headers.ts';
import type { Leases } from './rate-limiter.writer.ts';

/** Limits what one address may ask, before anything is done for it: a token is not looked up, a body not read. */
export function registerRequestLimits(fastify: FastifyInstance, leases: Leases) {
  fastify.addHook('onRequest', async (request, reply) => {
    if (isExempt(request)) return;
    tellQuota(reply, 'address', leases.limit, await leases.take(`address:${addressKey(request.ip)}`));
  });
}
