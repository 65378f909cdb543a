import type { Config } from '../config.ts';
import { type Connection, connect } from './database.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { migrate } from './migrate.ts';

export interface OpenDatabase extends Connection {
  /** Where it is, for people. */
  description: string;
}

/**
 * Opens the database that the configuration names, starting the embedded one where it names none, and brings its schema
 * up to date.
 *
 * @param shutdown how the embedded one stops on `close`: `smart` lets other processes on it finish
 * @throws Error with a sentence for a person
 */
export async function openDatabase(
  config: Config,
  { shutdown, onProblem }: { shutdown: 'fast' | 'smart'; onProblem: (message: string) => void },
): Promise<OpenDatabase> {
  const embedded = config.database.url
    ? undefined
    : await startEmbeddedPostgres({ directory: config.dataDirectory, shutdown, onLog: onProblem });
  const connectionString = config.database.url ?? embedded?.connectionString ?? '';
  try {
    await migrate(connectionString);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  const { poolSize, statementTimeoutMs, prepare } = config.database;
  const connection = connect({
    connectionString,
    poolSize,
    statementTimeoutMs,
    prepare,
    onIdleError: (error) => onProblem(`An idle database connection ended: ${error.message}`),
  });
  return {
    ...connection,
    description: embedded
      ? `embedded PostgreSQL in ${embedded.dataDirectory} (psql -h ${embedded.socketDirectory} -U rubric rubric)`
      : withoutPassword(connectionString),
    close: async () => {
      await connection.close();
      await embedded?.stop();
    },
  };
}

function withoutPassword(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `postgres://${parsed.host}${parsed.pathname}` : 'PostgreSQL at DATABASE_URL';
}
