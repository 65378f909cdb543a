import { beforeEach, describe, expect, test } from 'vitest';
import { SetupService } from '../../src/auth/setup/setup.service.ts';
import { BrowserClient, resetRateLimits } from '../harness/browser-client.ts';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const PASSWORD = 'a sentence that only she would say';
const person = (code: string, email = 'maud@rubric.example') => ({ code, name: 'Maud', email, password: PASSWORD });
const query = (text: string) => server.database.pool.query(text);
const accounts = async () => (await query('select name, email, role from accounts order by id')).rows;

/** What another server on the same database prints when it starts. */
const printedCode = () => new SetupService(server.database.db, server.config).code();
const stored = async () => JSON.parse((await query(`select value from secrets where name = 'setup'`)).rows[0].value);

const setUp = (body: object) => new BrowserClient(server.url).post('/setup', body);

beforeEach(async () => {
  await query(`delete from secrets where name = 'setup'`);
  await query('delete from accounts');
  await resetRateLimits(server);
});

test('GET /setup returns 200 and whether there are no accounts', async () => {
  expect((await server.anonymous.get('/setup')).body).toEqual({ required: true });
  await setUp(person((await printedCode()) ?? ''));
  expect((await server.anonymous.get('/setup')).body).toEqual({ required: false });
});

describe('POST /setup', () => {
  test('returns 201, creates an admin and signs in to it', async () => {
    const code = (await printedCode()) ?? '';
    const browser = new BrowserClient(server.url);
    const response = await browser.post('/setup', person(code));
    expect(response.status).toBe(201);
    expect(response.body).toMatchObject({ name: 'Maud', email: 'maud@rubric.example', role: 'admin' });
    expect((await browser.get('/account')).body).toEqual(response.body);
    expect(await accounts()).toEqual([{ name: 'Maud', email: 'maud@rubric.example', role: 'admin' }]);
    expect((await query(`select from secrets where name = 'setup'`)).rowCount).toBe(0);
  });

  test('takes the code in lower case, with blanks and without the hyphen', async () => {
    const code = (await printedCode()) ?? '';
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect((await setUp(person(` ${code.toLowerCase().replace('-', ' ')} `))).status).toBe(201);
  });

  test('returns 401 for a wrong code, and writes no account', async () => {
    await printedCode();
    expectProblem(await setUp(person('AAAA-AAAA')), 401, 'invalid_credentials', ['/code']);
    expect(await accounts()).toEqual([]);
    expect(await stored()).toMatchObject({ tries: 4 });
  });

  test('replaces the code after five wrong ones: the old one no longer works', async () => {
    const code = (await printedCode()) ?? '';
    for (let attempt = 1; attempt <= 5; attempt++) expect((await setUp(person('AAAA-AAAA'))).status).toBe(401);
    const next = await stored();
    expect(next).toEqual({ code: expect.not.stringMatching(code), tries: 5 });
    expectProblem(await setUp(person(code)), 401, 'invalid_credentials', ['/code']);
    expect((await setUp(person(next.code))).status).toBe(201);
  });

  test('counts concurrent wrong codes one by one', async () => {
    const code = (await printedCode()) ?? '';
    await Promise.all(Array.from({ length: 7 }, () => setUp(person('AAAA-AAAA'))));
    const next = await stored();
    expect(next.code).not.toBe(code);
    expect(next.tries).toBe(3);
  });

  test('makes one account of many concurrent requests with the right code, and returns 409 to the others', async () => {
    for (let round = 1; round <= 5; round++) {
      await query('delete from accounts');
      await resetRateLimits(server);
      const code = (await printedCode()) ?? '';
      const responses = await Promise.all(
        Array.from({ length: 6 }, (_, each) => setUp(person(code, `person${each}@rubric.example`))),
      );
      expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
      for (const response of responses.filter(({ status }) => status !== 201))
        expectProblem(response, 409, 'already_set_up');
      expect(await accounts()).toHaveLength(1);
    }
  });

  test('returns 409 when there are accounts, also with a code that was right', async () => {
    const code = (await printedCode()) ?? '';
    await setUp(person(code));
    expectProblem(await setUp(person(code, 'second@rubric.example')), 409, 'already_set_up');
    expect(await printedCode()).toBeUndefined();
  });

  test('returns 400 for a common password and 400 for fields that are missing, and uses no attempt', async () => {
    await printedCode();
    expectProblem(await setUp({ ...person('x'), password: 'passwordpassword' }), 400, 'invalid_request', ['/password']);
    expectProblem(await setUp({ code: 'x' }), 400, 'invalid_request', ['/name', '/email', '/password']);
    expect(await stored()).toMatchObject({ tries: 5 });
  });

  test('returns 403 to a page of another site', async () => {
    const headers = { origin: 'https://evil.example' };
    expectProblem(await server.anonymous.post('/setup', person('x'), { headers }), 403, 'origin_not_allowed');
  });

  test('returns 429 after too many attempts from one address', async () => {
    const codes = Array.from({ length: 31 }, () => setUp(person('AAAA-AAAA')));
    const refused = (await Promise.all(codes)).filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    for (const response of refused) expectProblem(response, 429, 'rate_limited');
  });
});

test('Servers that start on one database print the same code', async () => {
  const codes = await Promise.all(Array.from({ length: 5 }, printedCode));
  expect(new Set(codes).size).toBe(1);
});
