import { ACCESS_OF_ROUTE, type Access } from '../access/access.decorators.ts';
import { scopeOfRole } from '../access/permissions.ts';
import { ROLES } from '../database/schema/field-limits.ts';
import { PROBLEMS, type ProblemCode } from '../http/problems.ts';
import { PROBLEMS_OF_ROUTE } from './route.decorators.ts';

interface Parameter {
  name: string;
  in: string;
  description?: string;
  required?: boolean;
  schema?: { type?: string; example?: unknown };
  explode?: boolean;
  style?: string;
}

/** An operation of the document as Nest leaves it, with what our decorators noted. */
export interface RouteDocs {
  [PROBLEMS_OF_ROUTE]?: ProblemCode[];
  [ACCESS_OF_ROUTE]?: Access;
  description?: string;
  security?: unknown[];
  parameters?: Parameter[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}

const PROBLEMS_OF_ALL_ROUTES: ProblemCode[] = [
  'invalid_request',
  'unauthorized',
  'rate_limited',
  'internal',
  'database_unavailable',
  'timeout',
];
/** Of every method that may carry a body, also where it is not wanted, and that may meet other writers. */
const PROBLEMS_OF_WRITES: ProblemCode[] = [
  'origin_not_allowed',
  'body_too_large',
  'unsupported_media_type',
  'write_conflict',
];

/** Who calls may come along everywhere: it must be good, and may show more. */
const SECURITY_OF_ACCESS = {
  public: [{}, { token: [] }, { session: [] }],
  user: [{ session: [] }],
  permission: [{ token: [] }, { session: [] }],
};

function describeAccess(access: Access): string {
  if (access === 'public') return '';
  if (access === 'user') return 'For people who are signed in.';
  return `For the roles ${ROLES.filter((role) => scopeOfRole(role, access)).join(', ')}.`;
}

/** Writes out who may call a route, its problems, its own and those that all of its kind share, and the headers it reads. */
export function completeRouteDocs(method: string, operation: RouteDocs) {
  const access = operation[ACCESS_OF_ROUTE] ?? 'public';
  operation.description = `${operation.description ?? ''} ${describeAccess(access)}`.trim();
  operation.security = SECURITY_OF_ACCESS[access === 'public' || access === 'user' ? access : 'permission'];
  const own = operation[PROBLEMS_OF_ROUTE] ?? [];
  delete operation[PROBLEMS_OF_ROUTE];
  const codes = new Set([
    ...PROBLEMS_OF_ALL_ROUTES,
    ...(access === 'public' ? [] : ['forbidden' as const]),
    ...(operation.requestBody ? ['invalid_json' as const] : []),
    ...(method === 'get' ? [] : PROBLEMS_OF_WRITES),
    ...own,
  ]);
  for (const [status, group] of Map.groupBy(codes, (code) => PROBLEMS[code].status)) {
    operation.responses[status] = problemResponse(status, group);
  }
  const parameters = operation.parameters ?? [];
  for (const parameter of parameters) {
    if (parameter.schema?.type === 'array') Object.assign(parameter, { style: 'form', explode: false });
    // The page at /docs would fill it in, and a first try of a list would ask for a single instant of time.
    delete parameter.schema?.example;
  }
  operation.parameters = [...parameters, ...documentConditionalHeaders(method, operation, codes)];
}

function documentConditionalHeaders(method: string, operation: RouteDocs, codes: Set<ProblemCode>): Parameter[] {
  const header = (name: string, description: string) =>
    ({ name, description, in: 'header', required: false, schema: { type: 'string' } }) satisfies Parameter;
  const success = operation.responses[200] as { headers?: Record<string, unknown> } | undefined;
  if (method === 'get' && success?.headers?.['ETag']) {
    operation.responses[304] = { description: 'It has not changed.' };
    return [header('If-None-Match', 'An ETag: 304 when it is still true.')];
  }
  if (!codes.has('version_mismatch')) return [];
  return [header('If-Match', 'The version, or an ETag, that the row must have.')];
}

const PROBLEM_HEADERS: Record<number, object> = {
  401: { 'WWW-Authenticate': { description: 'Always Bearer.', schema: { type: 'string' } } },
  429: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
  503: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
};

function problemResponse(status: number, codes: ProblemCode[]) {
  return {
    ...(PROBLEM_HEADERS[status] && { headers: PROBLEM_HEADERS[status] }),
    description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].meaning}`).join('\n\n'),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}
