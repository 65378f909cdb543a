import { z } from 'zod';
import { exampleProblem } from '../http/problem-examples.ts';
import { PROBLEMS, type ProblemCode } from '../http/problems.ts';
import { MAX_ERRORS } from '../http/validation.pipe.ts';

const CODES = Object.keys(PROBLEMS) as ProblemCode[];

/** Problems whose responses always have `errors`. */
const ALWAYS_WITH_ERRORS = new Set<ProblemCode>([
  'invalid_request',
  'invalid_cursor',
  'page_too_deep',
  'too_many_ids',
  'unknown_category',
  'unknown_author',
]);

const FieldErrorDocument = z
  .object({ pointer: z.string().meta({ description: 'RFC 6901' }), code: z.string(), detail: z.string() })
  .meta({ id: 'FieldError', description: 'An invalid field, parameter, header or part of the path.' });

/** The common fields of all problems. Each code has a schema of its own, which refers to this one. */
export const ProblemDocument = z
  .object({
    type: z.string().meta({ description: 'The path of the page that documents this problem.' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.enum(CODES as [ProblemCode, ...ProblemCode[]]),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(FieldErrorDocument).max(MAX_ERRORS).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

/** `not_found` becomes `NotFoundProblem`. */
const schemaName = (code: ProblemCode) =>
  `${code.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Problem`;
const schemaRef = (code: ProblemCode) => ({ $ref: `#/components/schemas/${schemaName(code)}` });
const byCode = <T>(valueOf: (code: ProblemCode) => T) => CODES.map((code) => [code, valueOf(code)] as const);

/** Returns a schema for each code. `code` and `status` are constants, so that a client can tell problems apart by them. */
export const problemSchemas = () =>
  Object.fromEntries(
    byCode((code) => ({
      description: PROBLEMS[code].meaning,
      allOf: [{ $ref: '#/components/schemas/Problem' }],
      type: 'object',
      properties: { status: { const: PROBLEMS[code].status }, code: { const: code } },
      required: ['status', 'code', ...(ALWAYS_WITH_ERRORS.has(code) ? ['errors'] : [])],
    })).map(([code, schema]) => [schemaName(code), schema]),
  );

/** Returns one example per code. The responses refer to them. */
export const problemExamples = () => Object.fromEntries(byCode((code) => ({ value: exampleProblem(code) })));

/** Returns the responses that `paths` refers to: those of operations that respond with one code for a status. */
export function problemResponses(paths: object) {
  const text = JSON.stringify(paths);
  const responses = byCode((code) => responseOf(PROBLEMS[code].status, [code]));
  return Object.fromEntries(responses.filter(([code]) => text.includes(`"${responseRef(code)}"`)));
}

const responseRef = (code: ProblemCode | undefined) => `#/components/responses/${code}`;

/** Documents that an operation responds with `status` and one of these codes. */
export const problemResponse = (status: number, codes: ProblemCode[]) =>
  codes.length === 1 ? { $ref: responseRef(codes[0]) } : responseOf(status, codes);

const RETRY_AFTER = { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1, format: 'int64' } };
const HEADERS: Record<number, object> = {
  401: { 'WWW-Authenticate': { description: 'Always Bearer.', schema: { type: 'string' } } },
  429: { 'Retry-After': RETRY_AFTER },
  503: { 'Retry-After': RETRY_AFTER },
};

function responseOf(status: number, codes: ProblemCode[]) {
  const schemas = codes.map(schemaRef);
  const headers = codes.includes('idempotency_in_flight') ? { 'Retry-After': RETRY_AFTER } : HEADERS[status];
  return {
    ...(headers && { headers }),
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].meaning}`).join('\n\n'),
    content: {
      'application/problem+json': {
        schema: schemas.length === 1 ? schemas[0] : { oneOf: schemas },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}
