import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  ended,
  expectNothingLeft,
  guardsOf,
  kill,
  killChildren,
  livingOf,
  postmasterOf,
  processesOf,
  query,
  start,
  startChild,
  stopAll,
  until,
} from './embedded.processes.ts';

const scratch = fs.mkdtempSync(join(tmpdir(), 'rubric-embedded-'));
/** A folder that already has a cluster, for the tests that do not care; making or copying one takes up to a second. */
const cluster = join(scratch, 'cluster');
let folders = 0;

function newDirectory(): string {
  return join(scratch, `data-${++folders}`);
}

beforeAll(async () => {
  // PostgreSQL may have to run as another user than the test, who has to get through.
  fs.chmodSync(scratch, 0o711);
  await start(cluster);
  await stopAll();
});

afterEach(async () => {
  await stopAll();
  await killChildren();
  await until(3_000, () => expect(processesOf(scratch)).toEqual([]));
});

afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

describe('startEmbeddedPostgres', () => {
  it('makes a private, durable cluster without TCP on the first start, and stop leaves no process', async () => {
    const directory = newDirectory();
    const log: string[] = [];
    const postgres = await start(directory, { settings: {}, onLog: (line) => log.push(line) });
    expect(postgres.owner).toBe(true);
    expect(fs.statSync(join(directory, 'postgres')).mode & 0o777).toBe(0o700);
    const settings = ['fsync', 'listen_addresses', 'server_encoding', 'TimeZone', 'data_checksums'];
    const shown = settings.map((name) => `current_setting('${name}')`).join();
    const [row] = await query(postgres, `select current_user, current_database(), lower('ÉΩ'), ${shown}`);
    expect(row).toEqual(['rubric', 'rubric', 'éω', 'on', '', 'UTF8', 'UTC', 'on']);
    expect(log.join('\n')).toContain('ready to accept connections');
    const processes = processesOf(directory);
    expect(processes.length).toBeGreaterThan(3);
    await postgres.stop();
    await postgres.stop();
    await expectNothingLeft(directory, processes, 0);
    expect(fs.readdirSync(directory)).toEqual(['postgres']);
  });

  it('attaches to the PostgreSQL of another process, and stop then leaves it running', async () => {
    const first = await start(cluster);
    const second = await start(cluster);
    const { role } = await startChild({ directory: cluster });
    expect([first.owner, second.owner, role]).toEqual([true, false, 'attached']);
    expect(second.connectionString).toBe(first.connectionString);
    await second.stop();
    expect(await query(first, 'select 1')).toEqual([[1]]);
  });

  it('lets two processes that start at once on an empty folder both work, one as owner', async () => {
    const directory = newDirectory();
    const both = await Promise.all([startChild({ directory }), startChild({ directory })]);
    expect(both.map(({ role }) => role).sort()).toEqual(['attached', 'owner']);
    expect(await query(await start(directory), 'select 1')).toEqual([[1]]);
    expect(fs.readdirSync(directory)).toEqual(['postgres']);
  });

  it('works with a path too long for a socket, and with every character in it', async () => {
    const directory = join(scratch, `a, "b" 'c' %20 é ${'x'.repeat(90)}`);
    const postgres = await start(directory);
    expect(postgres.socketDirectory.startsWith(tmpdir())).toBe(true);
    expect(fs.statSync(postgres.socketDirectory).mode & 0o777).toBe(0o700);
    expect(await query(postgres, 'select 1')).toEqual([[1]]);
    expect((await start(directory)).owner).toBe(false);
    await postgres.stop();
    fs.renameSync(directory, join(scratch, `a, "b" 'c' %20é`));
    const short = await start(join(scratch, `a, "b" 'c' %20é`));
    expect(short.socketDirectory).toBe(short.dataDirectory);
    expect(await query(short, 'select 1')).toEqual([[1]]);
    fs.rmSync(postgres.socketDirectory, { recursive: true });
  });
});

describe('a process that is killed', () => {
  it('takes PostgreSQL with it and loses nothing that was committed, and the next start need not wait', async () => {
    const { child } = await startChild({ directory: cluster });
    const attached = await start(cluster);
    await query(attached, 'drop table if exists kept; create table kept as select 42 as answer');
    await attached.stop();
    const processes = processesOf(cluster);
    await kill(child);
    const again = await start(cluster);
    expect(again.owner).toBe(true);
    expect(await query(again, 'select answer from kept')).toEqual([[42]]);
    expect(livingOf(processes)).toEqual([]);
    await again.stop();

    const { child: second } = await startChild({ directory: cluster });
    const left = processesOf(cluster);
    await kill(second);
    await expectNothingLeft(cluster, left, 2_000);
  });

  it('leaves PostgreSQL to the others that use it, and the last of them takes it along', async () => {
    const { child } = await startChild({ directory: cluster });
    const { child: other, role } = await startChild({ directory: cluster });
    expect(role).toBe('attached');
    const processes = processesOf(cluster);
    const postmaster = postmasterOf(cluster);
    await kill(child);
    await delay(300);
    const attached = await start(cluster);
    expect(postmasterOf(cluster)).toBe(postmaster);
    expect(await query(attached, 'select 1')).toEqual([[1]]);
    await attached.stop();
    await kill(other);
    await expectNothingLeft(cluster, processes, 2_000);
  });

  it('in the middle of the first start does not spoil the next one', async () => {
    const directory = newDirectory();
    void startChild({ directory });
    const making = await until(5_000, () => {
      const name = fs.readdirSync(directory).find((entry) => entry.startsWith('postgres.new-'));
      expect(fs.existsSync(join(directory, name ?? '', 'base', '1'))).toBe(true);
      return name ?? '';
    });
    await killChildren();
    expect(fs.existsSync(join(directory, 'postgres'))).toBe(false);
    const postgres = await start(directory);
    expect(await query(postgres, 'select 1')).toEqual([[1]]);
    // The one that was killed left its folder: gone once it is old.
    await postgres.stop();
    fs.utimesSync(join(directory, making), 0, 0);
    await start(directory);
    expect(fs.readdirSync(directory)).toEqual(['postgres']);
  });

  it('or that simply ends without stop() takes PostgreSQL with it', async () => {
    const { child } = await startChild({ directory: cluster }, '');
    await ended(child);
    expect(child.exitCode).toBe(0);
    await expectNothingLeft(cluster, [], 2_000);
  });
});

describe('supervision', () => {
  it('starts PostgreSQL again when its postmaster was killed', async () => {
    const postgres = await start(cluster);
    await query(postgres, 'drop table if exists kept; create table kept as select 42 as answer');
    const killed = postmasterOf(cluster);
    process.kill(killed, 'SIGKILL');
    await until(3_000, async () => expect(await query(postgres, 'select answer from kept')).toEqual([[42]]));
    expect(postmasterOf(cluster)).not.toBe(killed);
    expect(postgres.owner).toBe(true);
  });

  it('starts an own PostgreSQL when the owner stops the one attached to', async () => {
    const owner = await start(cluster);
    const attached = await start(cluster);
    await owner.stop();
    await until(3_000, () => expect(attached.owner).toBe(true));
    expect(await query(attached, 'select 1')).toEqual([[1]]);
  });

  it('ends a PostgreSQL whose guard was killed and that nobody watches any more', async () => {
    const { child } = await startChild({ directory: cluster });
    const postmaster = postmasterOf(cluster);
    for (const pid of guardsOf(cluster)) process.kill(pid, 'SIGKILL');
    await kill(child);
    const postgres = await start(cluster);
    expect(postgres.owner).toBe(true);
    expect(livingOf([postmaster])).toEqual([]);
  });

  it('stops while it is starting again', async () => {
    const postgres = await start(cluster);
    process.kill(postmasterOf(cluster), 'SIGKILL');
    await delay(150);
    await postgres.stop();
    await expectNothingLeft(cluster, [], 2_000);
  });
});

describe('smart shutdown', () => {
  it('lets the sessions of others finish although the command has ended, then leaves no process', async () => {
    const { child } = await startChild(
      { directory: cluster, shutdown: 'smart' },
      'setTimeout(() => postgres.stop(), 300)',
    );
    const attached = await start(cluster);
    const client = new Client({ connectionString: attached.connectionString });
    await client.connect();
    await attached.stop();
    const processes = processesOf(cluster);
    await ended(child);
    expect((await client.query('select 1')).rowCount).toBe(1);
    await client.end();
    await expectNothingLeft(cluster, processes, 2_000);
  });

  it('leaves PostgreSQL whole to a server that attached to it', async () => {
    const command = await start(cluster, { shutdown: 'smart' });
    const server = await start(cluster);
    const postmaster = postmasterOf(cluster);
    await command.stop();
    expect(await query(server, 'select 1')).toEqual([[1]]);
    expect(postmasterOf(cluster)).toBe(postmaster);
    await server.stop();
    await expectNothingLeft(cluster, [], 2_000);
  });
});

describe('what is left of a machine that lost power', () => {
  it.each([
    ['names a process that is now another program', (lock: string) => lock.replace(/^\d+/, String(process.ppid))],
    ['is empty', () => ''],
  ])('does not keep PostgreSQL from starting when the lock file %s', async (_, change) => {
    const postgres = await start(cluster);
    const paths = ['postmaster.pid', '.s.PGSQL.5432.lock'].map((name) => join(cluster, 'postgres', name));
    const locks = paths.map((path) => ({ path, text: fs.readFileSync(path, 'utf8') }));
    await postgres.stop();
    for (const { path, text } of locks) {
      fs.writeFileSync(path, change(text));
      fs.utimesSync(path, 0, 0);
    }
    expect((await start(cluster)).owner).toBe(true);
  });
});

describe('refusals in one sentence', () => {
  it('names a folder of another major version', async () => {
    const directory = newDirectory();
    fs.mkdirSync(join(directory, 'postgres'), { recursive: true });
    fs.writeFileSync(join(directory, 'postgres', 'PG_VERSION'), '17\n');
    await expect(start(directory)).rejects.toThrow(/postgres was made by PostgreSQL 17 and cannot be opened by .* 18/);
  });

  it('names a folder that holds something else', async () => {
    const directory = newDirectory();
    fs.mkdirSync(join(directory, 'postgres', 'photos'), { recursive: true });
    await expect(start(directory)).rejects.toThrow(
      `The folder ${join(directory, 'postgres')} is not a PostgreSQL data`,
    );
  });

  it('names a file that is where the folder should be', async () => {
    const directory = newDirectory();
    fs.writeFileSync(directory, '');
    await expect(start(directory)).rejects.toThrow(`PostgreSQL cannot use ${directory}: file already exists.`);
  });

  it('quotes PostgreSQL when it does not start', async () => {
    await expect(start(cluster, { settings: { max_connections: 'many' } })).rejects.toThrow(
      /did not start on .*\n.*invalid value for parameter "max_connections": "many"/,
    );
  });
});
