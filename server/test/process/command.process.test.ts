import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Client } from '../harness/client.ts';
import { eventually, untilStatementsWait } from '../harness/eventually.ts';
import {
  newDatabaseSettings,
  newDataFolder,
  newToken,
  ROOT,
  rubric,
  run,
  startRubric,
  startServer,
} from './processes.ts';

const TOKEN = /^rubric_[0-9a-f]{16}_[A-Za-z0-9_-]{43}\n$/;

async function connect({ DATABASE_URL }: { DATABASE_URL: string }): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

test('rubric --version prints the version', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'server/package.json'), 'utf8'));
  expect(await rubric(['--version'], {})).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

describe('rubric token', () => {
  test('creates tokens without a running server, several at the same time, and a server accepts them', async () => {
    const settings = { RUBRIC_DATA: newDataFolder() };
    const create = ['token', 'create', '--name', 'a test', '--role', 'admin'];
    const created = await Promise.all([rubric(create, settings), rubric(create, settings), rubric(create, settings)]);
    for (const { status, stdout } of created) {
      expect(stdout).toMatch(TOKEN);
      expect(status).toBe(0);
    }
    const server = await startServer(settings);
    for (const { stdout } of created) {
      expect((await new Client(server.origin, stdout.trim()).get('/tokens')).status).toBe(200);
    }
    const token = await newToken('admin', settings);
    expect((await new Client(server.origin, token).get('/tokens')).body.data).toHaveLength(4);
  });

  test('run by npx prints only the token on stdout, and its expiry on stderr', async () => {
    const args = ['rubric', 'token', 'create', '--name', 'front end', '--role', 'reader', '--expires', '90d'];
    const { status, stdout, stderr } = await run('npx', args, await newDatabaseSettings());
    expect(stdout).toMatch(TOKEN);
    expect(stderr).toMatch(/^Token 1, role reader, expires 2\d{3}-\S+Z\. Store it now: it is not shown again\.\n$/);
    expect(status).toBe(0);
  });

  test('lists tokens without secrets as JSON and as a table that control characters cannot break, and revokes them', async () => {
    const settings = await newDatabaseSettings();
    await rubric(['token', 'create', '--name', 'a\nb\u001b[2J', '--role', 'editor'], settings);
    expect((await rubric(['token', 'revoke', '1'], settings)).stdout).toBe('Token 1 was revoked.\n');
    const { stdout } = await rubric(['token', 'list'], settings);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^ID {2}ROLE {4}PREFIX {19}CREATED {5}EXPIRES {2}REVOKED {5}NAME$/),
      expect.stringMatching(
        /^1 {3}editor {2}rubric_[0-9a-f]{16} {2}[-0-9]{10} {2}- {8}[-0-9]{10} {2}a\\u\{a\}b\\u\{1b\}\[2J$/,
      ),
      '',
    ]);
    const [token] = JSON.parse((await rubric(['token', 'list', '--json'], settings)).stdout);
    expect(token).toMatchObject({ id: 1, name: 'a\nb\u001b[2J', role: 'editor', revokedAt: expect.any(String) });
    expect(Object.keys(token)).not.toContain('hash');
  });

  test.each([
    [['token', 'revoke', '7'], 1, 'No token has the id 7.\n'],
    [['token', 'create', '--role', 'admin'], 2, "error: required option '--name <name>' not specified\n"],
    [
      ['token', 'create', '--name', ' ', '--role', 'admin'],
      2,
      "error: option '--name <name>' argument ' ' is invalid. It must not be blank.\n",
    ],
  ])('rejects %j with status %i and a message', async (args, status, message) => {
    expect(await rubric(args, await newDatabaseSettings())).toEqual({ status, stdout: '', stderr: message });
  });

  test('rejects an invalid setting with status 1 and a message', async () => {
    const result = await rubric(['token', 'list'], { PORT: 'abc' });
    const stderr = 'The setting PORT must be a whole number, but is "abc".\n';
    expect(result).toEqual({ status: 1, stdout: '', stderr });
  });
});

describe('rubric demo', () => {
  test('loads the publication into an empty database, and rejects one that is not empty', async () => {
    const settings = await newDatabaseSettings();
    const loaded = await rubric(['demo'], settings);
    expect(loaded.stderr).toBe('');
    expect(loaded.stdout).toContain(
      'Loaded The Six-Ten: 60 articles (1 draft, 1 scheduled), 25 categories, 6 authors.\n',
    );
    const server = await startServer(settings);
    for (const [url] of loaded.stdout.matchAll(/(?<=http:\/\/127\.0\.0\.1:3000)\S+/g)) {
      expect((await new Client(server.origin).get(url)).status).toBe(200);
    }
    const stderr = 'The demo needs an empty database. This one contains 60 articles, 25 categories, 6 authors.\n';
    expect(await rubric(['demo'], settings)).toEqual({ status: 1, stdout: '', stderr });
  });

  test('leaves an empty database when killed in the middle, and then loads into it', async () => {
    const settings = await newDatabaseSettings();
    const client = await connect(settings);
    await client.query('begin; lock table authors in share mode');
    const child = startRubric(['demo'], settings);
    await untilStatementsWait(client);
    child.kill('SIGKILL');
    await client.query('commit');
    await eventually(async () => {
      const { rows } = await client.query(
        'select count(*)::int from pg_stat_activity where datname = current_database()',
      );
      expect(rows).toEqual([{ count: 1 }]);
    });
    expect((await client.query('select from categories')).rowCount).toBe(0);
    expect((await rubric(['demo'], settings)).status).toBe(0);
    expect((await client.query('select from articles')).rowCount).toBe(60);
  });

  test('run twice at the same time loads once', async () => {
    const settings = await newDatabaseSettings();
    const both = await Promise.all([rubric(['demo'], settings), rubric(['demo'], settings)]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([0, 1]));
  });
});

test('rubric explains how to build it if it is not built', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rubric-unbuilt-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'bin'));
  for (const file of ['package.json', 'bin/rubric.js']) cpSync(join(ROOT, 'server', file), join(folder, file));
  const stderr = 'Rubric is not built yet. Run "npm run build" first.\n';
  expect(await run('node', [join(folder, 'bin/rubric.js')], {})).toEqual({ status: 1, stdout: '', stderr });
});
