import type { FastifyReply, FastifyRequest } from 'fastify';
import { rateLimited } from '../http/problems.ts';
import type { Quota } from './rate-limiter.writer.ts';

const POLICY_HEADER = 'ratelimit-policy';
const LIMIT_HEADER = 'ratelimit';
const WINDOW_S = 60;

/**
 * Sets the headers of draft-ietf-httpapi-ratelimit-headers-10, appending to limits that were set before:
 * `RateLimit: "address";r=41;t=12, "token";r=99;t=12`.
 *
 * @throws Problem `rate_limited` if the quota is used up
 */
export function setRateLimitHeaders(
  reply: FastifyReply,
  name: string,
  limit: number,
  { granted, remaining, resetMs }: Quota,
): void {
  const seconds = Math.ceil(resetMs / 1_000);
  appendHeader(reply, POLICY_HEADER, `"${name}";q=${limit};w=${WINDOW_S}`);
  appendHeader(reply, LIMIT_HEADER, `"${name}";r=${remaining};t=${seconds}`);
  if (!granted) throw rateLimited(resetMs);
}

function appendHeader(reply: FastifyReply, header: string, item: string) {
  const current = reply.getHeader(header);
  void reply.header(header, current === undefined ? item : `${String(current)}, ${item}`);
}

/** Exempts health checks: the monitoring must always get a response. */
export const isExempt = ({ url }: FastifyRequest) => /^\/health\/(live|ready)\/?(\?|$)/.test(url);
