import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { BrowserClient } from '../harness/browser-client.ts';
import { newDatabaseSettings, rubric, run, startServer } from '../process/processes.ts';

const PASSWORD = 'a sentence that only she would say';
const create = (...more: string[]) => ['user', 'create', '--email', 'Maud@rubric.example', '--role', 'admin', ...more];

async function countAccounts({ DATABASE_URL }: { DATABASE_URL: string }): Promise<number> {
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  const { rows } = await client.query('select count(*)::int from accounts');
  await client.end();
  return rows[0].count;
}

describe('rubric user create', () => {
  test('creates an account that can sign in, before and while a server runs', async () => {
    const settings = await newDatabaseSettings();
    const made = await rubric(create('--name', 'Maud Sailer'), settings, `${PASSWORD}\nand more\n`);
    expect(made).toEqual({ status: 0, stdout: 'Account 1, maud@rubric.example, role admin.\n', stderr: '' });
    const server = await startServer(settings);
    const person = new BrowserClient(server.origin);
    const { status, body } = await person.post('/sessions', { email: 'maud@rubric.example', password: PASSWORD });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'Maud Sailer', role: 'admin' });
    const other = ['user', 'create', '--email', 'other@rubric.example', '--role', 'reader'];
    expect((await rubric(other, settings, PASSWORD)).stdout).toBe('Account 2, other@rubric.example, role reader.\n');
    const { data } = (await person.get('/accounts')).body;
    expect(data.map(({ name }: any) => name)).toEqual(['Maud Sailer', 'other']);
    const { body: log } = await person.get('/audit?action=account.create');
    expect(log.data.map(({ via }: any) => via)).toEqual(['command', 'command']);
  });

  test('works through npx', async () => {
    const { status, stdout } = await run('npx', ['rubric', ...create()], await newDatabaseSettings(), PASSWORD);
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'Account 1, maud@rubric.example, role admin.\n' });
  });

  test.each([
    [create(), 'short\n', 1, 'The password must be at least 12 characters.\n'],
    [create(), '', 1, 'Standard input is empty; a password is required.\n'],
    [
      create(),
      '1qaz2wsx3edc\n',
      1,
      'The password is too easy to guess: it is a common password or the email address.\n',
    ],
    [
      create(),
      'maud@rubric.example',
      1,
      'The password is too easy to guess: it is a common password or the email address.\n',
    ],
    [
      ['user', 'create', '--email', 'nobody', '--role', 'admin'],
      PASSWORD,
      2,
      "error: option '--email <address>' argument 'nobody' is invalid. It must be an email address.\n",
    ],
    [
      ['user', 'create', '--email', 'a@rubric.example'],
      PASSWORD,
      2,
      "error: required option '--role <role>' not specified\n",
    ],
  ])('refuses %j with the input %j and prints why', async (args, input, status, stderr) => {
    const settings = await newDatabaseSettings();
    expect(await rubric(args, settings, input)).toEqual({ status, stdout: '', stderr });
    expect(await countAccounts(settings)).toBe(0);
  });

  test('refuses an email address that an account has, ignoring case', async () => {
    const settings = await newDatabaseSettings();
    await rubric(create(), settings, PASSWORD);
    expect(await rubric(create(), settings, PASSWORD)).toEqual({
      status: 1,
      stdout: '',
      stderr: 'Another account has the email address maud@rubric.example.\n',
    });
  });
});

test('rubric user list prints all accounts as a table or as JSON, without passwords', async () => {
  const settings = await newDatabaseSettings();
  await rubric(create('--name', 'Maud\nSailer'), settings, PASSWORD);
  const { stdout } = await rubric(['user', 'list'], settings);
  expect(stdout.split('\n')).toEqual([
    'ID  ROLE   EMAIL                2ND FACTOR  SUSPENDED  NAME',
    '1   admin  maud@rubric.example  -           -          Maud\\u{a}Sailer',
    '',
  ]);
  const listed = (await rubric(['user', 'list', '--json'], settings)).stdout;
  expect(JSON.parse(listed)).toMatchObject([{ id: 1, email: 'maud@rubric.example', role: 'admin' }]);
  expect(listed).not.toMatch(/scrypt|password/i);
});
