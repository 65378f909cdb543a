import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problems.ts';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Protects requests with a session cookie against CSRF. Browsers attach cookies no matter which site initiated the request,
 * but they also send `Origin`. Unsafe methods must therefore carry the origin of this server or one of `CORS_ORIGINS`.
 * Browsers send `Origin` with every unsafe request, so a missing header is refused too.
 *
 * @throws Problem `origin_not_allowed`
 */
export function assertSameOrigin({ method, headers, host, server }: FastifyRequest): void {
  if (SAFE_METHODS.includes(method)) return;
  const { origin } = headers;
  if (origin !== undefined && (isOwnOrigin(origin, host, server.publicOrigin) || server.corsOrigins.has(origin)))
    return;
  throw new Problem('origin_not_allowed');
}

/**
 * Returns whether an origin is this server: the requested host with either scheme, because a proxy can terminate TLS
 * without telling us, or exactly `PUBLIC_URL`, because a proxy can replace the requested host.
 */
const isOwnOrigin = (origin: string, host: string, publicOrigin: string | undefined) =>
  origin === publicOrigin || origin === `https://${host}` || origin === `http://${host}`;

/**
 * Protects routes that need no session but set a cookie or consume a link. Programs call them without `Origin`, so a missing
 * header is accepted. An origin that is present must be this server or one of `CORS_ORIGINS`.
 *
 * @throws Problem `origin_not_allowed`
 */
export function assertNotCrossOrigin(request: FastifyRequest): void {
  if (request.headers.origin !== undefined) assertSameOrigin(request);
}
