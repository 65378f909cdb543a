import * as fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, test, vi } from 'vitest';
import {
  exited,
  expectAllEnded,
  guardPids,
  kill,
  killChildren,
  LIMIT_MS,
  postmasterPid,
  query,
  start,
  startChild,
  useScratch,
} from './harness.ts';
import { alivePids, pidsOn } from './processes.ts';

const { cluster, newDirectory } = useScratch();

describe('a process that is killed', () => {
  test('stops its PostgreSQL without loss of committed data, and the next start does not wait', async () => {
    const first = await startChild({ directory: cluster });
    const attached = await start(cluster);
    await query(attached, 'drop table if exists answers; create table answers as select 42 as answer');
    await attached.stop();
    const pids = pidsOn(cluster);
    await kill(first.process);
    const restarted = await start(cluster);
    expect(restarted.isOwner).toBe(true);
    expect(await query(restarted, 'select answer from answers')).toEqual([[42]]);
    expect(alivePids(pids)).toEqual([]);
    await restarted.stop();

    const second = await startChild({ directory: cluster });
    const remaining = pidsOn(cluster);
    await kill(second.process);
    await expectAllEnded(cluster, remaining);
  });

  test('leaves PostgreSQL to the other processes, and the last of them stops it', async () => {
    const first = await startChild({ directory: cluster });
    const second = await startChild({ directory: cluster });
    expect(second.role).toBe('attached');
    const pids = pidsOn(cluster);
    const postmaster = postmasterPid(cluster);
    await kill(first.process);
    await delay(300);
    const attached = await start(cluster);
    expect(postmasterPid(cluster)).toBe(postmaster);
    expect(await query(attached, 'select 1')).toEqual([[1]]);
    await attached.stop();
    await kill(second.process);
    await expectAllEnded(cluster, pids);
  });

  test('during the first start does not prevent the next one', async () => {
    const directory = newDirectory();
    void startChild({ directory });
    const findFresh = () => {
      const name = fs.readdirSync(directory).find((entry) => entry.startsWith('postgres.new-'));
      expect(fs.existsSync(join(directory, name ?? '', 'base', '1'))).toBe(true);
      return name ?? '';
    };
    const fresh = await vi.waitFor(findFresh, { timeout: LIMIT_MS, interval: 20 });
    await killChildren();
    expect(fs.existsSync(join(directory, 'postgres'))).toBe(false);
    const postgres = await start(directory);
    expect(await query(postgres, 'select 1')).toEqual([[1]]);
    // The killed process left a temporary directory, which is deleted once it is old.
    await postgres.stop();
    fs.utimesSync(join(directory, fresh), 0, 0);
    await start(directory);
    expect(fs.readdirSync(directory)).toEqual(['postgres']);
  });
});

test('a process that ends without stop() stops its PostgreSQL', async () => {
  const { process: child } = await startChild({ directory: cluster }, '');
  await exited(child);
  expect(child.exitCode).toBe(0);
  await expectAllEnded(cluster, []);
});

describe('the supervisor', () => {
  test('restarts PostgreSQL after its postmaster was killed', async () => {
    const postgres = await start(cluster);
    await query(postgres, 'drop table if exists answers; create table answers as select 42 as answer');
    const killed = postmasterPid(cluster);
    process.kill(killed, 'SIGKILL');
    await vi.waitFor(async () => expect(await query(postgres, 'select answer from answers')).toEqual([[42]]), LIMIT_MS);
    expect(postmasterPid(cluster)).not.toBe(killed);
    expect(postgres.isOwner).toBe(true);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGQUIT'] as const)(
    'restarts PostgreSQL after %s to its postmaster, although sessions are open',
    async (signal) => {
      const postgres = await start(cluster);
      const session = new Client({ connectionString: postgres.connectionString });
      const ended = new Promise<void>((resolve) => session.on('error', () => undefined).on('end', resolve));
      await session.connect();
      const stopped = postmasterPid(cluster);
      process.kill(stopped, signal);
      await ended;
      await vi.waitFor(async () => expect(await query(postgres, 'select 1')).toEqual([[1]]), LIMIT_MS);
      expect(postmasterPid(cluster)).not.toBe(stopped);
    },
  );

  test('restarts PostgreSQL after SIGTERM to a postmaster that another process had started and left', async () => {
    const first = await startChild({ directory: cluster });
    const attached = await start(cluster);
    await kill(first.process);
    const stopped = postmasterPid(cluster);
    process.kill(stopped, 'SIGTERM');
    await vi.waitFor(async () => expect(await query(attached, 'select 1')).toEqual([[1]]), LIMIT_MS);
    await vi.waitFor(() => expect(postmasterPid(cluster)).not.toBe(stopped), LIMIT_MS);
    // PostgreSQL writes the file of its pid before it accepts connections, which is when the process owns it.
    await vi.waitFor(() => expect(attached.isOwner).toBe(true), LIMIT_MS);
  });

  test('starts PostgreSQL when the owner has stopped the one it was attached to', async () => {
    const owner = await start(cluster);
    const attached = await start(cluster);
    await owner.stop();
    await vi.waitFor(() => expect(attached.isOwner).toBe(true), LIMIT_MS);
    expect(await query(attached, 'select 1')).toEqual([[1]]);
  });

  test('stops a PostgreSQL whose guard was killed and that no process uses', async () => {
    const { process: child } = await startChild({ directory: cluster });
    const postmaster = postmasterPid(cluster);
    for (const pid of guardPids(cluster)) process.kill(pid, 'SIGKILL');
    await kill(child);
    const postgres = await start(cluster);
    expect(postgres.isOwner).toBe(true);
    expect(alivePids([postmaster])).toEqual([]);
  });

  test('stops during a restart', async () => {
    const postgres = await start(cluster);
    process.kill(postmasterPid(cluster), 'SIGKILL');
    await delay(150);
    await postgres.stop();
    await expectAllEnded(cluster, []);
  });
});

describe('smart shutdown', () => {
  test('lets the sessions of others finish after the process has ended, then leaves no process', async () => {
    const { process: child } = await startChild(
      { directory: cluster, shutdown: 'smart' },
      `const alive = setInterval(() => {}, 1000);
       process.once('SIGUSR2', () => { clearInterval(alive); postgres.stop(); });`,
    );
    const attached = await start(cluster);
    const client = new Client({ connectionString: attached.connectionString });
    await client.connect();
    await attached.stop();
    const pids = pidsOn(cluster);
    child.kill('SIGUSR2');
    await exited(child);
    expect((await client.query('select 1')).rowCount).toBe(1);
    await client.end();
    await expectAllEnded(cluster, pids);
  });

  test('leaves PostgreSQL running for a process that is attached to it', async () => {
    const command = await start(cluster, { shutdown: 'smart' });
    const server = await start(cluster);
    const postmaster = postmasterPid(cluster);
    await command.stop();
    expect(await query(server, 'select 1')).toEqual([[1]]);
    expect(postmasterPid(cluster)).toBe(postmaster);
    await server.stop();
    await expectAllEnded(cluster, []);
  });
});
