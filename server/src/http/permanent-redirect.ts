import type { FastifyReply, FastifyRequest } from 'fastify';

/** Thrown by a read whose path contains an old slug. The response redirects to the same path with the current slug. */
export class PermanentRedirect extends Error {
  constructor(readonly slug: string) {
    super(`moved to ${slug}`);
  }
}

/**
 * Sends a 308 to the same route with the current slug, and the query as it was sent. A cache must revalidate the redirect
 * before it uses it (`Cache-Control: no-cache`), because another row can take the old slug.
 */
export function sendRedirect(request: FastifyRequest, reply: FastifyReply, { slug }: PermanentRedirect) {
  const path = (request.routeOptions.url ?? '').replace(':idOrSlug', slug);
  const queryStart = request.url.indexOf('?');
  const query = queryStart === -1 ? '' : request.url.slice(queryStart);
  void reply
    .status(308)
    .header('location', path + query)
    .send();
}
