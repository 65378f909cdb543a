import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));
const OLDEST_POSTGRES = 150_000;
/**
 * An arbitrary number, the same in every server: servers that start at the same time take turns. The lock belongs to a
 * transaction: behind a pooler in transaction mode, a session lock would stay with a pooled connection, and no server could
 * start again.
 */
const LOCK = 7_825_542;
/** A host that drops packets must not delay a start for minutes. Waiting for the lock has no limit. */
const CONNECTION_TIMEOUT_MS = 10_000;

export interface MigrateOptions {
  /** Receives a sentence for each row that a migration had to change visibly. */
  onWarning?: (message: string) => void;
  folder?: string;
}

/**
 * Brings the schema up to date, forward only. Safe when several servers start at the same time.
 *
 * @throws Error with a sentence when PostgreSQL is older than 15
 */
export async function migrate(
  connectionString: string,
  { onWarning, folder = FOLDER }: MigrateOptions = {},
): Promise<void> {
  const client = new pg.Client({
    connectionString,
    application_name: 'rubric migrate',
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
  });
  // A connection that ends between two statements fails the next one. Without a listener the event would end the process.
  client.on('error', () => undefined);
  await client.connect();
  client.on('notice', ({ severity, message }) => severity === 'WARNING' && onWarning?.(message ?? ''));
  try {
    const version = await client.query<{ server_version_num: string }>('show server_version_num');
    if (Number(version.rows[0]?.server_version_num) < OLDEST_POSTGRES) {
      throw new Error('Rubric needs PostgreSQL 15 or newer, and this one is older.');
    }
    await drizzle({ client }).transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
      await runMigrations(tx, { migrationsFolder: folder });
    });
  } finally {
    await client.end();
  }
}
