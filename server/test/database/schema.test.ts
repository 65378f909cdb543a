import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { dumpSchema } from '../../scripts/dump-schema.ts';
import { databaseUrl } from '../harness/cluster.ts';

async function connect(database?: string): Promise<pg.Client> {
  const url = inject('clusterUrl');
  const client = new pg.Client({ connectionString: database === undefined ? url : databaseUrl(url, database) });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

test('schema.sql builds, in an empty database, the schema that it was dumped from', async () => {
  const schema = readFileSync(new URL('../../schema.sql', import.meta.url), 'utf8');
  const cluster = await connect();
  const name = `schema_${randomBytes(8).toString('hex')}`;
  await cluster.query(`create database ${name}`);
  onTestFinished(async () => void (await cluster.query(`drop database ${name} with (force)`)));
  const database = await connect(name);
  database.on('error', () => undefined);
  await database.query(schema);
  expect(schema.endsWith(await dumpSchema(database))).toBe(true);
});
