/**
 * Every problem that Rubric answers with, by code: the HTTP status, the title, and what it means in a sentence or two.
 * `docs/errors.md` documents each code, and a test holds the two against each other, both ways.
 */
export const PROBLEMS = {
  invalid_request: {
    status: 400,
    title: 'The request is malformed',
    meaning: 'A field or parameter is missing, blank, of the wrong type, too long, badly shaped or unknown.',
  },
  invalid_json: { status: 400, title: 'The body is not JSON', meaning: 'The body could not be read as UTF-8 JSON.' },
  invalid_url: { status: 400, title: 'The URL is malformed', meaning: 'The path holds a broken percent-encoding.' },
  invalid_cursor: {
    status: 400,
    title: 'The cursor does not belong here',
    meaning:
      'A cursor is opaque and bound to the filter and order of the list it came from. Start again without it when either changes.',
  },
  page_too_deep: {
    status: 400,
    title: 'The page lies too deep',
    meaning: 'Numbered pages end at row 10,000. Cursors (after, before) cost the same at any depth.',
  },
  too_many_ids: { status: 400, title: 'Too many ids', meaning: 'One request names at most MAX_IDS ids.' },
  invalid_http: {
    status: 400,
    title: 'This is not sound HTTP',
    meaning:
      'The bytes received are not an HTTP request, or one that contradicts itself, as by a wrong Content-Length.',
  },
  unauthorized: {
    status: 401,
    title: 'Who calls is not known',
    meaning:
      'The call needs a session, or Authorization: Bearer with an API token; or the token sent is unknown, expired or revoked.',
  },
  sign_in_refused: {
    status: 401,
    title: 'The sign-in is refused',
    meaning: 'E-mail address and password, or the code of the second factor, are not right. Which, is not said.',
  },
  forbidden: {
    status: 403,
    title: 'The role does not suffice',
    meaning: 'Who calls is known, but may not do this.',
  },
  foreign_origin: {
    status: 403,
    title: 'The request comes from another site',
    meaning:
      'A session changes things only from pages of this server or of CORS_ORIGINS: the Origin header must name one of them.',
  },
  not_found: {
    status: 404,
    title: 'There is no such thing here',
    meaning: 'No such path or row, or none that the caller may see: both look the same.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The method does not fit the path',
    meaning: 'The path exists, but not with this method. The Allow header names those that do.',
  },
  slug_taken: {
    status: 409,
    title: 'The slug is taken',
    meaning: 'Another row has the slug that the request chose. Without a slug, Rubric picks a free one.',
  },
  name_taken: {
    status: 409,
    title: 'The name is taken',
    meaning:
      'A category beside it has this name, ignoring case. When a category is deleted, its children move up and may meet one.',
  },
  email_taken: {
    status: 409,
    title: 'The e-mail address is taken',
    meaning: 'Another account has this e-mail address.',
  },
  byline_taken: {
    status: 409,
    title: 'The byline is taken',
    meaning: 'Another account is tied to this author already.',
  },
  last_admin: {
    status: 409,
    title: 'Somebody must be admin',
    meaning: 'The account is the last admin that can sign in: make another one first.',
  },
  second_factor_on: {
    status: 409,
    title: 'The second factor is on',
    meaning: 'The account has a second factor already: turn it off first, to set up another device.',
  },
  link_spent: {
    status: 410,
    title: 'The link is no longer good',
    meaning: 'An invitation or a link to a new password was used already, is too old, was withdrawn or never was.',
  },
  busy: {
    status: 409,
    title: 'Other writers were faster',
    meaning: 'The write met others too many times in a row and was given up; nothing was written. Try again.',
  },
  version_mismatch: {
    status: 412,
    title: 'The row has changed',
    meaning: 'If-Match names a version that is no longer the current one. Read the row again and decide anew.',
  },
  body_too_large: { status: 413, title: 'The body is too large', meaning: 'The body is longer than BODY_LIMIT_BYTES.' },
  url_too_long: {
    status: 414,
    title: 'The URL is too long',
    meaning: 'A part of the path is longer than any id or slug.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body must be JSON',
    meaning: 'Send Content-Type: application/json, without a content encoding.',
  },
  unknown_category: {
    status: 422,
    title: 'A category does not exist',
    meaning: 'The request is well formed but names categories that do not exist. Each is listed; nothing was written.',
  },
  unknown_author: {
    status: 422,
    title: 'An author does not exist',
    meaning: 'The request is well formed but names authors that do not exist. Each is listed; nothing was written.',
  },
  category_cycle: {
    status: 422,
    title: 'A category cannot be below itself',
    meaning: 'The new parent is the category itself or one of its descendants.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    meaning: 'A limit is used up. Try again after Retry-After seconds.',
  },
  headers_too_large: { status: 431, title: 'The headers are too large', meaning: 'The headers exceed 16 KiB.' },
  request_timeout: { status: 408, title: 'The request took too long to arrive', meaning: 'The client was too slow.' },
  internal: {
    status: 500,
    title: 'Something went wrong',
    meaning: 'A defect of Rubric. The log holds what happened, under the id that the answer names.',
  },
  database_unavailable: {
    status: 503,
    title: 'The database is away',
    meaning:
      'PostgreSQL cannot be reached or is too busy. Nothing was half written. Try again after Retry-After seconds.',
  },
  mail_unavailable: {
    status: 503,
    title: 'No mail can be sent',
    meaning: 'SMTP_URL is not set, or the mail server did not take the message.',
  },
  timeout: {
    status: 503,
    title: 'The database took too long',
    meaning: 'The statement exceeded STATEMENT_TIMEOUT_MS and was cancelled; nothing was written.',
  },
} as const satisfies Record<string, { status: number; title: string; meaning: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One bad field: an RFC 6901 pointer into the body, or `/name` for a parameter, header or part of the path. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
}

/** Thrown anywhere; `problem.filter.ts` turns it into an RFC 9457 answer. `detail` is a sentence for a person. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: FieldError[] | undefined;
  /** In seconds, for the header `Retry-After`. */
  retryAfter: number | undefined;

  constructor(code: ProblemCode, detail?: string, errors?: FieldError[]) {
    super(detail ?? PROBLEMS[code].meaning);
    this.code = code;
    this.errors = errors;
  }
}

/** A problem with one field to blame. */
export function fieldProblem(code: ProblemCode, pointer: string, detail: string, fieldCode: string = code): Problem {
  return new Problem(code, detail, [{ pointer, code: fieldCode, detail }]);
}

/** A limit is used up, and has room again after so many milliseconds. */
export function rateLimited(waitMs: number): Problem {
  const problem = new Problem('rate_limited');
  problem.retryAfter = Math.ceil(waitMs / 1_000);
  return problem;
}

/** The RFC 9457 body. `instance` is the path of the request, without its query. */
export function problemBody(problem: Problem, instance: string) {
  const { status, title } = PROBLEMS[problem.code];
  return {
    type: `/problems/${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.message,
    instance,
    ...(problem.errors && { errors: problem.errors }),
  };
}
