import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { MAX } from '../database/schema/field-limits.ts';
import { fieldProblem } from '../http/problems.ts';

export const IDEMPOTENCY_KEY = 'Idempotency-Key';
/** The header in lower case, as Node has it. */
export const KEY_HEADER = 'idempotency-key';

/**
 * Returns the key of a request. `Idempotency-Key: "a"`, the string of RFC 9651 that the draft of the header asks for, and
 * `Idempotency-Key: a` are the same key.
 *
 * @throws Problem `invalid_request`
 */
export function parseIdempotencyKey(latin1: string): string {
  // Node decodes headers as Latin-1; a character of UTF-8 is then several.
  const header = Buffer.from(latin1, 'latin1').toString();
  const isQuoted = /^"(?:[^"\\]|\\["\\])*"$/.test(header);
  if (!isQuoted && header.includes('"')) throw invalidKey('have a quote at both ends or none');
  const key = isQuoted ? header.slice(1, -1).replace(/\\(.)/g, '$1') : header;
  if (key === '' || key.length > MAX.idempotencyKey) throw invalidKey(`have 1 to ${MAX.idempotencyKey} characters`);
  return key;
}

export function invalidKey(rule: string) {
  return fieldProblem('invalid_request', `/${IDEMPOTENCY_KEY}`, `${IDEMPOTENCY_KEY} must ${rule}.`, 'invalid_value');
}

/** Returns a hash that identifies a request: method, URL with its query, `If-Match` and the bytes of the body. */
export function fingerprintOf({ method, url, headers, body }: FastifyRequest): Buffer {
  const head = JSON.stringify([method, url, headers['if-match'] ?? null]);
  return createHash('sha256')
    .update(`${head}\n`)
    .update((body as Buffer | undefined) ?? '')
    .digest();
}
