import { type Access, OPENAPI_ACCESS } from '../access/access.decorators.ts';
import { scopeOfRole } from '../access/permissions.ts';
import { ROLES } from '../database/schema/enums.ts';
import { PROBLEMS, type ProblemCode } from '../http/problems.ts';
import { MAX_HEADER_BYTES } from '../http/request-limits.ts';
import { IDEMPOTENCY_KEY } from '../idempotency/idempotency-key.ts';
import { problemResponse } from './problem-docs.ts';
import { PROBLEMS_OF_ROUTE, SECTION } from './route.decorators.ts';

interface Parameter {
  name: string;
  in: string;
  description?: string;
  required?: boolean;
  schema?: { type?: string; maxLength?: number; example?: unknown };
  explode?: boolean;
  style?: string;
}

/** An OpenAPI operation as Nest generates it, with the extensions that Rubric's decorators add. */
export interface RouteDocs {
  [PROBLEMS_OF_ROUTE]?: ProblemCode[];
  [OPENAPI_ACCESS]?: Access;
  [SECTION]?: string;
  description?: string;
  tags?: string[];
  security?: unknown[];
  parameters?: Parameter[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}

const PROBLEMS_OF_ALL_ROUTES: ProblemCode[] = [
  'invalid_request',
  'invalid_http',
  'unauthorized',
  'request_timeout',
  'headers_too_large',
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

/** For routes that take an `Idempotency-Key`. */
const PROBLEMS_OF_IDEMPOTENT_ROUTES: ProblemCode[] = ['idempotency_in_flight', 'idempotency_mismatch'];

/** For paths with parameters. Other paths either match literally or belong to no route. */
const PROBLEMS_OF_PATH_PARAMETERS: ProblemCode[] = ['invalid_url', 'url_too_long'];

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
  const isIdempotent = docs.parameters?.some(({ name }) => name === IDEMPOTENCY_KEY) ?? false;
  if (isIdempotent) documentReplay(docs.responses);
  const codes = new Set([
    ...PROBLEMS_OF_ALL_ROUTES,
    // Health checks are exempt from the limit.
    ...(docs.tags?.includes('Health') ? [] : ['rate_limited' as const]),
    ...(access === 'public' ? [] : ['forbidden' as const]),
    // Every route except DELETE parses the body, see http/declared-input.guard.ts.
    ...(method === 'get' || method === 'delete' ? [] : ['invalid_json' as const]),
    ...(method === 'get' ? [] : PROBLEMS_OF_WRITES),
    ...(docs.parameters?.some((parameter) => parameter.in === 'path') ? PROBLEMS_OF_PATH_PARAMETERS : []),
    ...(isIdempotent ? PROBLEMS_OF_IDEMPOTENT_ROUTES : []),
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

const REPLAYED = {
  description: '`true` if this is the answer to an earlier request with the same `Idempotency-Key`.',
  schema: { type: 'string', enum: ['true'] },
};

function documentReplay(responses: RouteDocs['responses']) {
  for (const response of Object.values(responses) as { headers?: object }[]) {
    response.headers = { ...response.headers, 'Idempotency-Replayed': REPLAYED };
  }
}

/** The tag of a response that is no single row, see `http/representations.ts`. */
const BODY_TAG = { description: '`"<digest>"`, and the encoding if the body has one.', schema: { type: 'string' } };

function documentConditionalHeaders(method: string, docs: RouteDocs, codes: Set<ProblemCode>): Parameter[] {
  const header = (name: string, description: string) =>
    ({
      name,
      description,
      in: 'header',
      required: false,
      schema: { type: 'string', maxLength: MAX_HEADER_BYTES },
    }) satisfies Parameter;
  const success = docs.responses[200] as { headers?: Record<string, unknown>; content?: object } | undefined;
  const isStream = 'text/event-stream' in (success?.content ?? {});
  const parameters: Parameter[] = [];
  if (method === 'get' && success && !isStream) {
    success.headers = { ETag: BODY_TAG, ...success.headers };
    docs.responses[304] = { description: 'The response has not changed.' };
    parameters.push(header('If-None-Match', 'An ETag. The response is a 304 if it is still current.'));
  }
  if (codes.has('version_mismatch')) {
    parameters.push(header('If-Match', 'The version or an ETag that the row must have.'));
  }
  return parameters;
}
