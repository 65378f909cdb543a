import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * On every answer, also to what is not HTTP. No `strict-transport-security`: whether there is TLS is for the proxy in
 * front to know.
 */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Kept by caches, but asked for again each time: the ETag makes that cheap. What a token may see is kept nowhere. */
const OPEN = { ...SECURITY_HEADERS, vary: 'authorization', 'cache-control': 'no-cache' };
const PRIVATE = { ...SECURITY_HEADERS, vary: 'authorization', 'cache-control': 'no-store' };

/** The pages hold their own styles and nothing of another host; the documentation draws pictures from `data:`. */
const PAGES =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Hooks and not Nest's `useSecurityHeaders`: that sets some dozen headers one by one, most of them for pages only. */
export function registerResponseHeaders(fastify: FastifyInstance) {
  fastify.addHook('onRequest', (request, reply, done) => {
    setResponseHeaders(request, reply);
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    const type = reply.getHeader('content-type');
    if (typeof type === 'string' && type.startsWith('text/html')) void reply.header('content-security-policy', PAGES);
    done(null, payload);
  });
}

/** For an answer that no hook precedes. */
export function setResponseHeaders(request: FastifyRequest, reply: FastifyReply) {
  void reply.headers(request.headers.authorization === undefined ? OPEN : PRIVATE);
}
