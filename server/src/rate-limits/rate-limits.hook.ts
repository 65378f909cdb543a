import type { FastifyInstance } from 'fastify';
import { addressKey } from './address.ts';
import { isExempt, setRateLimitHeaders } from './rate-limit-headers.ts';
import type { RateLimiter } from './rate-limiter.writer.ts';

/** Limits the requests of an address before any other work: no token is looked up and no body is read. */
export function registerRateLimitHook(fastify: FastifyInstance, rateLimiter: RateLimiter) {
  fastify.addHook('onRequest', async (request, reply) => {
    if (isExempt(request)) return;
    const quota = await rateLimiter.consume(`address:${addressKey(request.ip)}`);
    setRateLimitHeaders(reply, 'address', rateLimiter.limit, quota);
  });
}
