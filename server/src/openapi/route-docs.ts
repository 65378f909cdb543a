import { type Access, OPENAPI_ACCESS } from '../access/access.decorators.ts';
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

/** An OpenAPI operation as Nest generates it, with the extensions that Rubric's decorators add. */
export interface RouteDocs {
  [PROBLEMS_OF_ROUTE]?: ProblemCode[];
  [OPENAPI_ACCESS]?: Access;
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
  'lock_timeout',
];
/**
 * For every method except GET: it can carry a body, even if the route ignores it, and can conflict with other writes.
 */
const PROBLEMS_OF_WRITES: ProblemCode[] = [
  'origin_not_allowed',
  'body_too_large',
  'unsupported_media_type',
  'write_conflict',
];

/** Public routes also accept credentials: they must be valid, and the response can contain more. */
const SECURITY_OF_ACCESS = {
  public: [{}, { token: [] }, { session: [] }],
  user: [{ session: [] }],
  permission: [{ token: [] }, { session: [] }],
};

function describeAccess(access: Access): string {
  if (access === 'public') return '';
  if (access === 'user') return 'Requires a session.';
  return `Requires one of the roles ${ROLES.filter((role) => scopeOfRole(role, access)).join(', ')}.`;
}

/** Adds the required access, the problem responses and the conditional request headers to the docs of a route. */
export function completeRouteDocs(method: string, docs: RouteDocs) {
  const access = docs[OPENAPI_ACCESS] ?? 'public';
  docs.description = `${docs.description ?? ''} ${describeAccess(access)}`.trim();
  docs.security = SECURITY_OF_ACCESS[access === 'public' || access === 'user' ? access : 'permission'];
  const routeProblems = docs[PROBLEMS_OF_ROUTE] ?? [];
  delete docs[PROBLEMS_OF_ROUTE];
  const codes = new Set([
    ...PROBLEMS_OF_ALL_ROUTES,
    ...(access === 'public' ? [] : ['forbidden' as const]),
    ...(docs.requestBody ? ['invalid_json' as const] : []),
    ...(method === 'get' ? [] : PROBLEMS_OF_WRITES),
    ...routeProblems,
  ]);
  for (const [status, group] of Map.groupBy(codes, (code) => PROBLEMS[code].status)) {
    docs.responses[status] = problemResponse(status, group);
  }
  const parameters = docs.parameters ?? [];
  for (const parameter of parameters) {
    if (parameter.schema?.type === 'array') Object.assign(parameter, { style: 'form', explode: false });
    // Swagger UI would prefill it, and a first request to a list would then filter by a single point in time.
    delete parameter.schema?.example;
  }
  docs.parameters = [...parameters, ...documentConditionalHeaders(method, docs, codes)];
}

function documentConditionalHeaders(method: string, docs: RouteDocs, codes: Set<ProblemCode>): Parameter[] {
  const header = (name: string, description: string) =>
    ({ name, description, in: 'header', required: false, schema: { type: 'string' } }) satisfies Parameter;
  const success = docs.responses[200] as { headers?: Record<string, unknown> } | undefined;
  if (method === 'get' && success?.headers?.['ETag']) {
    docs.responses[304] = { description: 'The row has not changed.' };
    return [header('If-None-Match', 'An ETag. The response is a 304 if it is still current.')];
  }
  if (!codes.has('version_mismatch')) return [];
  return [header('If-Match', 'The version or an ETag that the row must have.')];
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
