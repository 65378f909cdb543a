import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { parseWithLargeIntegers } from './large-integers.ts';
import { Problem } from './problems.ts';

/**
 * Buffers `application/json` bodies without parsing them; the validation pipe parses them after the guards, so that a
 * client without permission cannot make the server parse. An empty body counts as absent, because clients send the header
 * with DELETE. Patch formats (`application/json-patch+json`, `application/merge-patch+json`) are refused: they give arrays
 * and `null` another meaning.
 */
export function registerJsonBody(fastify: FastifyInstance) {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    /^application\/json(?:\s*;|$)/i,
    { parseAs: 'buffer' },
    ({ headers }, body: Buffer, done) => {
      const refuse = (detail: string) => done(new Problem('unsupported_media_type', detail));
      if (isCompressed(headers['content-encoding'])) return refuse('The body must not have a content encoding.');
      if (!isUtf8Declared(headers['content-type'])) return refuse('The charset of the body must be UTF-8.');
      done(null, body.length === 0 ? undefined : body);
    },
  );
}

/** Compressed bodies are rejected: one kilobyte can decompress to a gigabyte, past every limit. */
const isCompressed = (encoding: string | undefined) => encoding !== undefined && encoding.toLowerCase() !== 'identity';

const UTF8_NAMES: readonly (string | undefined)[] = ['utf-8', 'utf8', 'us-ascii', undefined];
/** JSON is UTF-8, so a charset says nothing new; another one means bytes that would be misread or refused as broken. */
const isUtf8Declared = (contentType = '') =>
  UTF8_NAMES.includes(/;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType)?.[1]?.toLowerCase());

/**
 * Parses JSON without loss: bytes that are not UTF-8 are rejected instead of replaced, and integers beyond 2^53 become
 * BigInt instead of being rounded.
 *
 * @throws Problem `invalid_json` with the position of the error
 */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw new Problem('invalid_json', 'The body contains bytes that are not UTF-8.');
  const text = body.toString('utf8');
  try {
    return parseWithLargeIntegers(text);
  } catch (error) {
    throw new Problem('invalid_json', `Invalid JSON: ${parseErrorMessage(error, text)}.`);
  }
}

function parseErrorMessage(error: unknown, text: string): string {
  if (error instanceof RangeError) return 'it is nested too deeply';
  return text.startsWith('\uFEFF') ? 'it begins with a byte order mark' : (error as Error).message;
}
