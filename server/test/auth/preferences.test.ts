import { describe, expect, test } from 'vitest';
import { signIn } from '../harness/browser-client.ts';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const PATH = '/account/preferences';
const ifMatch = (version: number) => ({ headers: { 'if-match': `"${version}"` } });

describe('GET /account/preferences', () => {
  test('returns 200 and nothing before the first write', async () => {
    const person = await signIn(server, 'reader');
    expect((await person.get(PATH)).body).toEqual({ values: {}, version: 0, updatedAt: null });
  });

  test('returns 401 without a session, also to a token', async () => {
    expectProblem(await server.anonymous.get(PATH), 401, 'unauthorized');
    expectProblem(await server.as.admin.get(PATH), 403, 'forbidden');
  });
});

describe('PUT /account/preferences', () => {
  test('returns 200 and the values exactly as they were sent', async () => {
    const person = await signIn(server, 'author');
    const values = {
      'z.last': [1, null, { nested: 'x' }],
      theme: 'dark',
      'a.text': 'A tab \t, a pair of surrogates 😀, ünïcode',
    };
    const { status, body } = await person.put(PATH, { values });
    expect(status).toBe(200);
    expect(body).toEqual({ values, version: 1, updatedAt: expect.any(String) });
    expect((await person.get(PATH)).body).toEqual(body);
    expect(Object.keys((await person.get(PATH)).body.values)).toEqual(Object.keys(values));
  });

  test('replaces all values: a key that is absent is removed', async () => {
    const person = await signIn(server, 'author');
    await person.put(PATH, { values: { one: 1, two: 2 } });
    expect((await person.put(PATH, { values: { two: 3 } })).body).toMatchObject({ values: { two: 3 }, version: 2 });
  });

  test('belongs to one account', async () => {
    const [one, other] = [await signIn(server, 'author'), await signIn(server, 'author')];
    await one.put(PATH, { values: { theme: 'dark' } });
    expect((await other.get(PATH)).body.values).toEqual({});
  });

  test('returns 412 for a stale version, and writes nothing', async () => {
    const person = await signIn(server, 'author');
    expectProblem(await person.put(PATH, { values: { a: 1 } }, ifMatch(1)), 412, 'version_mismatch');
    expect((await person.put(PATH, { values: { a: 1 } }, ifMatch(0))).status).toBe(200);
    expectProblem(await person.put(PATH, { values: { a: 2 } }, ifMatch(0)), 412, 'version_mismatch');
    expect((await person.put(PATH, { values: { a: 3 } }, ifMatch(1))).status).toBe(200);
    expect((await person.get(PATH)).body).toMatchObject({ values: { a: 3 }, version: 2 });
  });

  test('lets one of many first writes with a version through', async () => {
    const person = await signIn(server, 'author');
    const responses = await Promise.all(
      Array.from({ length: 6 }, (_, each) => person.put(PATH, { values: { each } }, ifMatch(0))),
    );
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(responses.filter(({ status }) => status === 412)).toHaveLength(5);
  });

  test('returns 400 for a bad key, too many keys and too many bytes', async () => {
    const person = await signIn(server, 'author');
    for (const key of ['', 'Upper', 'with blank', 'x'.repeat(65), '__proto__ '])
      expect((await person.put(PATH, { values: { [key]: 1 } })).status, key).toBe(400);
    const keys = Object.fromEntries(Array.from({ length: 101 }, (_, key) => [`key${key}`, 1]));
    expectProblem(await person.put(PATH, { values: keys }), 400, 'invalid_request', ['/values']);
    // 9 bytes are `{"text":` and the brace, 2 the quotes.
    expectProblem(await person.put(PATH, { values: { text: 'é'.repeat(32_768) } }), 400, 'invalid_request', [
      '/values',
    ]);
    expect((await person.put(PATH, { values: { text: 'x'.repeat(65_536 - 11) } })).status).toBe(200);
  });

  test('returns 400 for what JSON of PostgreSQL and JavaScript cannot hold: long integers, and a hundred levels', async () => {
    const person = await signIn(server, 'author');
    const nested = (levels: number) => `{"values":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
    for (const body of ['{"values":{"a":[12345678901234567890]}}', nested(5_000), nested(101)])
      expectProblem(await person.put(PATH, body), 400, 'invalid_request', ['/values']);
    expect((await person.get(PATH)).body.version).toBe(0);
    expect((await person.put(PATH, nested(100))).status).toBe(200);
  });

  test.each([
    ['a NUL', '{"a":"x\\u0000"}', '/values'],
    ['a NUL in a list', '{"a":[{"b":["\\u0000"]}]}', '/values'],
    ['half a surrogate pair', '{"a":{"b":"\\ud800"}}', '/values'],
    ['a NUL in a nested key', '{"a":{"x\\u0000":1}}', '/values'],
    ['half a surrogate pair in a nested key', '{"a":[{"\\udc00":1}]}', '/values'],
    ['a number beyond those of JavaScript', '{"a":[1e999]}', '/values'],
    ['and below', '{"a":-1e999}', '/values'],
    ['the key __proto__', '{"__proto__":{"a":1}}', '/values/__proto__'],
    ['the key __proto__ beside others', '{"a":1,"__proto__":1}', '/values/__proto__'],
  ])('returns 400 for what would not come back as it was sent: %s', async (_, values, pointer) => {
    const person = await signIn(server, 'author');
    expectProblem(await person.put(PATH, `{"values":${values}}`), 400, 'invalid_request', [pointer]);
    expect((await person.get(PATH)).body.version).toBe(0);
  });

  test('keeps the largest numbers, and __proto__ inside a value', async () => {
    const person = await signIn(server, 'author');
    const values = '{"a":{"__proto__":[1.7976931348623157e+308,9007199254740991]}}';
    expect((await person.put(PATH, `{"values":${values}}`)).status).toBe(200);
    expect(JSON.stringify((await person.get(PATH)).body.values)).toBe(values);
  });

  test('without a version, the last of many first writes wins', async () => {
    const person = await signIn(server, 'author');
    const responses = await Promise.all(Array.from({ length: 6 }, (_, each) => person.put(PATH, { values: { each } })));
    expect(responses.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect((await person.get(PATH)).body.version).toBe(6);
  });

  test('goes with the account', async () => {
    const person = await signIn(server, 'author');
    await person.put(PATH, { values: { theme: 'dark' } });
    expect((await server.as.admin.delete(`/accounts/${person.account.id}`)).status).toBe(204);
    const { rowCount } = await server.database.pool.query('select from account_preferences where account_id = $1', [
      person.account.id,
    ]);
    expect(rowCount).toBe(0);
  });
});
