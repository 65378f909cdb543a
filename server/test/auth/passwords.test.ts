import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  BrowserClient,
  newAccount,
  PASSWORD,
  resetRateLimits,
  signIn,
  type TestAccount,
} from '../harness/browser-client.ts';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { useMailbox } from '../harness/mailbox.ts';
import { expectProblem } from '../harness/problem.ts';
import { startTestServer, type TestServer, useServer } from '../harness/server.ts';

const mailbox = useMailbox();
const server = useServer(mailbox.environment);

async function statusOf(email: string, password: string) {
  await resetRateLimits(server);
  return (await server.anonymous.post('/sessions', { email, password })).status;
}

/** Changes the password of a new account. */
async function changePassword(newPassword: string, currentPassword = PASSWORD) {
  const person = await signIn(server, 'author');
  const response = await person.put('/account/password', { currentPassword, newPassword });
  return { response, person, email: person.account.email as string };
}

async function storedPassword({ database }: TestServer, email: string): Promise<string> {
  const { rows } = await database.pool.query(
    'select password from account_credentials join accounts on accounts.id = account_id where email = $1',
    [email],
  );
  return rows[0].password;
}

async function requestResetToken({ email }: TestAccount) {
  await resetRateLimits(server);
  const { status } = await server.anonymous.post('/passwords/forgotten', { email });
  expect(status).toBe(202);
  return mailbox.token(email);
}

const reset = (token: string, password: string) => server.anonymous.post('/passwords/reset', { token, password });

describe('A password', () => {
  test.each([
    ['of 12 characters', 'twelve chars'],
    ['of 128 characters', 'ab '.repeat(42) + 'xy'],
    ['with leading and trailing spaces', ' leading and trailing spaces '],
    ['of letters outside ASCII', 'Пароль из слов'],
    ['of 128 characters that take four bytes each', '🥐'.repeat(128)],
    ['of 12 characters in 24 UTF-16 units', '🥐🥖🍞🥯🥨🧀🥚🍳🥞🧇🥓🥩'],
  ])('V6.2.1, V6.2.9 is accepted %s', async (_, password) => {
    const { response, email } = await changePassword(password);
    expect(response.status, JSON.stringify(response.body)).toBe(204);
    expect(await statusOf(email, password)).toBe(201);
    expect(await statusOf(email, PASSWORD)).toBe(401);
  });

  test.each([
    ['of 11 characters', 'eleven char', 'too_short'],
    ['of 11 characters in 22 UTF-16 units', '🥐'.repeat(11), 'too_short'],
    ['of 129 characters', 'x'.repeat(129), 'too_long'],
    ['with a NUL', 'twelve\0characters', 'invalid_value'],
    ['with a broken surrogate', 'twelve characters\ud800', 'invalid_value'],
    ['among the most common', '123qweasdzxc', 'too_common'],
    ['among the most common, in another letter case', '1QAZ2wsx3EDC', 'too_common'],
    ['among the most common, in full width', 'ｐａｓｓｗｏｒｄ１２３４', 'too_common'],
    ['among the most common, with a soft hyphen', 'password\u00AD1234', 'too_common'],
    ['among the most common, with blanks around it', ' password1234 ', 'too_common'],
    ['of 12 blanks', ' '.repeat(12), 'blank'],
    ['of ideographic spaces', '\u3000'.repeat(12), 'blank'],
    ['of characters that no font shows', '\u200B\u00AD\u3164\uFEFF'.repeat(3), 'blank'],
    ['of 12 code points that are 6 letters with their accents', 'e\u0301'.repeat(6), 'too_short'],
    ['of 128 ligatures that are 2,304 letters', '\uFDFA'.repeat(128), 'too_long'],
  ])('V6.2.4 is refused %s', async (_, password, code) => {
    const { response, email } = await changePassword(password);
    expectProblem(response, 400, 'invalid_request', ['/newPassword']);
    expect(response.body.errors[0].code).toBe(code);
    expect(await statusOf(email, PASSWORD)).toBe(201);
  });

  test('V6.2.4 is refused if it is the email address', async () => {
    const person = await signIn(server, 'author');
    const body = { currentPassword: PASSWORD, newPassword: person.account.email.toUpperCase() };
    const response = await person.put('/account/password', body);
    expectProblem(response, 400, 'invalid_request', ['/newPassword']);
    expect(response.body.errors[0].code).toBe('too_common');
  });

  test('V6.2.4 is compared with the 489 of the 100,000 most common ones that are long enough', () => {
    const file = readFileSync(new URL('../../src/auth/passwords/common-passwords.txt', import.meta.url), 'utf8');
    const passwords = file.split('\n').filter((line) => line !== '' && !line.startsWith('# '));
    expect(passwords).toHaveLength(489);
    expect(passwords.every((each) => each.length >= 12)).toBe(true);
  });

  test('V6.2.8 is compared up to its last character, the 128th', async () => {
    const start = 'x'.repeat(127);
    const { email } = await changePassword(`${start}a`);
    expect(await statusOf(email, `${start}b`)).toBe(401);
    expect(await statusOf(email, start)).toBe(401);
    expect(await statusOf(email, `${start}A`)).toBe(401);
    expect(await statusOf(email, `${start}a`)).toBe(201);
  });

  test('is the same in either Unicode normalization', async () => {
    const { email } = await changePassword('crème brûlée à la carte'.normalize('NFC'));
    expect(await statusOf(email, 'crème brûlée à la carte'.normalize('NFD'))).toBe(201);
  });

  test('V11.4.2 is stored as scrypt with its own salt', async () => {
    const password = 'the same for two people';
    const people = [await changePassword(password), await changePassword(password)];
    expect(people.map(({ response }) => response.status)).toEqual([204, 204]);
    const [one, two] = await Promise.all(people.map(({ email }) => storedPassword(server, email)));
    expect(one).toMatch(/^scrypt\$1\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(two);
  });

  test('V11.4.2 is stored with N=2^15, r=8 and p=3 by default', async () => {
    const server = await startTestServer({ PASSWORD_HASH_COST: '' });
    onTestFinished(() => server.close());
    const person = await signIn(server, 'author');
    const body = { currentPassword: PASSWORD, newPassword: 'another sentence' };
    expect((await person.put('/account/password', body)).status).toBe(204);
    expect(await storedPassword(server, person.account.email)).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  });
});

describe('PUT /account/password', () => {
  test('V7.4.3 returns 204, ends all sessions and starts a new one', async () => {
    const account = await newAccount(server, 'author');
    const [person, other] = [await signIn(server, account), await signIn(server, account)];
    const before = new Map(person.cookies);
    const body = { currentPassword: PASSWORD, newPassword: 'another sentence' };
    expect((await person.put('/account/password', body)).status).toBe(204);
    expect((await person.get('/account')).status).toBe(200);
    expectProblem(await other.get('/account'), 401, 'unauthorized');
    expectProblem(
      await Object.assign(new BrowserClient(server.url), { cookies: before }).get('/account'),
      401,
      'unauthorized',
    );
    expect((await person.get('/sessions')).body.data).toHaveLength(1);
  });

  test('V7.4.3 also ends the session of a concurrent sign-in with the old password', async () => {
    for (let round = 0; round < 10; round += 1) {
      const account = await newAccount(server, 'author');
      const person = await signIn(server, account);
      const thieves = concurrently(3, async (n) => {
        await new Promise((resolve) => setTimeout(resolve, n * round));
        const thief = new BrowserClient(server.url);
        await thief.post('/sessions', { email: account.email, password: PASSWORD });
        return thief;
      });
      await person.put('/account/password', { currentPassword: PASSWORD, newPassword: 'another sentence' });
      for (const thief of await thieves) expect((await thief.get('/account')).status).toBe(401);
      expect((await person.get('/account')).status).toBe(200);
    }
  });

  test('V6.2.3 returns 401 invalid_credentials for a wrong current password', async () => {
    const { response, person } = await changePassword('another sentence', 'not the current one');
    expectProblem(response, 401, 'invalid_credentials', ['/currentPassword']);
    expect((await person.get('/account')).status).toBe(200);
  });

  test('returns 429 rate_limited after ten attempts', async () => {
    const person = await signIn(server, 'author');
    await resetRateLimits(server);
    const body = { currentPassword: 'not the current one', newPassword: 'another sentence' };
    for (let n = 0; n < 10; n += 1) expect((await person.put('/account/password', body)).status).toBe(401);
    expectProblem(await person.put('/account/password', { ...body, currentPassword: PASSWORD }), 429, 'rate_limited');
  });

  test('invalidates earlier password reset links', async () => {
    const account = await newAccount(server, 'author');
    const token = await requestResetToken(account);
    const person = await signIn(server, account);
    await person.put('/account/password', { currentPassword: PASSWORD, newPassword: 'another sentence' });
    expectProblem(await reset(token, 'a third sentence'), 410, 'link_expired');
  });
});

describe('POST /passwords/reset', () => {
  test('returns 204, ends all sessions and does not sign in', async () => {
    const account = await newAccount(server, 'author');
    const person = await signIn(server, account);
    const response = await reset(await requestResetToken(account), 'another sentence');
    expect(response.status, JSON.stringify(response.body)).toBe(204);
    expect(response.headers.getSetCookie()).toEqual([]);
    expectProblem(await person.get('/account'), 401, 'unauthorized');
    expect(await statusOf(account.email, PASSWORD)).toBe(401);
    expect(await statusOf(account.email, 'another sentence')).toBe(201);
  });

  test('returns 410 link_expired for a used, an expired and an unknown link', async () => {
    const account = await newAccount(server, 'author');
    const token = await requestResetToken(account);
    expect((await reset(token, 'another sentence')).status).toBe(204);
    expectProblem(await reset(token, 'a third sentence'), 410, 'link_expired');
    expectProblem(await reset('made-up', 'a third sentence'), 410, 'link_expired');
    const old = await newAccount(server, 'author');
    const oldToken = await requestResetToken(old);
    await server.database.pool.query('update verifications set expires_at = now() where value = $1', [String(old.id)]);
    expectProblem(await reset(oldToken, 'a third sentence'), 410, 'link_expired');
    expect(await statusOf(account.email, 'another sentence')).toBe(201);
  });

  test('accepts exactly one of several concurrent requests', async () => {
    const account = await newAccount(server, 'author');
    const token = await requestResetToken(account);
    const responses = await concurrently(4, (n) => reset(token, `sentence number ${n}`));
    expect(outcomes(responses)).toEqual(['204', ...Array(3).fill('410 link_expired')]);
    const winner = responses.findIndex(({ status }) => status === 204);
    expect(await statusOf(account.email, `sentence number ${winner}`)).toBe(201);
  });

  test('returns 400 for an unacceptable password, and the link keeps working', async () => {
    const account = await newAccount(server, 'author');
    const token = await requestResetToken(account);
    expectProblem(await reset(token, 'short'), 400, 'invalid_request', ['/password']);
    expectProblem(await reset(token, '1qaz2wsx3edc'), 400, 'invalid_request', ['/password']);
    expectProblem(await reset(token, account.email), 400, 'invalid_request', ['/password']);
    expect((await reset(token, 'another sentence')).status).toBe(204);
  });

  test('the database stores only a hash of the link', async () => {
    const token = await requestResetToken(await newAccount(server, 'author'));
    const { rows } = await server.database.pool.query('select verifications::text as row from verifications');
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test('a suspended account gets no link', async () => {
    const { id, email } = await newAccount(server, 'author');
    await server.as.admin.patch(`/accounts/${id}`, { suspended: true });
    await resetRateLimits(server);
    expect((await server.anonymous.post('/passwords/forgotten', { email })).status).toBe(202);
    await requestResetToken(await newAccount(server, 'author'));
    expect(mailbox.to(email)).toEqual([]);
  });
});

describe('POST /passwords/forgotten', () => {
  test('emails a link to PUBLIC_URL, whatever the Host header is', async () => {
    const account = await newAccount(server, 'author');
    const token = await requestResetToken(account);
    expect(mailbox.to(account.email)[0]).toContain(`http://rubric.example/new-password#token=${token}`);
    expect(mailbox.to(account.email)[0]).toMatch(/^From: rubric@rubric\.example$/m);
  });

  test('returns 429 rate_limited after three requests for one address, whether or not an account has it', async () => {
    await resetRateLimits(server);
    for (const email of [(await newAccount(server, 'author')).email, 'nobody@rubric.example']) {
      for (let n = 0; n < 3; n += 1)
        expect((await server.anonymous.post('/passwords/forgotten', { email })).status).toBe(202);
      expectProblem(await server.anonymous.post('/passwords/forgotten', { email }), 429, 'rate_limited');
    }
  });
});

test('The audit log records who requested, reset and changed a password', async () => {
  const account = await newAccount(server, 'author');
  const token = await requestResetToken(account);
  await reset(token, PASSWORD);
  const person = await signIn(server, account);
  await person.put('/account/password', { currentPassword: PASSWORD, newPassword: 'another sentence' });
  const { rows } = await server.database.pool.query(
    `select action, account_id::int from audit_log where subject_id = $1 and action like 'password.%' order by id`,
    [account.id],
  );
  expect(rows).toEqual([
    { action: 'password.forgotten', account_id: null },
    { action: 'password.reset', account_id: null },
    { action: 'password.change', account_id: account.id },
  ]);
  const log = JSON.stringify((await server.database.pool.query('select audit_log::text as row from audit_log')).rows);
  for (const secret of [token, PASSWORD, 'another sentence', 'scrypt$']) expect(log).not.toContain(secret);
});
