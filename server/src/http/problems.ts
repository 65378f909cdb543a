interface ProblemType {
  status: number;
  title: string;
  meaning: string;
  /** Appended to the `detail` of responses: advice for the client. */
  hint?: string;
}

/**
 * Every problem that Rubric responds with, by code: the HTTP status, the title, and its meaning in a sentence or two.
 * `docs/errors.md` documents each code; a test compares the two, both ways.
 */
export const PROBLEMS = {
  invalid_request: {
    status: 400,
    title: 'Invalid request',
    meaning: 'A field or parameter is missing, blank, of the wrong type, too long, malformed or unknown.',
  },
  invalid_json: { status: 400, title: 'Invalid JSON', meaning: 'The body is not JSON encoded as UTF-8.' },
  invalid_url: { status: 400, title: 'Invalid URL', meaning: 'The path contains a broken percent-encoding.' },
  invalid_cursor: {
    status: 400,
    title: 'Invalid cursor',
    meaning:
      'A cursor is opaque and bound to the filter and order of the list that returned it. Start again without it when either changes.',
  },
  page_too_deep: {
    status: 400,
    title: 'Page too deep',
    meaning: 'Numbered pages end at row 10,000. Cursors (after, before) cost the same at any depth.',
  },
  answer_too_large: {
    status: 400,
    title: 'Answer too large',
    meaning:
      'The list would be longer than 16 MiB. Ask for fewer rows with limit, or for fewer fields with fields; list the tree in pages.',
  },
  too_many_ids: { status: 400, title: 'Too many ids', meaning: 'A request may contain at most MAX_IDS ids per field.' },
  invalid_http: {
    status: 400,
    title: 'Invalid HTTP',
    meaning:
      'The bytes received are not an HTTP request, or contradict themselves, for example by a wrong Content-Length.',
  },
  unauthorized: {
    status: 401,
    title: 'Authentication required',
    meaning:
      'The request needs a session or an API token (Authorization: Bearer), or the token is unknown, expired or revoked.',
  },
  invalid_credentials: {
    status: 401,
    title: 'Invalid credentials',
    meaning:
      'The email address, the password or the code of the second factor is wrong. The response does not say which.',
  },
  forbidden: {
    status: 403,
    title: 'Permission denied',
    meaning: 'The caller is known but lacks the permission for this request.',
  },
  origin_not_allowed: {
    status: 403,
    title: 'Origin not allowed',
    meaning:
      'A session may change data only from pages of this server or of CORS_ORIGINS. The Origin header must name one of them.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    meaning: 'No such path or row exists, or the caller may not see it. Both look the same.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    meaning: 'The path exists but does not support this method. The Allow header lists the methods that it supports.',
  },
  slug_taken: {
    status: 409,
    title: 'Slug taken',
    meaning: 'Another row has the slug that the request chose. Without a slug, Rubric picks a free one.',
  },
  draft_conflict: {
    status: 409,
    title: 'Draft conflict',
    meaning:
      'The article and its working draft have changed the same fields to different values. Each is listed; nothing was written. Decide with prefer.',
  },
  not_published: {
    status: 409,
    title: 'Not published',
    meaning:
      'Only a published article is changed through a working draft. One that is not published is changed itself, and keeps the working draft that it has.',
  },
  name_taken: {
    status: 409,
    title: 'Name taken',
    meaning:
      'A sibling category has this name, or one that looks the same. Deleting a category moves its children up one level, which can cause the same conflict.',
  },
  email_taken: { status: 409, title: 'Email address taken', meaning: 'Another account has this email address.' },
  byline_taken: { status: 409, title: 'Byline taken', meaning: 'Another account is linked to this author.' },
  last_admin: {
    status: 409,
    title: 'Last admin',
    meaning: 'The account is the last admin that can sign in. Create another admin first.',
  },
  already_set_up: {
    status: 409,
    title: 'Already set up',
    meaning: 'The installation has accounts. An admin can invite others.',
  },
  second_factor_on: {
    status: 409,
    title: 'Second factor enabled',
    meaning: 'The account already has a second factor. Disable it before setting up another device.',
  },
  path_taken: { status: 409, title: 'Path taken', meaning: 'The path has a redirect already.' },
  write_conflict: {
    status: 409,
    title: 'Write conflict',
    meaning: 'The write collided with other writes too many times and was abandoned; nothing was written. Try again.',
  },
  idempotency_in_flight: {
    status: 409,
    title: 'Request in flight',
    meaning:
      'Another request with this Idempotency-Key is being answered. Try again after Retry-After seconds to get its answer.',
  },
  link_expired: {
    status: 410,
    title: 'Link expired',
    meaning: 'The invitation or password link was used, has expired, was revoked or never existed.',
  },
  events_expired: {
    status: 410,
    title: 'Events expired',
    meaning:
      'Events are kept for 30 days, and some of those after this one are no longer kept. Read anew what you keep a copy of, then continue with the events after now.',
  },
  gone: { status: 410, title: 'Gone', meaning: 'What was at this path was removed on purpose.' },
  version_mismatch: {
    status: 412,
    title: 'Version mismatch',
    meaning: 'If-Match names a version that is no longer current. Read the row again before you change it.',
  },
  body_too_large: {
    status: 413,
    title: 'Body too large',
    meaning: 'The body is longer than BODY_LIMIT_BYTES, or than 16 KiB on a route that needs no authentication.',
  },
  url_too_long: { status: 414, title: 'URL too long', meaning: 'A segment of the path is longer than any id or slug.' },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    meaning: 'Send Content-Type: application/json without a content encoding.',
  },
  expectation_failed: {
    status: 417,
    title: 'Expectation failed',
    meaning: 'The Expect header asks for something other than 100-continue.',
  },
  unknown_category: {
    status: 422,
    title: 'Unknown category',
    meaning:
      'The request is well formed but refers to categories that do not exist. Each is listed; nothing was written.',
    hint: 'Categories are listed at /categories.',
  },
  unknown_author: {
    status: 422,
    title: 'Unknown author',
    meaning: 'The request is well formed but refers to authors that do not exist. Each is listed; nothing was written.',
    hint: 'Authors are listed at /authors.',
  },
  unknown_target: { status: 422, title: 'Unknown target', meaning: 'No row has the type and id of the target.' },
  not_ranked: { status: 422, title: 'Not ranked', meaning: 'The article to stand next to has no rank there.' },
  category_cycle: { status: 422, title: 'Category cycle', meaning: 'The new parent is the category or one below it.' },
  idempotency_mismatch: {
    status: 422,
    title: 'Idempotency key reused',
    meaning:
      'The Idempotency-Key was sent with another request within the last 24 hours. Method, URL, If-Match and body must be the same, byte for byte.',
  },
  version_required: {
    status: 428,
    title: 'Version required',
    meaning:
      'The server has REQUIRE_IF_MATCH=true. Send If-Match with the ETag of the row that was read or with its version in quotes, or * for any version.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    meaning: 'A rate limit is exceeded. Try again after Retry-After seconds.',
  },
  too_many_streams: {
    status: 429,
    title: 'Too many streams',
    meaning: 'The caller listens to too many streams of events, or the server has too many. Close one, or read pages.',
  },
  headers_too_large: { status: 431, title: 'Headers too large', meaning: 'The headers exceed 16 KiB.' },
  request_timeout: { status: 408, title: 'Request timeout', meaning: 'The request took too long to arrive.' },
  internal: {
    status: 500,
    title: 'Internal server error',
    meaning: 'Rubric has a defect. The log contains the error under the id in the response.',
  },
  database_unavailable: {
    status: 503,
    title: 'Database unavailable',
    meaning:
      'PostgreSQL cannot be reached, is overloaded or accepts no writes. Nothing was written in part. Try again after Retry-After seconds.',
  },
  too_expensive: {
    status: 503,
    title: 'Too expensive',
    meaning:
      'The list takes much of the time of PostgreSQL, and too many such lists wait already; or the HTML of a text takes too long to render. Other requests are answered meanwhile.',
  },
  mail_unavailable: {
    status: 503,
    title: 'Mail unavailable',
    meaning: 'SMTP_URL is not set, or the mail server rejected the message.',
  },
  timeout: {
    status: 503,
    title: 'Statement timeout',
    meaning: 'The statement exceeded STATEMENT_TIMEOUT_MS and was cancelled; nothing was written.',
  },
  lock_timeout: {
    status: 503,
    title: 'Lock timeout',
    meaning:
      'Another change of the same rows took longer than LOCK_TIMEOUT_MS: a large deletion, a move or an import. Nothing was written. Try again after Retry-After seconds.',
  },
} as const satisfies Record<string, ProblemType>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One invalid field: an RFC 6901 pointer into the body, or `/name` of a parameter, a header or a path segment. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
}

/**
 * An error that any layer can throw; `problem.filter.ts` converts it to an RFC 9457 response. `detail` is a sentence
 * for people.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: FieldError[] | undefined;
  /** Seconds, for the `Retry-After` header. */
  retryAfter: number | undefined;

  constructor(code: ProblemCode, detail?: string, errors?: FieldError[]) {
    super(detail ?? PROBLEMS[code].meaning);
    this.code = code;
    this.errors = errors;
  }
}

/** In characters; longer values are shortened in the `detail` of a problem. */
const MAX_QUOTED = 100;

/** Quotes a value of the client for the `detail` of a problem. */
export const quoted = (value: string) =>
  JSON.stringify(value.length > MAX_QUOTED ? `${value.slice(0, MAX_QUOTED)}…` : value);

/** Creates a problem with a single invalid field. */
export function fieldProblem(code: ProblemCode, pointer: string, detail: string, fieldCode: string = code): Problem {
  return new Problem(code, detail, [{ pointer, code: fieldCode, detail }]);
}

/** Creates a problem with several invalid fields. */
export const fieldProblems = (code: ProblemCode, errors: FieldError[]) =>
  new Problem(code, errors.map(({ detail }) => detail).join(' '), errors);

/** Creates the problem of query parameters that cannot be sent together. `detail` says which and why. */
export function parameterConflict(names: readonly string[], detail: string): Problem {
  return new Problem(
    'invalid_request',
    detail,
    names.map((name) => ({ pointer: `/${name}`, code: 'conflict', detail })),
  );
}

/** Creates a `rate_limited` problem; the limit allows another request after `waitMs` milliseconds. */
export function rateLimited(waitMs: number): Problem {
  const problem = new Problem('rate_limited');
  problem.retryAfter = Math.ceil(waitMs / 1_000);
  return problem;
}

/** Builds the RFC 9457 body. `instance` is the path of the request without its query. */
export function problemBody(problem: Problem, instance: string) {
  const { status, title, hint }: ProblemType = PROBLEMS[problem.code];
  return {
    type: `/problems/${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: hint === undefined ? problem.message : `${problem.message} ${hint}`,
    instance,
    ...(problem.errors && { errors: problem.errors }),
  };
}
