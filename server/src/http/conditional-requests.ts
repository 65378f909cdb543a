import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ContentEncoding } from './content-encoding.ts';
import { fieldProblem, Problem } from './problems.ts';

/** The versions that `If-Match` accepts; undefined if the header is absent or `*`. */
export type ExpectedVersions = readonly number[] | undefined;

/** The largest value of the `integer` column; PostgreSQL rejects a comparison with a larger one. */
const MAX_VERSION = 2_147_483_647;
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

/**
 * Parses `If-Match`. Only the version inside a tag counts, and `"17"` alone is accepted, so a client needs only the
 * `version` that it read. A weak tag never matches (RFC 9110), and neither does a tag that Rubric did not issue.
 *
 * @throws Problem `invalid_request` if the header is not a list of entity tags
 */
export function parseIfMatch(header: string | undefined): ExpectedVersions {
  if (header === undefined || header.trim() === '*') return undefined;
  // Empty elements of a list are ignored (RFC 9110).
  const tags = header
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (tags.length === 0 || !tags.every((tag) => ENTITY_TAG.test(tag))) {
    const detail = 'If-Match must be * or a list of quoted entity tags.';
    throw fieldProblem('invalid_request', '/If-Match', detail, 'invalid_value');
  }
  return tags.flatMap((tag) => {
    const version = /^"(\d{1,10})(?:\.[^"]*)?"$/.exec(tag)?.[1];
    return version === undefined || Number(version) > MAX_VERSION ? [] : [Number(version)];
  });
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether changes of content need `If-Match` (`REQUIRE_IF_MATCH`). */
    requiresIfMatch: boolean;
  }
}

/** Injects the versions that the request's `If-Match` accepts. */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): ExpectedVersions =>
    parseIfMatch(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/**
 * The same on routes where `REQUIRE_IF_MATCH=true` makes the header mandatory. These routes document `version_required`.
 *
 * @throws Problem `version_required` if the setting requires the header and it is absent
 */
export const RequirableIfMatch = createParamDecorator((_: unknown, context: ExecutionContext): ExpectedVersions => {
  const { headers, server } = context.switchToHttp().getRequest<FastifyRequest>();
  if (server.requiresIfMatch && headers['if-match'] === undefined) throw new Problem('version_required');
  return parseIfMatch(headers['if-match']);
});

/** @throws Problem `version_mismatch` if the current version is not one of the expected versions */
export function assertVersion(expected: ExpectedVersions, current: number): void {
  if (expected !== undefined && !expected.includes(current)) {
    throw new Problem('version_mismatch', `The current version is ${current}.`);
  }
}

/**
 * Returns `"<version>.<digest>"` for a row, `"<version>.<digest>.<renderer>"` for a row with rendered HTML, and
 * `"<digest>"` for any other body. The encoding is appended if there is one, because a strong tag identifies exact bytes.
 * The digest is that of the plain body. It covers changes that the version does not: the name of a linked category, a
 * count.
 */
export function formatEntityTag(
  parts: TagParts | undefined,
  digest: string,
  encoding: ContentEncoding | undefined,
): string {
  const plain = [parts?.version, digest, parts?.renderer].filter((part) => part !== undefined).join('.');
  return encoding === undefined ? `"${plain}"` : `"${plain}-${encoding}"`;
}

/** The parts of a tag besides the digest of the body. */
interface TagParts {
  version: number;
  /** The version of the renderer, for a body with rendered HTML. */
  renderer?: string | undefined;
}

const tagParts = new WeakMap<object, TagParts>();

/** Sets the parts of the tag of a body that does not contain its version. */
export function withTagParts<Body extends object>(body: Body, parts: TagParts): Body {
  tagParts.set(body, parts);
  return body;
}

/** Returns the parts of the tag of a body; undefined if the body is not a row. */
export function tagPartsOf(body: unknown): TagParts | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { version } = body as { version?: unknown };
  return tagParts.get(body) ?? (typeof version === 'number' ? { version } : undefined);
}

/** Returns whether the client has the response already. Compares the whole tag, and also weak ones (RFC 9110). */
export function matchesIfNoneMatch({ method, headers }: FastifyRequest, tag: string): boolean {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
