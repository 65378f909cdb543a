import type { FastifyReply, FastifyRequest } from 'fastify';

/** Thrown by a read whose path has the old slug of a row: the same path with the present slug is its address. */
export class PermanentRedirect extends Error {
  constructor(readonly slug: string) {
    super(`moved to ${slug}`);
  }
}

/**
 * Sends a 308 to the same route with the present slug, and the query as it was sent. A cache has to ask again before it uses
 * the redirect (`Cache-Control: no-cache`), because another row can take the old slug.
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
