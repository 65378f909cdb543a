import { describe, expect, test } from 'vitest';
import {
  BrowserClient,
  duringSignIn,
  newAccount,
  PASSWORD,
  resetRateLimits,
  signIn,
} from '../harness/browser-client.ts';
import type { Client, TestResponse } from '../harness/client.ts';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { untilStatementsWait } from '../harness/eventually.ts';
import { useMailbox } from '../harness/mailbox.ts';
import { expectProblem } from '../harness/problem.ts';
import { unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const mailbox = useMailbox();
const server = useServer(mailbox.environment);
const query = (text: string, values: unknown[] = []) => server.database.pool.query(text, values);

/** Executes the statement on the id, makes the request, and commits when the request, or more sessions, wait for the lock. */
async function duringTransaction(statement: string, id: unknown, call: () => Promise<TestResponse>, sessions = 1) {
  const connection = await server.database.pool.connect();
  await connection.query('begin');
  await connection.query(statement, [id]);
  const response = call();
  await untilStatementsWait(connection, sessions);
  await connection.query('commit');
  connection.release();
  return response;
}

const REVOCATIONS = {
  suspended: 'update accounts set suspended_at = now() where id = $1',
  demoted: `update accounts set role = 'reader' where id = $1`,
  deleted: 'delete from accounts where id = $1',
  'signed out': 'delete from sessions where account_id = $1',
};

const WRITES: Record<string, (client: Client, own: number, other: number) => Promise<TestResponse>> = {
  'update their own account': (client, own) => client.patch(`/accounts/${own}`, { role: 'admin', suspended: false }),
  'update other accounts': (client, _, other) => client.patch(`/accounts/${other}`, { suspended: true }),
  'delete other accounts': (client, _, other) => client.delete(`/accounts/${other}`),
  'disable the second factor of other accounts': (client, _, other) =>
    client.delete(`/accounts/${other}/second-factor`),
  'create tokens of the installation': (client) =>
    client.post('/tokens', { name: 'loot', role: 'admin', accountId: null }),
  'revoke tokens': (client) => client.delete('/tokens/4611686018427387904'),
  'create invitations': (client) =>
    client.post('/invitations', { email: `${unique('loot').replace(' ', '-')}@rubric.example`, role: 'admin' }),
  'revoke invitations': (client) => client.delete('/invitations/4611686018427387904'),
};

const countLoot = async () => {
  const { rows } = await query(
    `select (select count(*) from api_tokens where name = 'loot') as tokens,
       (select count(*) from invitations where email like 'loot%') as invitations`,
  );
  return rows[0];
};

describe.each(Object.entries(REVOCATIONS))('An admin who is concurrently %s cannot', (revocation, statement) => {
  test.each(Object.entries(WRITES))('%s', async (name, write) => {
    await newAccount(server, 'admin');
    const admin: BrowserClient & { account: any } = await signIn(server, 'admin');
    const other = await newAccount(server, 'reader');
    const before = await countLoot();
    // A reader still has the permission to create and revoke their own tokens. These tokens are not their own.
    const isDemoted = revocation === 'demoted';
    const expected =
      isDemoted && name === 'revoke tokens' ? 404 : isDemoted && name.includes('create tokens') ? 403 : 401;
    const response = await duringTransaction(statement, admin.account.id, () =>
      write(admin, admin.account.id, other.id),
    );
    expect(response.status, JSON.stringify(response.body)).toBe(expected);
    expect(await countLoot()).toEqual(before);
    const { rows } = await query('select from accounts where id = $1 and suspended_at is null', [other.id]);
    expect(rows).toHaveLength(1);
    const own = await query('select role, suspended_at from accounts where id = $1', [admin.account.id]);
    if (revocation === 'suspended') expect(own.rows[0].suspended_at).not.toBeNull();
    if (isDemoted) expect(own.rows[0].role).toBe('reader');
  });
});

test('A token of the installation that is concurrently revoked cannot create another', async () => {
  const { body } = await server.as.admin.post('/tokens', { name: 'old', role: 'admin', accountId: null });
  const headers = { authorization: `Bearer ${body.token}` };
  const before = await countLoot();
  const response = await duringTransaction(
    'update api_tokens set revoked_at = now() where id = $1',
    body.id,
    () => server.anonymous.call('POST', '/tokens', { name: 'loot', role: 'admin', accountId: null }, { headers }),
    2, // The use of the token is recorded at the same time.
  );
  expectProblem(response, 401, 'unauthorized');
  expect(await countLoot()).toEqual(before);
});

test('Of two admins who suspend each other concurrently, one stays, without a deadlock', async () => {
  await newAccount(server, 'admin');
  for (let round = 0; round < 5; round += 1) {
    const admins = [await signIn(server, 'admin'), await signIn(server, 'admin')];
    const responses = await concurrently(2, (n) =>
      admins[n]!.patch(`/accounts/${admins[1 - n]!.account.id}`, { suspended: true }),
    );
    expect(outcomes(responses)).toEqual(['200', '401 unauthorized']);
  }
});

test.each([
  ['a second factor is enabled', 'update accounts set two_factor_enabled = true where id = $1'],
  ['the account is suspended', 'update accounts set suspended_at = now() where id = $1'],
  ['the password is changed', `update account_credentials set password = 'other' where account_id = $1`],
])('A sign-in during which %s leaves no session', async (_, change) => {
  const account = await newAccount(server, 'editor');
  await resetRateLimits(server);
  const person = new BrowserClient(server.url);
  const response = await duringSignIn(
    server,
    () => person.post('/sessions', { email: account.email, password: PASSWORD }),
    async () => {
      await query(change, [account.id]);
      await query('delete from sessions where account_id = $1', [account.id]);
    },
  );
  expectProblem(response, 401, 'invalid_credentials');
  expect((await query('select from sessions where account_id = $1', [account.id])).rows).toEqual([]);
});
