import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { writtenFormOf } from './answer-size.ts';
import { formatEntityTag, matchesIfNoneMatch, tagPartsOf } from './conditional-requests.ts';
import { type ContentEncoding, isCompressible, negotiateEncoding } from './content-encoding.ts';
import { compressedFormOf, constantBody, digestOf } from './shared-body.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The response contains a secret, see `@ShowsSecret()`. */
    showsSecret?: boolean;
    /** The 200 of the route is always one of a few texts. They stay in memory with their compressed forms. */
    isConstant?: boolean;
  }
}

const TAG_PARTS = Symbol('tag parts');
type TaggedReply = FastifyReply & { [TAG_PARTS]?: ReturnType<typeof tagPartsOf> };

/**
 * Sets the `ETag` of every row and of every response to GET, responds with 304 if `If-None-Match` contains it, and
 * compresses the response if the client accepts that. The tag is computed from the plain body, so a 304 compresses nothing.
 * `@fastify/compress` was rejected: it does not change the tag, so that two encodings share one, and it creates a stream
 * for each response.
 */
export function registerRepresentations(fastify: FastifyInstance) {
  fastify.addHook('preSerialization', (_request, reply: TaggedReply, payload, done) => {
    if (reply.statusCode < 300) reply[TAG_PARTS] = tagPartsOf(payload);
    const written = payload && writtenFormOf(payload);
    if (written) void reply.serializer(() => written as unknown as string); // Fastify sends a Buffer as it is.
    done(null, payload);
  });
  fastify.addHook('onSend', (request, reply: TaggedReply, payload, done) => {
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return done(null, payload);
    const { isConstant, showsSecret } = request.routeOptions.config;
    // Only a 200: a problem contains details of the request.
    const isKept = isConstant && reply.statusCode === 200 && typeof payload === 'string';
    const body = isKept ? constantBody(payload) : payload;
    const encoding = showsSecret ? undefined : encodingOf(request, reply, body);
    if (hasEntityTag(request, reply)) {
      const tag = formatEntityTag(reply[TAG_PARTS], digestOf(body), encoding);
      void reply.header('etag', tag);
      if (matchesIfNoneMatch(request, tag)) return done(null, notModified(request, reply));
    }
    if (encoding === undefined) return done(null, body);
    const send = (compressed: Buffer) => {
      void reply.header('content-encoding', encoding);
      done(null, compressed);
    };
    const compressed = compressedFormOf(body, encoding);
    if (Buffer.isBuffer(compressed)) send(compressed);
    else compressed.then(send, done);
  });
}

/** The encoding in which the body is sent; undefined for the plain body. */
function encodingOf(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  body: string | Buffer,
): ContentEncoding | undefined {
  const acceptEncoding = headers['accept-encoding'];
  if (acceptEncoding === undefined || !isCompressible(reply.getHeader('content-type'))) return undefined;
  return negotiateEncoding(acceptEncoding, Buffer.byteLength(body));
}

const isRead = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD';

/** A write that returns the row also returns its tag, for the next `If-Match`. */
const hasEntityTag = (request: FastifyRequest, reply: TaggedReply) =>
  (reply.statusCode === 200 && isRead(request)) || (reply[TAG_PARTS] !== undefined && reply.statusCode < 300);

/** Turns the response into a 304, and returns its payload. */
function notModified(request: FastifyRequest, reply: FastifyReply): Readable | null {
  void reply.code(304).removeHeader('content-type');
  // Fastify computes the Content-Length of a HEAD response from its payload, also from null, but not from a stream.
  return request.method === 'HEAD' ? Readable.from([]) : null;
}
