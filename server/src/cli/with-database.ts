import { type Config, readConfig, SETTINGS } from '../config.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open.ts';
import { describeUnknownSettings } from './unknown-settings.ts';

/**
 * Runs a command with the configured database and closes the connection afterwards. The embedded PostgreSQL is shared with
 * a running server; if none is running, it is started for the duration of the command.
 *
 * @throws Error with a message for the terminal
 */
export async function withDatabase<T>(work: (db: Database, config: Config) => Promise<T>): Promise<T> {
  for (const warning of describeUnknownSettings(process.env, Object.keys(SETTINGS)))
    process.stderr.write(`${warning}\n`);
  const config = readConfig(process.env);
  // The timeouts are meant for requests: a command may take long, or wait for another one.
  const unlimited = { ...config, database: { ...config.database, statementTimeoutMs: 0, lockTimeoutMs: 0 } };
  const database = await openDatabase(unlimited, {
    shutdown: 'smart',
    onProblem: (message) => process.stderr.write(`${message}\n`),
  });
  try {
    return await work(database.db, config);
  } finally {
    await database.close();
  }
}
