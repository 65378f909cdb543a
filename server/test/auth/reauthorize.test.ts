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
import { useMailbox } from '../harness/mailbox.ts';
import { expectProblem } from '../harness/problem.ts';
import { unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const mailbox = useMailbox();
const server = useServer(mailbox.environment);
const query = (text: string, values: unknown[] = []) => server.database.pool.query(text, values);

/** Runs the statement on the id, and the call while it is not committed yet; commits when the call has come far. */
async function during(statement: string, id: unknown, call: () => Promise<TestResponse>) {
  const connection = await server.database.pool.connect();
  await connection.query('begin');
  await connection.query(statement, [id]);
  const answer = call();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await connection.query('commit');
  connection.release();
  return answer;
}

const WAYS = {
  suspended: 'update accounts set suspended_at = now() where id = $1',
  demoted: `update accounts set role = 'reader' where id = $1`,
  deleted: 'delete from accounts where id = $1',
  'signed out': 'delete from sessions where account_id = $1',
};

const WRITES: Record<string, (client: Client, own: number, other: number) => Promise<TestResponse>> = {
  'change themselves': (client, own) => client.patch(`/accounts/${own}`, { role: 'admin', suspended: false }),
  'change others': (client, _, other) => client.patch(`/accounts/${other}`, { suspended: true }),
  'delete others': (client, _, other) => client.delete(`/accounts/${other}`),
  'turn off the second factor of others': (client, _, other) => client.delete(`/accounts/${other}/second-factor`),
  'make tokens of the installation': (client) =>
    client.post('/tokens', { name: 'loot', role: 'admin', accountId: null }),
  'revoke tokens': (client) => client.delete('/tokens/4611686018427387904'),
  'invite somebody': (client) =>
    client.post('/invitations', { email: `${unique('loot').replace(' ', '-')}@rubric.example`, role: 'admin' }),
  'withdraw invitations': (client) => client.delete('/invitations/4611686018427387904'),
};

const rest = async () => {
  const { rows } = await query(
    `select (select count(*) from api_tokens where name = 'loot') as tokens,
       (select count(*) from invitations where email like 'loot%') as invitations`,
  );
  return rows[0];
};

describe.each(Object.entries(WAYS))('An admin who is just being %s cannot', (way, statement) => {
  test.each(Object.entries(WRITES))('%s', async (name, write) => {
    await newAccount(server, 'admin');
    const admin: BrowserClient & { account: any } = await signIn(server, 'admin');
    const other = await newAccount(server, 'reader');
    const before = await rest();
    // Who is a reader now may still revoke their own tokens: this one is not theirs.
    const expected = way === 'demoted' && name === 'revoke tokens' ? 404 : 401;
    const refused = way === 'demoted' && name.startsWith('make') ? 403 : expected;
    const answer = await during(statement, admin.account.id, () => write(admin, admin.account.id, other.id));
    expect(answer.status, JSON.stringify(answer.body)).toBe(refused);
    expect(await rest()).toEqual(before);
    const { rows } = await query('select from accounts where id = $1 and suspended_at is null', [other.id]);
    expect(rows).toHaveLength(1);
    const own = await query('select role, suspended_at from accounts where id = $1', [admin.account.id]);
    if (way === 'suspended') expect(own.rows[0].suspended_at).not.toBeNull();
    if (way === 'demoted') expect(own.rows[0].role).toBe('reader');
  });
});

test('A token of the installation that is just being revoked makes no other', async () => {
  const { body } = await server.as.admin.post('/tokens', { name: 'old', role: 'admin', accountId: null });
  const headers = { authorization: `Bearer ${body.token}` };
  const before = await rest();
  const answer = await during('update api_tokens set revoked_at = now() where id = $1', body.id, () =>
    server.anonymous.call('POST', '/tokens', { name: 'loot', role: 'admin', accountId: null }, { headers }),
  );
  expectProblem(answer, 401, 'unauthorized');
  expect(await rest()).toEqual(before);
});

test('Of two admins who suspend each other at once, one stays, and nobody waits in a circle', async () => {
  await newAccount(server, 'admin');
  for (let round = 0; round < 5; round += 1) {
    const admins = [await signIn(server, 'admin'), await signIn(server, 'admin')];
    const answers = await concurrently(2, (n) =>
      admins[n]!.patch(`/accounts/${admins[1 - n]!.account.id}`, { suspended: true }),
    );
    expect(outcomes(answers)).toEqual(['200', '401 unauthorized']);
  }
});

test.each([
  ['a second factor was turned on', 'update accounts set two_factor_enabled = true where id = $1'],
  ['the account was suspended', 'update accounts set suspended_at = now() where id = $1'],
  ['the password was changed', `update account_credentials set password = 'other' where account_id = $1`],
])('A sign-in during which %s leaves no session', async (_, change) => {
  const account = await newAccount(server, 'editor');
  await resetRateLimits(server);
  const person = new BrowserClient(server.url);
  const answer = await duringSignIn(
    server,
    () => person.post('/sessions', { email: account.email, password: PASSWORD }),
    async () => {
      await query(change, [account.id]);
      await query('delete from sessions where account_id = $1', [account.id]);
    },
  );
  expectProblem(answer, 401, 'invalid_credentials');
  expect((await query('select from sessions where account_id = $1', [account.id])).rows).toEqual([]);
});
