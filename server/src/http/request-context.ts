import type { FastifyRequest } from 'fastify';

/** The properties of a request that sign-in, sign-out and emailed links need. */
export interface RequestContext {
  /** `request.ip`: taken from `X-Forwarded-For` only behind a proxy listed in `TRUST_PROXY`. */
  address: string;
  userAgent: string;
  /** The entire `Cookie` header. */
  cookies: string | undefined;
  /** The origin that the request was sent to: from `Host`, or `X-Forwarded-Host` behind a trusted proxy. */
  origin: string;
}

const MAX_USER_AGENT = 300;

export const requestContext = ({ ip, headers, protocol, host }: FastifyRequest): RequestContext => ({
  address: ip,
  userAgent: (headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT),
  cookies: headers.cookie,
  origin: `${protocol}://${host}`,
});
