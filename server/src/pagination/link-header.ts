import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Envelope } from './page.ts';

/** Adds the RFC 8288 `Link` header of a list, with the request's own parameters and the cursors in place. */
export function linkPages<Row>(request: FastifyRequest, reply: FastifyReply, list: Envelope<Row>): Envelope<Row> {
  const links = [
    link(request.url, 'after', list.page.next, 'next'),
    link(request.url, 'before', list.page.previous, 'prev'),
  ];
  const header = links.filter((each) => each !== null).join(', ');
  if (header !== '') void reply.header('link', header);
  return list;
}

const OF_THE_PAGE = new Set<string | undefined>(['after', 'before', 'page']);
const nameOf = (pair: string) => [...new URLSearchParams(pair).keys()][0];

function link(url: string, parameter: string, cursor: string | null, rel: string): string | null {
  if (cursor === null) return null;
  const [path, ...query] = url.split('?');
  const pairs = query.join('?').split('&');
  const kept = pairs.filter((pair) => pair !== '' && !OF_THE_PAGE.has(nameOf(pair)));
  return `<${path}?${[...kept, `${parameter}=${cursor}`].join('&')}>; rel="${rel}"`;
}
