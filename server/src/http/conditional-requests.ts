import { hash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fieldProblem, Problem } from './problems.ts';

/** The versions that `If-Match` accepts; undefined when it was not sent or says `*`. */
export type ExpectedVersions = readonly number[] | undefined;

/** The column is an integer, and PostgreSQL refuses to compare it with more. */
const MAX_VERSION = 2_147_483_647;
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

/**
 * Reads `If-Match`. Only the version inside a tag counts, and `"17"` alone is good too, so that a writer needs nothing
 * but the number that it read. A weak tag never matches (RFC 9110), nor does one that Rubric never gave.
 *
 * @throws Problem `invalid_request` for what is not a list of entity tags
 */
export function parseIfMatch(header: string | undefined): ExpectedVersions {
  if (header === undefined || header.trim() === '*') return undefined;
  return header.split(',').flatMap((part) => {
    const tag = part.trim();
    if (!ENTITY_TAG.test(tag))
      throw fieldProblem('invalid_request', '/If-Match', 'If-Match must be * or quoted tags.', 'invalid_value');
    const version = /^"(\d{1,10})(?:\.[^"]*)?"$/.exec(tag)?.[1];
    return version === undefined || Number(version) > MAX_VERSION ? [] : [Number(version)];
  });
}

/** The versions that the caller's `If-Match` accepts. */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): ExpectedVersions =>
    parseIfMatch(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** @throws Problem `version_mismatch` when the current version is none of the expected */
export function assertVersion(expected: ExpectedVersions, current: number): void {
  if (expected !== undefined && !expected.includes(current)) {
    throw new Problem('version_mismatch', `The current version is ${current}.`);
  }
}

const VERSION = Symbol('version');
type VersionedReply = FastifyReply & { [VERSION]?: number };

/**
 * Gives every answer that is one row its `ETag`, `"<version>.<digest of the body>"`, and answers 304 when
 * `If-None-Match` names it. The digest covers what the version does not: the name of a category, a count.
 */
export function registerEntityTags(fastify: FastifyInstance) {
  fastify.addHook('preSerialization', (_request, reply: VersionedReply, payload, done) => {
    const version = (payload as { version?: unknown } | null)?.version;
    if (typeof version === 'number' && reply.statusCode < 300) reply[VERSION] = version;
    done(null, payload);
  });
  fastify.addHook('onSend', (request, reply: VersionedReply, payload, done) => {
    const version = reply[VERSION];
    if (version === undefined || typeof payload !== 'string' || reply.statusCode >= 300) return done(null, payload);
    // sha1 is the fastest digest here and not a matter of security: 2 µs for 2 kB.
    const tag = `"${version}.${hash('sha1', payload, 'base64url').slice(0, 16)}"`;
    void reply.header('etag', tag);
    if (!matchesIfNoneMatch(request, tag)) return done(null, payload);
    void reply.code(304).removeHeader('content-type');
    // Fastify takes the body of a HEAD away itself, after it has measured it.
    done(null, request.method === 'HEAD' ? payload : null);
  });
}

function matchesIfNoneMatch(request: FastifyRequest, tag: string): boolean {
  const ifNoneMatch = request.headers['if-none-match'];
  if (ifNoneMatch === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
