import { type Config, readConfig } from '../config.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open.ts';

/**
 * Runs a command's work on the database that the settings name, and lets go of it afterwards. Where that is the embedded
 * one, it is the running server's, or it is started for as long as a command needs it.
 *
 * @throws Error with a sentence for a person
 */
export async function withDatabase<T>(work: (db: Database, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const database = await openDatabase(config, {
    shutdown: 'smart',
    endSilent: false,
    onProblem: (message) => process.stderr.write(`${message}\n`),
  });
  try {
    return await work(database.db, config);
  } finally {
    await database.close();
  }
}
