import { fieldProblem, Problem, type ProblemCode, problemBody } from './problems.ts';

type Example = [instance: string, problem: Problem];
type UnknownRowCode = Extract<ProblemCode, `unknown_${string}`>;
const isUnknownRowCode = (code: ProblemCode): code is UnknownRowCode => code.startsWith('unknown_');

const ANSWER_TOO_LARGE =
  'The answer would be at least 104857600 bytes long; at most 16777216 are allowed. Ask for fewer rows with limit, or for fewer fields with fields.';

/** One response for each problem, with the path of its request. `docs/errors.md` shows the same; a test compares the two. */
const EXAMPLES: Record<Exclude<ProblemCode, UnknownRowCode>, Example> & Partial<Record<UnknownRowCode, Example>> = {
  invalid_request: [
    '/articles',
    new Problem('invalid_request', 'The field title is required. Unknown field "name".', [
      { pointer: '/title', code: 'required', detail: 'The field title is required.' },
      { pointer: '/name', code: 'unknown_field', detail: 'Unknown field "name".' },
    ]),
  ],
  invalid_json: [
    '/articles',
    new Problem(
      'invalid_json',
      "Invalid JSON: Expected ',' or '}' after property value in JSON at position 14 (line 1 column 15).",
    ),
  ],
  invalid_url: ['/articles/100%', new Problem('invalid_url')],
  invalid_cursor: [
    '/articles',
    fieldProblem('invalid_cursor', '/after', 'The cursor belongs to a list with another filter or order.'),
  ],
  page_too_deep: [
    '/articles',
    fieldProblem('page_too_deep', '/page', 'Numbered pages end at row 10000; continue with after=CURSOR.'),
  ],
  answer_too_large: [
    '/articles',
    new Problem('answer_too_large', ANSWER_TOO_LARGE, [
      { pointer: '/limit', code: 'answer_too_large', detail: ANSWER_TOO_LARGE },
      { pointer: '/fields', code: 'answer_too_large', detail: ANSWER_TOO_LARGE },
    ]),
  ],
  too_many_ids: [
    '/articles',
    fieldProblem('too_many_ids', '/categoryIds', 'categoryIds contains 1001 ids; at most 1000 are allowed.'),
  ],
  invalid_http: ['/', new Problem('invalid_http')],
  unauthorized: [
    '/tokens',
    new Problem('unauthorized', 'This request needs a session, or Authorization: Bearer with an API token.'),
  ],
  invalid_credentials: ['/sessions', new Problem('invalid_credentials')],
  forbidden: [
    '/articles/7',
    new Problem('forbidden', 'This request needs the permission articles.write, which the role reader does not have.'),
  ],
  origin_not_allowed: ['/articles', new Problem('origin_not_allowed')],
  not_found: ['/articles/7', new Problem('not_found', 'No article has the id 7.')],
  method_not_allowed: [
    '/articles',
    new Problem('method_not_allowed', 'This path does not support PUT. It supports GET, HEAD, POST.'),
  ],
  request_timeout: ['/', new Problem('request_timeout')],
  slug_taken: ['/articles', fieldProblem('slug_taken', '/slug', 'The slug is already in use.')],
  draft_conflict: [
    '/articles/7/draft/publish',
    fieldProblem(
      'draft_conflict',
      '/title',
      'The article and its working draft have changed title to different values since version 4.',
    ),
  ],
  not_published: [
    '/articles/7/draft',
    new Problem('not_published', 'The article 7 is not published. Change the article itself.'),
  ],
  name_taken: [
    '/categories',
    fieldProblem(
      'name_taken',
      '/name',
      'The sibling category "News" (id 1) has this name, or one that looks the same.',
    ),
  ],
  email_taken: ['/invitations', fieldProblem('email_taken', '/email', 'Another account has this email address.')],
  byline_taken: ['/accounts/7', fieldProblem('byline_taken', '/authorId', 'Another account is linked to this author.')],
  last_admin: ['/accounts/1', new Problem('last_admin')],
  already_set_up: ['/setup', new Problem('already_set_up')],
  second_factor_on: ['/account/second-factor', new Problem('second_factor_on')],
  path_taken: ['/redirects', fieldProblem('path_taken', '/path', 'The path has a redirect already.')],
  write_conflict: ['/articles/7', new Problem('write_conflict')],
  idempotency_in_flight: ['/articles', new Problem('idempotency_in_flight')],
  link_expired: ['/invitations/accept', new Problem('link_expired')],
  events_expired: ['/events', new Problem('events_expired')],
  gone: ['/resolve', new Problem('gone', 'What was at "/2019/05/a-post" is gone.')],
  version_mismatch: ['/articles/7', new Problem('version_mismatch', 'The current version is 4.')],
  body_too_large: ['/articles', new Problem('body_too_large', 'The body is longer than 1048576 bytes.')],
  url_too_long: ['/articles/aaaa', new Problem('url_too_long')],
  unsupported_media_type: ['/articles', new Problem('unsupported_media_type')],
  unknown_category: [
    '/articles',
    new Problem('unknown_category', 'No category has the id 41. No category has the id 42.', [
      { pointer: '/categoryIds/1', code: 'unknown_category', detail: 'No category has the id 41.' },
      { pointer: '/categoryIds/2', code: 'unknown_category', detail: 'No category has the id 42.' },
    ]),
  ],
  unknown_target: ['/redirects', fieldProblem('unknown_target', '/target/id', 'The article does not exist.')],
  not_ranked: [
    '/categories/3/articles/11/rank',
    fieldProblem('not_ranked', '/before', 'The article 12 has no rank in the category 3.'),
  ],
  category_cycle: [
    '/categories/3',
    fieldProblem('category_cycle', '/parentId', 'A category cannot become a child of one of its own descendants.'),
  ],
  idempotency_mismatch: ['/articles', new Problem('idempotency_mismatch')],
  expectation_failed: ['/articles', new Problem('expectation_failed')],
  version_required: ['/articles/7', new Problem('version_required')],
  rate_limited: ['/sessions', new Problem('rate_limited')],
  too_many_streams: ['/events/stream', new Problem('too_many_streams')],
  headers_too_large: ['/', new Problem('headers_too_large')],
  internal: [
    '/articles',
    new Problem(
      'internal',
      'An unexpected error occurred. The log contains it under the id 3b241101-e2bb-4255-8caf-4136c566a962.',
    ),
  ],
  database_unavailable: ['/articles', new Problem('database_unavailable')],
  too_expensive: [
    '/articles',
    new Problem(
      'too_expensive',
      'The list takes much of the time of PostgreSQL, and too many such lists wait already. Other requests are answered meanwhile. Try again later, leave out facets or total, or name fewer categories.',
    ),
  ],
  mail_unavailable: ['/invitations', new Problem('mail_unavailable')],
  timeout: ['/articles', new Problem('timeout')],
  lock_timeout: ['/articles/42', new Problem('lock_timeout')],
};

/** A body that names one row that does not exist: for `unknown_author`, the author 9 in `authorIds`. */
function unknownRowExample(code: UnknownRowCode): Example {
  const noun = code.replace('unknown_', '');
  return ['/articles', fieldProblem(code, `/${noun}Ids/0`, `No ${noun} has the id 9.`)];
}

/** Returns the body of the example. */
export function exampleProblem(code: ProblemCode) {
  const [instance, problem] = isUnknownRowCode(code) ? (EXAMPLES[code] ?? unknownRowExample(code)) : EXAMPLES[code];
  return problemBody(problem, instance);
}
