import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiExtension, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { ZodType } from 'zod';
import type { ProblemCode } from '../http/problems.ts';

/** What a route does, for the document at /openapi.json: a line, and what is worth knowing. */
export const Describe = (summary: string, description: string) => ApiOperation({ summary, description });

/**
 * What a route answers when it succeeds: its status and the shape of its body, for the document at /openapi.json. The
 * shape is not applied to answers: the select list of the query is the shape, and tests hold every answer against the
 * document (see docs/decisions/0004-answers-are-not-revalidated.md).
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

const HEADERS = {
  ETag: { description: '`"<version>.<digest of the body>"`', schema: { type: 'string' as const } },
  Location: { description: 'The path of the new row.', schema: { type: 'string' as const } },
  'Set-Cookie': {
    description: 'The cookie of a session, or one that takes it away.',
    schema: { type: 'string' as const },
  },
  Link: { description: 'The next and the previous page (RFC 8288).', schema: { type: 'string' as const } },
};

/** Under this key the document carries the codes until `openapi/openapi.ts` writes them out as answers. */
export const PROBLEMS_OF_ROUTE = 'x-problems';

/** The problems that a route answers with, beyond those that all routes of its kind share. */
export const Fails = (...codes: ProblemCode[]) => ApiExtension(PROBLEMS_OF_ROUTE, codes);
