import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import pg from 'pg';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { databaseUrl } from '../harness/cluster.ts';
import { expectNothingLeft, newDataFolder, run, startServer } from './processes.ts';

/** Starts a server that fails to start; returns its exit status and stderr. */
async function failToStart(settings: Record<string, string>) {
  const { status, stdout, stderr } = await run('node', ['server/dist/main.js'], { PORT: '0', ...settings });
  expect(stdout).toBe('');
  return { status, stderr };
}

/** Creates an empty database. */
async function newDatabase(): Promise<string> {
  const name = `process_${randomBytes(8).toString('hex')}`;
  const execute = async (statement: string) => {
    const client = new pg.Client({ connectionString: inject('clusterUrl') });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await execute(`create database ${name}`);
  onTestFinished(() => execute(`drop database ${name} with (force)`));
  return databaseUrl(inject('clusterUrl'), name);
}

describe('a server that cannot start prints one message and exits with 1', () => {
  test('for an invalid setting, which it names', async () => {
    const { status, stderr } = await failToStart({ LOG_LEVEL: 'loud' });
    expect(stderr).toBe(
      'Rubric cannot start. The setting LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent, but is "loud".\n',
    );
    expect(status).toBe(1);
  });

  test('for a port in use, and leaves no process running', async () => {
    const RUBRIC_DATA = newDataFolder();
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const PORT = String(typeof address === 'object' && address?.port);
    const { status, stderr } = await failToStart({ PORT, RUBRIC_DATA });
    expect(stderr).toBe(`Rubric cannot start. Port ${PORT} on 127.0.0.1 is in use. Set PORT to a free port.\n`);
    expect(status).toBe(1);
  });

  test('for a PostgreSQL that cannot be reached, without printing its password', async () => {
    const { status, stderr } = await failToStart({ DATABASE_URL: 'postgres://rubric:secret@localhost:1/rubric' });
    expect(stderr).toMatch(
      /^Rubric cannot start\. DATABASE_URL cannot be used \(postgres:\/\/localhost:1\/rubric\): connect ECONNREFUSED .*\.\n$/,
    );
    expect(status).toBe(1);
  });

  test('for a PostgreSQL host that does not exist', async () => {
    const { status, stderr } = await failToStart({ DATABASE_URL: 'postgres://rubric@nowhere.invalid/rubric' });
    expect(stderr).toMatch(
      /^Rubric cannot start\. DATABASE_URL cannot be used \(postgres:\/\/nowhere.invalid\/rubric\): .*\.\n$/,
    );
    expect(status).toBe(1);
  });

  test('for a database that does not exist', async () => {
    const { status, stderr } = await failToStart({ DATABASE_URL: databaseUrl(inject('clusterUrl'), 'nobody_made_it') });
    expect(stderr).toMatch(
      /^Rubric cannot start\. DATABASE_URL cannot be used \(.*\): database "nobody_made_it" does not exist\.\n$/,
    );
    expect(status).toBe(1);
  });
});

test('two servers that start at the same time on an empty database both run, and migrate it once', async () => {
  const DATABASE_URL = await newDatabase();
  const servers = await Promise.all([startServer({ DATABASE_URL }), startServer({ DATABASE_URL })]);
  for (const { origin } of servers) expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(
    'select name, count(*)::int from drizzle.__drizzle_migrations group by 1 having count(*) > 1',
  );
  await client.end();
  expect(rows).toEqual([]);
  for (const { child } of servers) child.kill('SIGTERM');
  for (const server of servers) {
    expect((await server.ended()).status).toBe(0);
    await expectNothingLeft(server);
  }
});
