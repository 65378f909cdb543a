import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Envelope } from './page.ts';

/** In characters. Node and its `fetch` read no response with more than 16 KiB of headers; a filter of 1,000 ids takes 8 in a link. */
const MAX_LINKS = 12_000;

/**
 * Sets the RFC 8288 `Link` header of a list response: the URL of the request with the cursors of its neighbor pages.
 * What is too long for a header is left out; the body has the cursors.
 */
export function withLinkHeader<Row>(request: FastifyRequest, reply: FastifyReply, list: Envelope<Row>): Envelope<Row> {
  const links = [
    linkTo(request.url, 'after', list.page.next, 'next'),
    linkTo(request.url, 'before', list.page.previous, 'prev'),
  ].filter((link) => link !== null);
  while (links.join(', ').length > MAX_LINKS) links.pop();
  if (links.length > 0) void reply.header('link', links.join(', '));
  return list;
}

const POSITION_PARAMETERS = new Set<string | undefined>(['after', 'before', 'page']);
const nameOf = (pair: string) => [...new URLSearchParams(pair).keys()][0];

function linkTo(url: string, parameter: string, cursor: string | null, rel: string): string | null {
  if (cursor === null) return null;
  // curl sends a > as it is; here it would end the URL.
  const [path, ...query] = url.replaceAll('>', '%3E').split('?');
  const pairs = query.join('?').split('&');
  const filterPairs = pairs.filter((pair) => pair !== '' && !POSITION_PARAMETERS.has(nameOf(pair)));
  return `<${path}?${[...filterPairs, `${parameter}=${cursor}`].join('&')}>; rel="${rel}"`;
}
