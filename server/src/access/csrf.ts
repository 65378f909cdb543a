import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problems.ts';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A browser sends cookies along whoever makes it ask, and says with `Origin` who that is: what changes something must
 * come from a page of this server or of `CORS_ORIGINS`. Browsers name an origin with every such request, so none is a
 * refusal, too.
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
 * The host that the request came to, by either scheme: a proxy may speak TLS in front of us, unknown to us. Or
 * `PUBLIC_URL`, to the letter, where the proxy does not hand on what host was asked.
 */
const isOwnOrigin = (origin: string, host: string, publicOrigin: string | undefined) =>
  origin === publicOrigin || origin === `https://${host}` || origin === `http://${host}`;

/**
 * What takes no cookie but gives one, or spends a link, needs no `Origin`, since programs call it too; a page of another
 * site may not make a browser call it.
 *
 * @throws Problem `origin_not_allowed`
 */
export function assertNotCrossOrigin(request: FastifyRequest): void {
  if (request.headers.origin !== undefined) assertSameOrigin(request);
}
