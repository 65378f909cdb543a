import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@rubric/embedded-postgres';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { EMBEDDED_NAMES } from '../../src/database/embedded.ts';
import { migrate } from '../../src/database/migrate.ts';
import { DATA_ROOT } from './data-root.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The URL of the superuser, with the database `rubric`. */
    clusterUrl: string;
  }
}

/** Starts one PostgreSQL for the entire run and migrates a template database, which each test file clones. */
export default async function setup(project: TestProject) {
  const directory = await mkdtemp(join(DATA_ROOT, 'rubric-test-'));
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };
  const postgres = await startEmbeddedPostgres({ ...EMBEDDED_NAMES, directory, settings });
  const client = new pg.Client({ connectionString: postgres.connectionString });
  await client.connect();
  await client.query('create database rubric_template');
  await client.end();
  await migrate(databaseUrl(postgres.connectionString, 'rubric_template'));
  project.provide('clusterUrl', postgres.connectionString);
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

/** Returns the URL of another database on the same server. */
export function databaseUrl(clusterUrl: string, database: string): string {
  return clusterUrl.replace('/rubric?', `/${database}?`);
}
