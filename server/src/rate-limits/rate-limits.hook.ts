import type { FastifyInstance } from 'fastify';
import { addressKey } from './address.ts';
import { isExempt, setRateLimitHeaders } from './rate-limit-headers.ts';
import type { RateLimiter } from './rate-limiter.writer.ts';

/** Limits what one address may ask, before anything is done for it: a token is not looked up, a body not read. */
export function registerRateLimitHook(fastify: FastifyInstance, leases: RateLimiter) {
  fastify.addHook('onRequest', async (request, reply) => {
    if (isExempt(request)) return;
    setRateLimitHeaders(reply, 'address', leases.limit, await leases.consume(`address:${addressKey(request.ip)}`));
  });
}
