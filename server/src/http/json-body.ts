import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problems.ts';

/** Only a number this long can be one that a JavaScript number does not carry whole. */
const LONG_NUMBER = /\d{16}/;

/**
 * Takes `application/json` bodies as they are; the validation pipe reads them, behind the guards. JSON of 1 MiB can keep
 * the process busy for half a second (500,000 numbers, one of them long), and nobody may do that without a token. An
 * empty body is an absent one: clients send the header with DELETE.
 */
export function registerJsonBody(fastify: FastifyInstance) {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    /^application\/(?:json|[a-z0-9.+-]+\+json)(?:\s*;|$)/i,
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      const compressed = isCompressed(request.headers['content-encoding']);
      if (compressed) done(new Problem('unsupported_media_type', 'The body must come without a content encoding.'));
      else done(null, body.length === 0 ? undefined : body);
    },
  );
}

/** Compressed bodies are refused, not unpacked: a kilobyte that becomes a gigabyte would pass every limit. */
const isCompressed = (encoding: string | undefined) => encoding !== undefined && encoding.toLowerCase() !== 'identity';

/**
 * Reads JSON exactly: bytes that are not UTF-8 are refused instead of replaced, and integers beyond 2^53 become BigInt
 * instead of a neighbour.
 *
 * @throws Problem `invalid_json` with the place of the error
 */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw new Problem('invalid_json', 'The body holds bytes that are not UTF-8.');
  const text = body.toString('utf8');
  try {
    return LONG_NUMBER.test(text) ? JSON.parse(text, reviveLargeIntegers) : JSON.parse(text);
  } catch (error) {
    throw new Problem('invalid_json', `The body is not JSON: ${parseErrorMessage(error, text)}.`);
  }
}

function parseErrorMessage(error: unknown, text: string): string {
  if (error instanceof RangeError) return 'it is nested too deeply';
  return text.startsWith('\uFEFF') ? 'it begins with a byte order mark' : (error as Error).message;
}

function reviveLargeIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return /^-?\d+$/.test(context?.source ?? '') ? BigInt(context?.source ?? 0) : value;
}
