import type { FastifyRequest } from 'fastify';

/** What is to know of a request that signs somebody in or out, or mails a link. */
export interface RequestContext {
  /** `request.ip`: a header says so only behind a proxy that TRUST_PROXY names. */
  address: string;
  userAgent: string;
  /** The header `Cookie`, whole. */
  cookies: string | undefined;
  /** The origin that the request came to, by its own account. */
  origin: string;
}

const MAX_USER_AGENT = 300;

export const requestContext = ({ ip, headers, protocol, host }: FastifyRequest): RequestContext => ({
  address: ip,
  userAgent: (headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT),
  cookies: headers.cookie,
  origin: `${protocol}://${host}`,
});
