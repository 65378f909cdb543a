import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import pg from 'pg';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { databaseUrl } from '../harness/cluster.ts';
import { expectNothingLeft, newDataFolder, run, startServer } from './processes.ts';

/** A start that is refused: its exit status and what it says on stderr; on stdout it says nothing. */
async function refused(settings: Record<string, string>) {
  const { status, stdout, stderr } = await run('node', ['server/dist/main.js'], { PORT: '0', ...settings });
  expect(stdout).toBe('');
  return { status, stderr };
}

/** An empty database of its own. */
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

describe('a start is refused with one sentence and exit status 1', () => {
  test('names an invalid setting', async () => {
    const { status, stderr } = await refused({ LOG_LEVEL: 'loud' });
    expect(stderr).toBe(
      'Rubric cannot start. The setting LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent, but is "loud".\n',
    );
    expect(status).toBe(1);
  });

  test('for a port in use, and nothing is left running', async () => {
    const RUBRIC_DATA = newDataFolder();
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const PORT = String(typeof address === 'object' && address?.port);
    const { status, stderr } = await refused({ PORT, RUBRIC_DATA });
    expect(stderr).toBe(`Rubric cannot start. Port ${PORT} on 127.0.0.1 is in use. Set PORT to a free port.\n`);
    expect(status).toBe(1);
  });

  test('for a PostgreSQL that cannot be reached, without its password', async () => {
    const { status, stderr } = await refused({ DATABASE_URL: 'postgres://rubric:secret@localhost:1/rubric' });
    expect(stderr).toMatch(
      /^Rubric cannot start\. DATABASE_URL cannot be used \(postgres:\/\/localhost:1\/rubric\): connect ECONNREFUSED .*\.\n$/,
    );
    expect(status).toBe(1);
  });

  test('for a host of PostgreSQL that does not exist', async () => {
    const { status, stderr } = await refused({ DATABASE_URL: 'postgres://rubric@nowhere.invalid/rubric' });
    expect(stderr).toMatch(
      /^Rubric cannot start\. DATABASE_URL cannot be used \(postgres:\/\/nowhere.invalid\/rubric\): .*\.\n$/,
    );
    expect(status).toBe(1);
  });

  test('for a database that does not exist', async () => {
    const { status, stderr } = await refused({ DATABASE_URL: databaseUrl(inject('clusterUrl'), 'nobody_made_it') });
    expect(stderr).toMatch(
      /^Rubric cannot start\. DATABASE_URL cannot be used \(.*\): database "nobody_made_it" does not exist\.\n$/,
    );
    expect(status).toBe(1);
  });
});

test('two servers that start at once on one empty database both run, and it is migrated once', async () => {
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
