import { beforeEach, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/database/schema/field-limits.ts';
import { resetRateLimits } from '../harness/browser-client.ts';
import type { TestResponse } from '../harness/client.ts';
import { bodySchema, type Operation, operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
/** Rows that are not there: whoever gets past the guard gets a 404, and nothing changes. */
const urlOf = ({ path }: Operation) => path.replace(/\{[^}]+\}/g, '4611686018427387904');

/** What the contract says about who may do what, written out once more by hand. */
const PUBLIC = ['GET /articles', 'GET /categories', 'GET /authors', 'GET /health'];
/** Signing in and out, and what a mailed link is good for. */
const OF_VISITORS = /^POST \/(sessions|passwords|invitations\/accept)|^DELETE \/sessions\/current$/;
const neededBy = ({ name }: Operation) => {
  if (PUBLIC.some((start) => name.startsWith(start)) || OF_VISITORS.test(name)) return undefined;
  if (/ \/(account|sessions)(\/|$)/.test(name)) return 'user';
  if (/ \/(accounts|invitations)/.test(name)) return 'accounts.manage';
  if (name.includes(' /tokens')) return 'tokens.manage';
  if (name.includes(' /audit')) return 'audit.read';
  if (name.includes(' /categories')) return 'categories.write';
  return name.includes(' /authors') ? 'authors.write' : 'articles.write';
};

/** Which tokens are good for what. People make tokens with their session; of tokens only an admin's does. */
const GOOD_FOR: Record<NonNullable<ReturnType<typeof neededBy>>, Role[]> = {
  'articles.write': ['contributor', 'author', 'editor', 'admin'],
  'categories.write': ['editor', 'admin'],
  'authors.write': ['editor', 'admin'],
  'tokens.manage': ['admin'],
  'audit.read': ['admin'],
  'accounts.manage': ['admin'],
  user: [],
};

/** The example knows no secret: it gets as far as that, whoever comes along with it. */
function expectVisit({ status, body }: TestResponse) {
  expect([202, 204, 401, 410], JSON.stringify(body)).toContain(status);
  expect([undefined, 'invalid_credentials', 'link_expired']).toContain(body?.code);
}
beforeEach(() => resetRateLimits(server));

test('The document says which role each operation needs', () => {
  expect(operations.length).toBeGreaterThan(20);
  for (const operation of operations) {
    const permission = neededBy(operation);
    expect(operation['x-required-access'], operation.name).toBe(permission ?? 'public');
    const ways = permission === 'user' ? [] : [...(permission ? [] : [{}]), { token: [] }];
    expect(operation.security, operation.name).toEqual([...ways, { session: [] }]);
  }
});

describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_, operation) => {
  const needed = neededBy(operation);
  const call = (as: 'anonymous' | (typeof ROLES)[number], body = bodySchema(operation)?.examples?.[0]) =>
    (as === 'anonymous' ? server.anonymous : server.as[as]).call(operation.method, urlOf(operation), body);

  test(needed ? 'asks everybody for a token' : 'is open to everybody', async () => {
    const answer = await call('anonymous');
    if (!needed && OF_VISITORS.test(operation.name)) return expectVisit(answer);
    if (!needed) return expect([200, 404]).toContain(answer.status);
    expectProblem(answer, 401, 'unauthorized');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="rubric"');
  });

  test.each(ROLES)('knows what a %s may', async (role) => {
    const answer = await call(role);
    if (OF_VISITORS.test(operation.name)) return expectVisit(answer);
    if (needed && !GOOD_FOR[needed].includes(role)) return expectProblem(answer, 403, 'forbidden');
    // A contributor may call what writes articles, but not with a body that publishes one.
    if (role === 'contributor' && answer.body?.errors?.[0].pointer === '/publishedAt')
      return expect(answer.status).toBe(403);
    if (answer.body?.errors?.[0].pointer === '/authorIds') return expect(['contributor', 'author']).toContain(role);
    expect([200, 201, 204, 404, 422], JSON.stringify(answer.body)).toContain(answer.status);
  });

  if (needed) {
    test('says so before it looks at anything else', async () => {
      if (operation.method !== 'GET') expectProblem(await call('anonymous', '{'), 401, 'unauthorized');
      expectProblem(
        await server.as.reader.call(operation.method, `${urlOf(operation)}?nope=1`, undefined),
        403,
        'forbidden',
      );
    });
  }
});
