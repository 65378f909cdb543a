import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Envelope } from '../listing/page.ts';

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

function link(url: string, parameter: string, cursor: string | null, rel: string): string | null {
  if (cursor === null) return null;
  const [path, query] = url.split('?', 2);
  const kept = (query ?? '').split('&').filter((pair) => pair !== '' && !/^(after|before|page)=/.test(pair));
  return `<${path}?${[...kept, `${parameter}=${cursor}`].join('&')}>; rel="${rel}"`;
}
