import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '@rubric/embedded-postgres';
import type { Config } from '../config.ts';
import { type Connection, connect } from './connection.ts';
import { EMBEDDED_NAMES } from './embedded.ts';
import { rootCause } from './errors.ts';
import { migrate } from './migrate.ts';

/** A command called in a subfolder means the data of the server, not new data there. */
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

export interface OpenDatabase extends Connection {
  /** Where it is, for people. */
  description: string;
}

export interface OpenOptions {
  /** How the embedded one stops on `close`: `smart` lets other processes on it finish. */
  shutdown: 'fast' | 'smart';
  /** Told in a sentence what went wrong without ending anything. */
  onProblem: (message: string) => void;
}

/**
 * Opens the database that the configuration names, starting the embedded one where it names none, and brings its schema
 * up to date.
 *
 * @throws Error with a sentence for a person
 */
export async function openDatabase(config: Config, { shutdown, onProblem }: OpenOptions): Promise<OpenDatabase> {
  let isClosing = false;
  const embedded = config.database.url
    ? undefined
    : await startEmbeddedPostgres({
        ...EMBEDDED_NAMES,
        directory: resolve(PROJECT, config.dataDirectory),
        shutdown,
        onLog: (line) => {
          if (!ORDINARY_LOG_LINE.test(line) && !(isClosing && SESSION_ENDED_BY_STOP.test(line))) onProblem(line);
        },
      });
  const connectionString = config.database.url ?? embedded?.connectionString ?? '';
  try {
    await migrate(connectionString);
  } catch (error) {
    await embedded?.stop();
    throw embedded ? error : unusable(connectionString, error);
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
      ? `embedded PostgreSQL in ${embedded.dataDirectory} (psql -h ${embedded.socketDirectory} -U ${EMBEDDED_NAMES.user} ${EMBEDDED_NAMES.database})`
      : withoutPassword(connectionString),
    close: async () => {
      isClosing = true;
      // A statement that still runs is nobody's by now; whoever waited for it was cut off.
      await Promise.race([connection.close(), delay(CLOSE_LIMIT_MS, undefined, { ref: false })]);
      await embedded?.stop();
    },
  };
}

const CLOSE_LIMIT_MS = 1_000;

/** What PostgreSQL logs of its life; a refused statement, too, is an answer here and no problem. */
const ORDINARY_LOG_LINE = /^(\t|\[\d+\] (DEBUG|INFO|LOG|NOTICE|ERROR|DETAIL|HINT|CONTEXT|STATEMENT))/;

/** Logged for sessions of other programs, such as psql, that are open when the embedded PostgreSQL is stopped. */
const SESSION_ENDED_BY_STOP = /FATAL: {2}terminating connection due to administrator command/;

function unusable(url: string, error: unknown): Error {
  const { message, code } = rootCause(error);
  const silent = /^(Connection terminated|timeout expired)/.test(message);
  const reason = silent ? 'it does not answer, or ended the connection' : (message || code || '').replace(/\.$/, '');
  return new Error(`DATABASE_URL cannot be used (${withoutPassword(url)}): ${reason}.`, { cause: error });
}

function withoutPassword(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `postgres://${parsed.host}${parsed.pathname}` : 'PostgreSQL at DATABASE_URL';
}
