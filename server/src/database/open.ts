import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '@rubric/embedded-postgres';
import type { Config } from '../config.ts';
import { type Connection, connect } from './connection.ts';
import { EMBEDDED_NAMES } from './embedded.ts';
import { rootCause } from './errors.ts';
import { migrate } from './migrate.ts';

/**
 * Relative data directories are resolved from the project folder, so that commands in a subfolder use the data of the
 * server.
 */
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));

export interface OpenDatabase extends Connection {
  /** Where the database is, for the message at the start. */
  description: string;
}

export interface OpenOptions {
  /** How the embedded PostgreSQL stops on `close`: `smart` lets other processes that use it finish. */
  shutdown: 'fast' | 'smart';
  /** Shown in `pg_stat_activity`. Default `rubric`. */
  applicationName?: string;
  /** Receives a sentence for each problem that is not fatal. */
  onProblem: (message: string) => void;
}

/**
 * Opens the configured database and brings its schema up to date. Without `DATABASE_URL` it starts the embedded
 * PostgreSQL.
 *
 * @throws Error with a sentence for the operator
 */
export async function openDatabase(
  config: Config,
  { shutdown, applicationName, onProblem }: OpenOptions,
): Promise<OpenDatabase> {
  let isClosing = false;
  const directory = resolve(PROJECT, config.dataDirectory);
  if (!config.database.url) assertNotFile(directory);
  const embedded = config.database.url
    ? undefined
    : await startEmbeddedPostgres({
        ...EMBEDDED_NAMES,
        directory,
        shutdown,
        onLog: (line) => {
          if (!ORDINARY_LOG_LINE.test(line) && !(isClosing && SESSION_ENDED_BY_STOP.test(line))) onProblem(line);
        },
      });
  const connectionString = config.database.url ?? embedded?.connectionString ?? '';
  try {
    await migrate(connectionString, { onWarning: onProblem });
  } catch (error) {
    await embedded?.stop();
    throw embedded ? error : unusable(connectionString, error);
  }
  const connection = connect({
    ...config.database,
    connectionString,
    applicationName,
    onIdleError: (error) => isClosing || onProblem(`An idle database connection ended: ${error.message}`),
  });
  return {
    ...connection,
    description: embedded
      ? `embedded PostgreSQL in ${embedded.dataDirectory} (psql -h ${embedded.socketDirectory} -U ${EMBEDDED_NAMES.user} ${EMBEDDED_NAMES.database})`
      : withoutPassword(connectionString),
    close: async () => {
      isClosing = true;
      // No request waits for a running statement any more: its connection has been closed.
      await Promise.race([connection.close(), delay(CLOSE_LIMIT_MS, undefined, { ref: false })]);
      await embedded?.stop();
    },
  };
}

/** @throws Error if the path of RUBRIC_DATA is a file, or leads through one */
function assertNotFile(path: string) {
  for (let each = path; each !== dirname(each); each = dirname(each)) {
    if (statSync(each, { throwIfNoEntry: false })?.isFile())
      throw new Error(`The setting RUBRIC_DATA must name a folder, but ${each} is a file.`);
  }
}

const CLOSE_LIMIT_MS = 1_000;

/** Lines that report no problem. A statement that fails is one of them: its error went to the client. */
const ORDINARY_LOG_LINE = /^(\t|\[\d+\] (DEBUG|INFO|LOG|NOTICE|ERROR|DETAIL|HINT|CONTEXT|STATEMENT))/;

/** Logged for sessions of other programs, such as psql, that are open when the embedded PostgreSQL is stopped. */
const SESSION_ENDED_BY_STOP = /FATAL: {2}terminating connection due to administrator command/;

function unusable(url: string, error: unknown): Error {
  const { message, code } = rootCause(error);
  const silent = /^(Connection terminated|timeout expired)/.test(message);
  const reason = silent ? 'it does not respond, or ended the connection' : (message || code || '').replace(/\.$/, '');
  return new Error(`DATABASE_URL cannot be used (${withoutPassword(url)}): ${reason}.`, { cause: error });
}

function withoutPassword(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `postgres://${parsed.host}${parsed.pathname}` : 'PostgreSQL at DATABASE_URL';
}
