import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Envelope } from './page.ts';

/** Sets the RFC 8288 `Link` header of a list response: the URL of the request with the cursors of its neighbor pages. */
export function withLinkHeader<Row>(request: FastifyRequest, reply: FastifyReply, list: Envelope<Row>): Envelope<Row> {
  const links = [
    linkTo(request.url, 'after', list.page.next, 'next'),
    linkTo(request.url, 'before', list.page.previous, 'prev'),
  ];
  const header = links.filter((link) => link !== null).join(', ');
  if (header !== '') void reply.header('link', header);
  return list;
}

const POSITION_PARAMETERS = new Set<string | undefined>(['after', 'before', 'page']);
const nameOf = (pair: string) => [...new URLSearchParams(pair).keys()][0];

function linkTo(url: string, parameter: string, cursor: string | null, rel: string): string | null {
  if (cursor === null) return null;
  const [path, ...query] = url.split('?');
  const pairs = query.join('?').split('&');
  const filterPairs = pairs.filter((pair) => pair !== '' && !POSITION_PARAMETERS.has(nameOf(pair)));
  return `<${path}?${[...filterPairs, `${parameter}=${cursor}`].join('&')}>; rel="${rel}"`;
}
