import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiExtension, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { ZodType } from 'zod';
import type { ProblemCode } from '../http/problems.ts';

/** The extension that carries the description of a section until `openapi.ts` moves it to the tags. */
export const SECTION = 'x-section';

/** Puts the routes of a controller into a section of the documentation. One controller of a section describes it. */
export const Section = (name: string, description?: string) =>
  applyDecorators(ApiTags(name), ...(description === undefined ? [] : [ApiExtension(SECTION, description)]));

/**
 * Documents what a route does in /openapi.json: a summary and a description. The `operationId` derives from the summary:
 * "Create an article" is `createArticle`, the name of the method in generated clients. A new summary renames the method.
 */
export const Describe = (summary: string, description: string) =>
  ApiOperation({ summary, description, operationId: operationIdOf(summary) });

function operationIdOf(summary: string): string {
  const words = summary.split(/[^A-Za-z]+/).filter((word) => !/^(an?|the)$/.test(word));
  return words.map((word, i) => word.charAt(0)[i === 0 ? 'toLowerCase' : 'toUpperCase']() + word.slice(1)).join('');
}

/**
 * Sets the success status of a route and documents the schema of its response body in /openapi.json. Responses are not
 * validated against the schema at run time: the select list of the query determines their shape, and tests compare every
 * response with the document (see docs/decisions/0004-responses-are-not-validated.md).
 */
export const Returns = (
  status: number,
  schema: ZodType | null,
  description: string,
  headers: (keyof typeof HEADERS)[] = [],
) =>
  applyDecorators(
    HttpCode(status),
    ApiResponse({
      status,
      description,
      ...(schema && { standardSchema: schema }),
      headers: Object.fromEntries(headers.map((name) => [name, HEADERS[name]])),
    }),
  );

/** Documents that a read by an old slug redirects to the present one (`findByOldSlug`). */
export const RedirectsOldSlugs = () =>
  ApiResponse({
    status: 308,
    description:
      'The path has an old slug. `Location` is the same path with the present slug, and the query as it was sent.',
    headers: { Location: { description: 'The present path.', schema: { type: 'string' as const } } },
  });

const HEADERS = {
  ETag: {
    description: '`"<version>.<digest>"`, and the encoding if the body has one: `"17.kPZ0-br"`.',
    schema: { type: 'string' as const },
  },
  Location: { description: 'The path of the new row.', schema: { type: 'string' as const } },
  'Set-Cookie': {
    description: 'Sets or deletes the session cookie.',
    schema: { type: 'string' as const },
  },
  'Cache-Control': { description: '`no-store`.', schema: { type: 'string' as const } },
  'X-Robots-Tag': { description: '`noindex`.', schema: { type: 'string' as const } },
  Link: { description: 'The next and the previous page (RFC 8288).', schema: { type: 'string' as const } },
};

/** The extension that carries the problem codes until `route-docs.ts` expands them to responses. */
export const PROBLEMS_OF_ROUTE = 'x-problems';

/** Documents the problems of a route, in addition to those of all routes. */
export const Fails = (...codes: ProblemCode[]) => ApiExtension(PROBLEMS_OF_ROUTE, codes);
