import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

declare module 'fastify' {
  interface FastifyInstance {
    defaultHeaders: Record<'open' | 'private', Record<string, string>>;
  }
}

/**
 * On every answer, also to what is not HTTP. `same-origin` keeps other sites from embedding an answer; who reads it by
 * CORS is not touched by that.
 */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Kept by caches, but asked for again each time: the ETag makes that cheap. What somebody may see is kept nowhere. */
const PUBLIC_HEADERS = { ...SECURITY_HEADERS, vary: 'authorization, cookie', 'cache-control': 'no-cache' };
const PRIVATE_HEADERS = { ...PUBLIC_HEADERS, 'cache-control': 'no-store' };
/** Browsers then come by TLS for a year, whatever a link says. Only where the operator says that there is TLS. */
const STRICT_TRANSPORT_SECURITY = { 'strict-transport-security': 'max-age=31536000' };

/** The pages hold their own styles and nothing of another host; the documentation draws pictures from `data:`. */
const PAGES =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Hooks and not Nest's `useSecurityHeaders`: that sets some dozen headers one by one, most of them for pages only. */
export function registerResponseHeaders(fastify: FastifyInstance, { publicUrl }: Config) {
  const strict = publicUrl?.startsWith('https://') ? STRICT_TRANSPORT_SECURITY : {};
  fastify.decorate('headersOf', { open: { ...PUBLIC_HEADERS, ...strict }, private: { ...PRIVATE_HEADERS, ...strict } });
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
  const { open, private: closed } = request.server.defaultHeaders;
  void reply.headers(hasCredentials(request) ? closed : open);
}

/** Good or bad ones: a token, or a cookie that names a session. */
const hasCredentials = ({ headers: { authorization, cookie } }: FastifyRequest) =>
  authorization !== undefined || (cookie?.includes('rubric_session') ?? false);
