import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './app.ts';
import { errorMessage } from './cli/failure.ts';
import { type Config, readConfig } from './config.ts';
import { type OpenDatabase, openDatabase } from './database/open.ts';
import { Logger } from './logging/logger.ts';

try {
  const config = readConfig(process.env);
  await start(config, new Logger(config.logLevel));
} catch (error) {
  process.stderr.write(`Rubric cannot start. ${errorMessage(error)}\n`);
  process.exit(1);
}

async function start(config: Config, logger: Logger) {
  const database = await openDatabase(config, {
    shutdown: 'fast',
    endSilent: true,
    onProblem: (message) => logger.warn(message),
  });
  try {
    const app = await createApp(config, database.db, logger);
    stopOnSignals(app, database, config.limits.shutdownTimeoutMs, logger);
    await listen(app, config);
    const { address, port } = addressOf(app);
    const origin = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
    process.stdout.write(
      `Rubric is running.\n  API            ${origin}\n  Documentation  ${origin}/docs\n  Database       ${database.description}\n`,
    );
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** @throws Error that names the setting to change */
async function listen(app: NestFastifyApplication, { port, host }: Config) {
  try {
    // Fastify's own and not Nest's, which writes the error to the log as well.
    await app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const reasons: Record<string, string> = {
      EADDRINUSE: `The port ${port} at ${host} is in use: set PORT to another.`,
      EACCES: `This user may not listen on port ${port}: set PORT to one above 1023.`,
      EADDRNOTAVAIL: `${host} is not an address of this machine: set HOST to one that is.`,
      ENOTFOUND: `${host} is not the name of an address: set HOST to one of this machine.`,
    };
    throw reasons[code] === undefined ? cause : new Error(reasons[code], { cause });
  }
}

function addressOf(app: NestFastifyApplication): AddressInfo {
  const address = app.getHttpServer().address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address;
}

/** npm passes a Ctrl-C on to a process that has got it from the terminal already. */
const SAME_SIGNAL_MS = 1_000;
/** For PostgreSQL to stop, which takes 15 seconds at most. */
const STOP_LIMIT_MS = 20_000;

/** The first signal finishes the requests in flight, then stops PostgreSQL; a later one does not wait. */
function stopOnSignals(app: NestFastifyApplication, database: OpenDatabase, timeoutMs: number, logger: Logger) {
  let stoppingSince: number | undefined;
  const stop = async () => {
    if (stoppingSince !== undefined && Date.now() - stoppingSince < SAME_SIGNAL_MS) return;
    if (stoppingSince !== undefined) process.exit(1);
    stoppingSince = Date.now();
    setTimeout(() => process.exit(1), timeoutMs + STOP_LIMIT_MS).unref();
    const finished = await Promise.race([app.close().then(() => true), delay(timeoutMs, false, { ref: false })]);
    if (!finished) logger.warn(`requests in flight were cut off after SHUTDOWN_TIMEOUT_MS (${timeoutMs})`);
    await database.close();
    process.exit(finished ? 0 : 1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stop().catch((error: unknown) => {
        process.stderr.write(`${errorMessage(error)}\n`);
        process.exit(1);
      });
    });
  }
}
