import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectAllEnded, query, start, startChild, useScratch } from './harness.ts';
import { pidsOn } from './processes.ts';

const { path: scratch, cluster, newDirectory } = useScratch();

describe('startEmbeddedPostgres', () => {
  test('creates a private, durable cluster without TCP, and stop() leaves no process', async () => {
    const directory = newDirectory();
    const log: string[] = [];
    const postgres = await start(directory, { settings: {}, onLog: (line) => log.push(line) });
    expect(postgres.isOwner).toBe(true);
    expect(fs.statSync(join(directory, 'postgres')).mode & 0o777).toBe(0o700);
    const settings = ['fsync', 'listen_addresses', 'server_encoding', 'TimeZone', 'data_checksums'];
    const values = settings.map((name) => `current_setting('${name}')`).join();
    const [row] = await query(postgres, `select lower('ÉΩ'), ${values}`);
    expect(row).toEqual(['éω', 'on', '', 'UTF8', 'UTC', 'on']);
    expect(log.join('\n')).toContain('ready to accept connections');
    const pids = pidsOn(directory);
    expect(pids.length).toBeGreaterThan(3);
    await postgres.stop();
    await postgres.stop();
    await expectAllEnded(directory, pids, 0);
    expect(fs.readdirSync(directory)).toEqual(['postgres']);
  });

  test('attaches to the PostgreSQL of another process, and stop() then leaves it running', async () => {
    const first = await start(cluster);
    const second = await start(cluster);
    const { role } = await startChild({ directory: cluster });
    expect([first.isOwner, second.isOwner, role]).toEqual([true, false, 'attached']);
    expect(second.connectionString).toBe(first.connectionString);
    await second.stop();
    expect(await query(first, 'select 1')).toEqual([[1]]);
  });

  test('works in two processes that start at once on an empty directory; one is the owner', async () => {
    const directory = newDirectory();
    const both = await Promise.all([startChild({ directory }), startChild({ directory })]);
    expect(both.map(({ role }) => role).sort()).toEqual(['attached', 'owner']);
    expect(await query(await start(directory), 'select 1')).toEqual([[1]]);
    expect(fs.readdirSync(directory)).toEqual(['postgres']);
  });

  test('works with a path that is too long for a socket, and with special characters', async () => {
    const directory = join(scratch, `a, "b" 'c' %20 é ${'x'.repeat(90)}`);
    const postgres = await start(directory);
    expect(postgres.socketDirectory.startsWith(join(tmpdir(), 'embedded-postgres-'))).toBe(true);
    expect(fs.statSync(postgres.socketDirectory).mode & 0o777).toBe(0o700);
    expect(await query(postgres, 'select 1')).toEqual([[1]]);
    expect((await start(directory)).isOwner).toBe(false);
    await postgres.stop();
    fs.renameSync(directory, join(scratch, `a, "b" 'c' %20é`));
    const short = await start(join(scratch, `a, "b" 'c' %20é`));
    expect(short.socketDirectory).toBe(short.dataDirectory);
    expect(await query(short, 'select 1')).toEqual([[1]]);
    fs.rmSync(postgres.socketDirectory, { recursive: true });
  });
});

describe('names', () => {
  const SESSIONS = 'select distinct application_name from pg_stat_activity where pid <> pg_backend_pid() and datid > 0';
  const current = 'select current_user, current_database()';

  test('are neutral by default', async () => {
    const postgres = await start(cluster);
    await start(cluster);
    expect(await query(postgres, current)).toEqual([['postgres', 'postgres']]);
    expect(await query(postgres, SESSIONS)).toEqual([['embedded-postgres: attached']]);
    expect(fs.existsSync(join(cluster, 'postgres', 'embedded-postgres.lease'))).toBe(true);
  });

  test('are those of the options, also of a directory that exists', async () => {
    const directory = newDirectory();
    const names = { user: 'press', database: 'press-archive', applicationName: 'printer' };
    const first = await start(directory, names);
    const second = await start(directory, names);
    expect(second.isOwner).toBe(false);
    expect(second.connectionString).toBe(first.connectionString);
    expect(await query(second, current)).toEqual([['press', 'press-archive']]);
    expect(await query(second, SESSIONS)).toEqual([['printer: attached']]);
    expect(fs.existsSync(join(directory, 'postgres', 'printer.lease'))).toBe(true);
    await Promise.all([first.stop(), second.stop()]);
    expect(await query(await start(directory, names), current)).toEqual([['press', 'press-archive']]);
  });

  test('the database is called like the user if only that is given', async () => {
    const postgres = await start(newDirectory(), { user: 'press' });
    expect(await query(postgres, current)).toEqual([['press', 'press']]);
  });

  test.each([{ user: 'O"Hara' }, { database: 'a b' }, { applicationName: '../lease' }])(
    '%j is refused',
    async (names) => {
      const directory = newDirectory();
      await expect(start(directory, names)).rejects.toThrow(/^".+" cannot be a name of the embedded PostgreSQL: use /);
      expect(fs.existsSync(directory)).toBe(false);
    },
  );
});

describe('after a power failure', () => {
  test.each([
    ['names a process that is now another program', (lock: string) => lock.replace(/^\d+/, String(process.ppid))],
    ['is empty', () => ''],
  ])('PostgreSQL starts although its lock file %s', async (_, change) => {
    const postgres = await start(cluster);
    const paths = ['postmaster.pid', '.s.PGSQL.5432.lock'].map((name) => join(cluster, 'postgres', name));
    const locks = paths.map((path) => ({ path, text: fs.readFileSync(path, 'utf8') }));
    await postgres.stop();
    for (const { path, text } of locks) {
      fs.writeFileSync(path, change(text));
      fs.utimesSync(path, 0, 0);
    }
    expect((await start(cluster)).isOwner).toBe(true);
  });
});

describe('the error message', () => {
  test('names a data directory of another major version', async () => {
    const directory = newDirectory();
    fs.mkdirSync(join(directory, 'postgres'), { recursive: true });
    fs.writeFileSync(join(directory, 'postgres', 'PG_VERSION'), '17\n');
    await expect(start(directory)).rejects.toThrow(
      /postgres was created by PostgreSQL 17 and cannot be opened by PostgreSQL 18: dump it with version 17/,
    );
  });

  test('names a directory that contains other files', async () => {
    const directory = newDirectory();
    fs.mkdirSync(join(directory, 'postgres', 'photos'), { recursive: true });
    await expect(start(directory)).rejects.toThrow(
      `The directory ${join(directory, 'postgres')} is not a PostgreSQL data directory`,
    );
  });

  test('names a file in the place of the directory', async () => {
    const directory = newDirectory();
    fs.writeFileSync(directory, '');
    await expect(start(directory)).rejects.toThrow(`PostgreSQL cannot use ${directory}: file already exists.`);
  });

  test('quotes PostgreSQL when it does not start', async () => {
    await expect(start(cluster, { settings: { max_connections: 'many' } })).rejects.toThrow(
      /did not start on .*\n.*invalid value for parameter "max_connections": "many"/,
    );
  });
});
