import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@rubric/embedded-postgres';
import pg from 'pg';
import { migrate } from '../src/database/migrate.ts';
import { dumpSchema } from './dump-schema.ts';

/** Writes `schema.sql`: what the migrations add up to, read from a real PostgreSQL that ran them. */

const HEADER = '-- The schema that the migrations add up to. Written by `npm run generate`.\n\n';

const directory = mkdtempSync(join(tmpdir(), 'rubric-schema-'));
const postgres = await startEmbeddedPostgres({ directory, settings: { fsync: 'off' } });
try {
  await migrate(postgres.connectionString);
  writeFileSync(new URL('../schema.sql', import.meta.url), HEADER + (await dump(postgres.connectionString)));
} finally {
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function dump(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await dumpSchema(client);
  } finally {
    await client.end();
  }
}
