import type { FastifyReply, FastifyRequest } from 'fastify';

/** The page that a browser gets for a path without a route. */
export interface NotFoundPage {
  notFound(): string;
}

/** The injection token of `NotFoundPage`. */
export const NOT_FOUND_PAGE = Symbol('NOT_FOUND_PAGE');

/**
 * Returns whether the client is a browser that opens a page; programs accept anything, or JSON. Adds `Accept` to the `Vary`
 * header, because the response depends on it.
 */
export function negotiateHtml(request: FastifyRequest, reply: FastifyReply): boolean {
  void reply.header('vary', `accept, ${String(reply.getHeader('vary'))}`);
  return request.headers.accept?.includes('text/html') ?? false;
}

export const HTML = 'text/html; charset=utf-8';
