import type { FastifyReply, FastifyRequest } from 'fastify';
import { rateLimited } from '../http/problems.ts';
import type { Quota } from './rate-limiter.writer.ts';

const POLICY = 'ratelimit-policy';
const LIMIT = 'ratelimit';
const WINDOW_S = 60;

/**
 * Tells the client how it stands, as draft-ietf-httpapi-ratelimit-headers-10 writes it, beside what was told already:
 * `RateLimit: "address";r=41;t=12, "token";r=99;t=12`.
 *
 * @throws Problem `rate_limited`
 */
export function setRateLimitHeaders(
  reply: FastifyReply,
  name: string,
  limit: number,
  { granted, left, resetMs }: Quota,
): void {
  const seconds = Math.ceil(resetMs / 1_000);
  add(reply, POLICY, `"${name}";q=${limit};w=${WINDOW_S}`);
  add(reply, LIMIT, `"${name}";r=${left};t=${seconds}`);
  if (!granted) throw rateLimited(resetMs);
}

function add(reply: FastifyReply, header: string, item: string) {
  const before = reply.getHeader(header);
  void reply.header(header, before === undefined ? item : `${String(before)}, ${item}`);
}

/** Who watches over the server must always get an answer. */
export const isExempt = ({ url }: FastifyRequest) => /^\/health\/(live|ready)\/?(\?|$)/.test(url);
