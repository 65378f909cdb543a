import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { databaseUrl } from './cluster.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Connects until the test has ended. */
export async function connectClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  client.on('error', () => undefined);
  return client;
}

/** Creates a database with the migrations before this one, as an installation of that time has it. Returns its URL. */
export async function olderDatabase(migration: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rubric-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const older = (await readdir(MIGRATIONS)).filter((name) => name < migration);
  for (const name of older) await cp(join(MIGRATIONS, name), join(folder, name), { recursive: true });
  const cluster = await connectClient(inject('clusterUrl'));
  const name = `older_${randomBytes(8).toString('hex')}`;
  await cluster.query(`create database ${name}`);
  onTestFinished(async () => void (await cluster.query(`drop database ${name} with (force)`)));
  const url = databaseUrl(inject('clusterUrl'), name);
  await migrate(url, { folder });
  return url;
}
