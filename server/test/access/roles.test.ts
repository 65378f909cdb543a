import { beforeEach, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/database/schema/enums.ts';
import { resetRateLimits } from '../harness/browser-client.ts';
import type { TestResponse } from '../harness/client.ts';
import { bodySchema, type Operation, operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
/** Ids of rows that do not exist: requests that pass the guard get a 404 and change nothing. */
const urlOf = ({ path }: Operation) =>
  path === '/resolve' ? '/resolve?path=/never' : path.replace(/\{[^}]+\}/g, '4611686018427387904');

/** The access of each operation, repeated by hand to be independent of the code. */
const PUBLIC = ['GET /articles', 'GET /categories', 'GET /authors', 'GET /health', 'GET /previews', 'GET /resolve'];
/** Signing in and out, using emailed links, and the first account. */
const SIGN_IN_ROUTES = /^POST \/(sessions|passwords|invitations\/accept)|^\w+ \/setup$|^DELETE \/sessions\/current$/;
const requiredAccess = ({ name }: Operation) => {
  if (/^GET .*\/revisions/.test(name)) return 'articles.readUnpublished';
  if (name.includes('/draft'))
    return name.startsWith('GET') ? 'articles.readWorkingDrafts' : 'articles.writeWorkingDrafts';
  if (name.startsWith('GET /articles/{id}/previews')) return 'articles.readPreviews';
  if (name.includes('/previews') && !name.startsWith('GET')) return 'articles.preview';
  if (PUBLIC.some((start) => name.startsWith(start)) || SIGN_IN_ROUTES.test(name)) return undefined;
  if (/ \/(account|sessions)(\/|$)/.test(name)) return 'user';
  if (/ \/(accounts|invitations)/.test(name)) return 'accounts.manage';
  if (name.includes(' /tokens')) return 'tokens.manage';
  if (name.includes(' /audit')) return 'audit.read';
  if (name.includes(' /events')) return 'articles.readUnpublished';
  if (name.includes(' /redirects')) return 'redirects.manage';
  if (name.includes(' /categories')) return 'categories.write';
  return name.includes(' /authors') ? 'authors.write' : 'articles.write';
};

/** The roles whose tokens have a permission. Users create tokens with a session; only the token of an admin can create one. */
const ALLOWED_ROLES: Record<NonNullable<ReturnType<typeof requiredAccess>>, Role[]> = {
  'articles.readUnpublished': [...ROLES],
  'articles.write': ['contributor', 'author', 'editor', 'admin'],
  'articles.readWorkingDrafts': ['reader', 'author', 'editor', 'admin'],
  'articles.writeWorkingDrafts': ['author', 'editor', 'admin'],
  'articles.preview': ['author', 'editor', 'admin'],
  'articles.readPreviews': ['reader', 'author', 'editor', 'admin'],
  'categories.write': ['editor', 'admin'],
  'authors.write': ['editor', 'admin'],
  'redirects.manage': ['editor', 'admin'],
  'tokens.manage': ['admin'],
  'audit.read': ['admin'],
  'accounts.manage': ['admin'],
  user: [],
};

/** The examples in the document contain no valid secret, so these responses are the most that any caller gets. */
function expectSignInResponse({ status, body }: TestResponse) {
  expect([200, 202, 204, 401, 409, 410], JSON.stringify(body)).toContain(status);
  expect([undefined, 'invalid_credentials', 'link_expired', 'already_set_up']).toContain(body?.code);
}
beforeEach(() => resetRateLimits(server));

test('The document declares the access that each operation requires', () => {
  expect(operations.length).toBeGreaterThan(20);
  for (const operation of operations) {
    const permission = requiredAccess(operation);
    expect(operation['x-required-access'], operation.name).toBe(permission ?? 'public');
    const alternatives = permission === 'user' ? [] : [...(permission ? [] : [{}]), { token: [] }];
    expect(operation.security, operation.name).toEqual([...alternatives, { session: [] }]);
  }
});

describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_, operation) => {
  const access = requiredAccess(operation);
  const call = (as: 'anonymous' | (typeof ROLES)[number], body = bodySchema(operation)?.examples?.[0]) =>
    (as === 'anonymous' ? server.anonymous : server.as[as]).call(operation.method, urlOf(operation), body);

  test(access ? 'refuses anonymous callers' : 'is open to everybody', async () => {
    const response = await call('anonymous');
    if (!access && SIGN_IN_ROUTES.test(operation.name)) return expectSignInResponse(response);
    if (!access) return expect([200, 404]).toContain(response.status);
    expectProblem(response, 401, 'unauthorized');
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="rubric"');
  });

  test.each(ROLES)('allows a %s what the role permits', async (role) => {
    const response = await call(role);
    if (SIGN_IN_ROUTES.test(operation.name)) return expectSignInResponse(response);
    if (access && !ALLOWED_ROLES[access].includes(role)) return expectProblem(response, 403, 'forbidden');
    // A contributor can write articles, but not with a body that publishes one.
    if (role === 'contributor' && response.body?.errors?.[0].pointer === '/publishedAt')
      return expect(response.status).toBe(403);
    if (response.body?.errors?.[0].pointer === '/authorIds') return expect(['contributor', 'author']).toContain(role);
    // The second role creates the redirect of the first.
    if (operation.name === 'POST /redirects' && response.body?.code === 'path_taken') return;
    expect([200, 201, 204, 404, 422], JSON.stringify(response.body)).toContain(response.status);
  });

  if (access) {
    test('checks access before the query and the body', async () => {
      if (operation.method !== 'GET') expectProblem(await call('anonymous', '{'), 401, 'unauthorized');
      const url = `${urlOf(operation)}?nope=1`;
      expectProblem(await server.anonymous.call(operation.method, url), 401, 'unauthorized');
      const refused = ROLES.find((role) => !ALLOWED_ROLES[access].includes(role));
      if (refused) expectProblem(await server.as[refused].call(operation.method, url), 403, 'forbidden');
    });
  }
});
