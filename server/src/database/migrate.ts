import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));
const OLDEST_POSTGRES = 150_000;
/**
 * Any number, the same in every server: two that start at once take turns. It is the lock of a transaction: behind a pooler
 * in transaction mode one of a session would be left with whichever connection took it, and nobody could start again.
 */
const LOCK = 7_825_542;
/** A host that swallows packets must not keep a start waiting for minutes; waiting for the lock has no limit. */
const CONNECTION_TIMEOUT_MS = 10_000;

/**
 * Brings the schema up to date, forward only. Safe when several servers start at once.
 *
 * @throws Error with a sentence when PostgreSQL is older than 15
 */
export async function migrate(connectionString: string): Promise<void> {
  const client = new pg.Client({
    connectionString,
    application_name: 'rubric migrate',
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
  });
  // A connection that ends between two statements fails the next one; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const version = await client.query<{ server_version_num: string }>('show server_version_num');
    if (Number(version.rows[0]?.server_version_num) < OLDEST_POSTGRES) {
      throw new Error('Rubric needs PostgreSQL 15 or newer, and this one is older.');
    }
    await drizzle({ client }).transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
      await runMigrations(tx, { migrationsFolder: FOLDER });
    });
  } finally {
    await client.end();
  }
}
