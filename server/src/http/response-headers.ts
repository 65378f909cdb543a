import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The address of the route is a secret, see `@SecretAddress()`. */
    hasSecretAddress?: boolean;
  }
  interface FastifyInstance {
    defaultHeaders: Record<'public' | 'private', Record<string, string>>;
  }
}

/**
 * Set on every response, also to bytes that are not HTTP. `same-origin` keeps other sites from embedding a response; it
 * does not restrict reading it with CORS.
 */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/**
 * Caches may store public responses but must revalidate them, which the ETag makes cheap. Private responses are never
 * stored.
 */
const PUBLIC_HEADERS = {
  ...SECURITY_HEADERS,
  vary: 'authorization, cookie, accept-encoding',
  'cache-control': 'no-cache',
};
const PRIVATE_HEADERS = { ...PUBLIC_HEADERS, 'cache-control': 'no-store' };
const SECRET_ADDRESS_HEADERS = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' };
/** Browsers use only TLS for a year. Sent only if `PUBLIC_URL` says that the server is reached with TLS. */
const STRICT_TRANSPORT_SECURITY = { 'strict-transport-security': 'max-age=31536000' };

const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'self'";
const OWN_PICTURES = "img-src 'self' data:";
/**
 * Pages load scripts and styles only from this server, and cannot turn text into markup, except by the named policies of
 * the admin site: that of ProseMirror for pasted text, and its own for articles. Articles show pictures of any origin.
 * Swagger UI needs inline styles, and writes markup.
 */
const CONTENT_SECURITY_POLICY = {
  pages: `${POLICY}; ${OWN_PICTURES}; require-trusted-types-for 'script'; trusted-types 'none'`,
  docs: `${POLICY} 'unsafe-inline'; ${OWN_PICTURES}`,
  admin:
    `${POLICY}; img-src * data: blob:; frame-src 'self'; ` +
    "require-trusted-types-for 'script'; trusted-types rubric ProseMirrorClipboard",
};

/** The policy of the page at this URL. */
const policyOf = (url: string) =>
  CONTENT_SECURITY_POLICY[/^\/admin(?![\w-])/.test(url) ? 'admin' : url.startsWith('/docs') ? 'docs' : 'pages'];

/**
 * Uses hooks instead of Nest's `useSecurityHeaders`, which sets about a dozen headers one by one, most of them relevant
 * for pages only.
 */
export function registerResponseHeaders(fastify: FastifyInstance, { publicUrl }: Config) {
  const strict = publicUrl?.startsWith('https://') ? STRICT_TRANSPORT_SECURITY : {};
  fastify.decorate('defaultHeaders', {
    public: { ...PUBLIC_HEADERS, ...strict },
    private: { ...PRIVATE_HEADERS, ...strict },
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    setResponseHeaders(request, reply);
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const type = reply.getHeader('content-type');
    if (typeof type === 'string' && type.startsWith('text/html')) {
      void reply.header('content-security-policy', policyOf(request.url));
    }
    done(null, payload);
  });
}

/** Sets the default headers; called directly for responses that run no hooks. */
export function setResponseHeaders(request: FastifyRequest, reply: FastifyReply) {
  const { defaultHeaders } = request.server;
  void reply.headers(hasCredentials(request) ? defaultHeaders.private : defaultHeaders.public);
  if (request.routeOptions.config?.hasSecretAddress) void reply.headers(SECRET_ADDRESS_HEADERS);
}

/** Returns whether the request carries a token or a session cookie, valid or not. */
const hasCredentials = ({ headers: { authorization, cookie } }: FastifyRequest) =>
  authorization !== undefined || (cookie?.includes('rubric_session') ?? false);
