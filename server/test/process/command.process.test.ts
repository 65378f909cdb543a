import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { alivePids, processTrees } from '../../../packages/embedded-postgres/test/processes.ts';
import { Client } from '../harness/client.ts';
import { eventually, untilStatementsWait } from '../harness/eventually.ts';
import {
  killGroup,
  launch,
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

/** Returns a port that no program listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

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
    [['token', 'create', '--role', 'admin'], "error: required option '--name <name>' not specified\n"],
    [['token', 'create'], "error: required options '--name <name>' and '--role <role>' not specified\n"],
    [['user', 'create'], "error: required options '--email <address>' and '--role <role>' not specified\n"],
    [
      ['token', 'create', '--name', 'x', '--role', 'admin', '--expires', '99999999d'],
      "error: option '--expires <time>' argument '99999999d' is invalid. It must be a whole number of hours, days or weeks, at most 36600d, such as 12h, 90d or 52w.\n",
    ],
    [
      ['tokens', 'list'],
      'error: unknown command \'tokens\'\n(Did you mean token?)\nRun "npx rubric --help" for the list of commands.\n',
    ],
    [['token', 'list', '--csv'], "error: unknown option '--csv'\n"],
    [
      ['token', 'create', '--name', ' ', '--role', 'admin'],
      "error: option '--name <name>' argument ' ' is invalid. It must not be blank.\n",
    ],
  ])('rejects %j with status 2 and a message, before it connects', async (args, stderr) => {
    const DATABASE_URL = 'postgres://127.0.0.1:1/nowhere';
    expect(await rubric(args, { DATABASE_URL })).toEqual({ status: 2, stdout: '', stderr });
  });

  test('rejects an id that no token has with status 1 and a message', async () => {
    const result = await rubric(['token', 'revoke', '7'], await newDatabaseSettings());
    expect(result).toEqual({ status: 1, stdout: '', stderr: 'No token has the id 7.\n' });
  });

  test('rejects an invalid setting with status 1 and a message', async () => {
    const result = await rubric(['token', 'list'], { PORT: 'abc' });
    const stderr = 'The setting PORT must be a whole number, but is "abc".\n';
    expect(result).toEqual({ status: 1, stdout: '', stderr });
  });
});

test('a command warns about environment variables that look like settings, and runs', async () => {
  const settings = await newDatabaseSettings();
  const { status, stderr } = await rubric(['token', 'list'], { ...settings, LOGLEVEL: 'warn', RUBRIC_HOST: '::1' });
  expect(status).toBe(0);
  expect(stderr).toBe(
    'The environment variable RUBRIC_HOST is not a setting of Rubric and has no effect. Did you mean HOST?\n',
  );
});

test('a command whose RUBRIC_DATA is a file says so', async () => {
  const file = join(newDataFolder(), 'file');
  writeFileSync(file, '');
  for (const RUBRIC_DATA of [file, join(file, 'data')]) {
    const stderr = `The setting RUBRIC_DATA must name a folder, but ${file} is a file.\n`;
    expect(await rubric(['token', 'list'], { RUBRIC_DATA })).toEqual({ status: 1, stdout: '', stderr });
  }
});

describe('rubric demo', () => {
  test('loads the publication into an empty database, and rejects one that is not empty', async () => {
    const settings = await newDatabaseSettings();
    const loaded = await rubric(['demo'], settings);
    expect(loaded.stderr).toBe('');
    expect(loaded.stdout).toContain(
      'Loaded The Six-Ten: 60 articles (1 draft, 1 scheduled, 1 with a working draft), 25 categories, 6 authors.\n',
    );
    const server = await startServer(settings);
    for (const [url] of loaded.stdout.matchAll(/(?<=http:\/\/127\.0\.0\.1:3000)\S+/g)) {
      expect((await new Client(server.origin).get(url)).status).toBe(200);
    }
    const { stdout: token } = await rubric(['token', 'create', '--name', 'a reader', '--role', 'reader'], settings);
    const reader = new Client(server.origin, token.trim());
    const { body } = await reader.get('/articles?hasDraft=true&fields=id,slug');
    expect(body.data).toMatchObject([{ slug: 'the-croissant-index' }]);
    const draft = await reader.get(`/articles/${body.data[0].id}/draft`);
    expect(draft.body).toMatchObject({
      title: 'The Croissant Index, Revised',
      updatedBy: { command: 'demo' },
      gone: [],
    });
    const stderr = 'The demo needs an empty database. This one contains 60 articles, 25 categories, 6 authors.\n';
    expect(await rubric(['demo'], settings)).toEqual({ status: 1, stdout: '', stderr });
  });

  test('prints the address of the server that runs', async () => {
    const settings = await newDatabaseSettings();
    const PORT = String(await freePort());
    await startServer({ ...settings, PORT });
    // The command finds the server by its connections, which it opens when it needs them: within a second, or now.
    expect((await fetch(`http://127.0.0.1:${PORT}/health/ready`)).status).toBe(200);
    expect((await rubric(['demo'], settings)).stdout).toContain(`http://127.0.0.1:${PORT}/categories?tree=true`);
  });

  test('prints the configured address if no server runs', async () => {
    const settings = { ...(await newDatabaseSettings()), PORT: '4567', HOST: '0.0.0.0' };
    expect((await rubric(['demo'], settings)).stdout).toContain('http://localhost:4567/categories?tree=true');
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

/** A Node that claims to be version 20: the first lines of bin/rubric.js see it, the Node that they start does not. */
async function oldNode(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rubric-old-node-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const preload = join(folder, 'preload.cjs');
  writeFileSync(
    preload,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } });",
  );
  return preload;
}

describe('rubric on a Node that is too old', () => {
  const old = async (args: string[], settings: Record<string, string>, input?: string) =>
    run('node', ['--require', await oldNode(), 'server/bin/rubric.js', ...args], settings, input);

  test('runs on the installed Node, with its input, output and status', async () => {
    const settings = await newDatabaseSettings();
    const create = ['user', 'create', '--email', 'a@rubric.example', '--role', 'admin'];
    const created = await old(create, settings, 'correct horse battery staple\n');
    expect(created).toEqual({ status: 0, stdout: 'Account 1, a@rubric.example, role admin.\n', stderr: '' });
    expect(await old(['token', 'revoke', '7'], settings)).toEqual({
      status: 1,
      stdout: '',
      stderr: 'No token has the id 7.\n',
    });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('forwards %s and ends with it', async (signal) => {
    const settings = await newDatabaseSettings();
    const client = await connect(settings);
    await client.query('begin; lock table api_tokens in access exclusive mode');
    const child = launch('node', ['--require', await oldNode(), 'server/bin/rubric.js', 'token', 'list'], settings);
    onTestFinished(() => killGroup(child));
    await eventually(async () => {
      const { rows } = await client.query(
        `select from pg_locks where relation = 'api_tokens'::regclass and not granted
          and database = (select oid from pg_database where datname = current_database())`,
      );
      expect(rows).toHaveLength(1);
    });
    const tree = processTrees(({ pid }) => pid === child.pid).map(({ pid }) => pid);
    expect(tree.length).toBeGreaterThan(1);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([null, signal]);
    await eventually(() => expect(alivePids(tree)).toEqual([]));
  });

  test('says how to install one if none is installed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rubric-no-node-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, 'bin'));
    for (const file of ['package.json', 'bin/rubric.js']) cpSync(join(ROOT, 'server', file), join(folder, file));
    const { status, stderr } = await run('node', ['--require', await oldNode(), join(folder, 'bin/rubric.js')], {});
    expect(stderr).toBe(
      'Rubric needs Node 26, but this is Node 20.0.0, and no other is installed with it. Run "npm ci".\n',
    );
    expect(status).toBe(1);
  });
});
