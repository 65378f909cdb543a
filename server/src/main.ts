import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './app.ts';
import { SetupService } from './auth/setup/setup.service.ts';
import { errorMessage } from './cli/error-message.ts';
import { serverApplicationName } from './cli/server-origin.ts';
import { describeUnknownSettings } from './cli/unknown-settings.ts';
import { type Config, readConfig, SETTINGS } from './config.ts';
import { type OpenDatabase, openDatabase } from './database/open.ts';
import { Logger } from './logging/logger.ts';

try {
  for (const warning of describeUnknownSettings(process.env, Object.keys(SETTINGS)))
    process.stderr.write(`${warning}\n`);
  const config = readConfig(process.env);
  await start(config, new Logger(config.logLevel));
} catch (error) {
  process.stderr.write(`Rubric cannot start. ${errorMessage(error)}\n`);
  process.exit(1);
}

async function start(config: Config, logger: Logger) {
  const database = await openDatabase(config, {
    shutdown: 'fast',
    applicationName: serverApplicationName(config),
    onProblem: (message) => logger.warn(message),
  });
  let app: NestFastifyApplication | undefined;
  try {
    app = await createApp(config, database, logger);
    stopOnSignals(app, database, config.limits.shutdownTimeoutMs, logger);
    await listen(app, config);
    const { address, port } = addressOf(app);
    const origin = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
    const setupCode = await app.get(SetupService).code();
    process.stdout.write(startMessage(origin, database.description, setupCode));
  } catch (error) {
    // Stops the interval tasks first, which would otherwise log errors about the closed database.
    await app?.close();
    await database.close();
    throw error;
  }
}

/** @param setupCode absent if there are accounts */
function startMessage(origin: string, database: string, setupCode: string | undefined): string {
  const setup = `There are no accounts yet. Make the first at ${origin}/admin with the code ${setupCode}.\n`;
  return `Rubric is running.
  API            ${origin}
  Admin          ${origin}/admin
  Documentation  ${origin}/docs
  Database       ${database}
${setupCode === undefined ? '' : setup}`;
}

/** @throws Error that says which setting to change */
async function listen(app: NestFastifyApplication, { port, host }: Config) {
  try {
    // Fastify's `listen` instead of Nest's, which also logs the error.
    await app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const messages: Record<string, string> = {
      EADDRINUSE: `Port ${port} on ${host} is in use. Set PORT to a free port.`,
      EACCES: `This user is not permitted to listen on port ${port}. Set PORT to a port above 1023.`,
      EADDRNOTAVAIL: `${host} is not an address of this machine. Set HOST to one of its addresses.`,
      ENOTFOUND: `The host name ${host} cannot be resolved. Set HOST to an address of this machine.`,
    };
    throw messages[code] === undefined ? cause : new Error(messages[code], { cause });
  }
}

function addressOf(app: NestFastifyApplication): AddressInfo {
  const address = app.getHttpServer().address();
  if (address === null || typeof address === 'string') throw new Error('The server is not listening on a port.');
  return address;
}

/**
 * npm forwards Ctrl-C to a process that already received it from the terminal; a repeat within this time is the same
 * signal.
 */
const SAME_SIGNAL_MS = 1_000;
/** How long PostgreSQL can take to stop; it takes at most 15 seconds. */
const POSTGRES_STOP_MS = 20_000;

/**
 * On the first signal, finishes the requests in flight and then stops PostgreSQL. On a later one, exits immediately.
 */
function stopOnSignals(app: NestFastifyApplication, database: OpenDatabase, timeoutMs: number, logger: Logger) {
  let stoppingSince: number | undefined;
  const stop = async () => {
    if (stoppingSince !== undefined && Date.now() - stoppingSince < SAME_SIGNAL_MS) return;
    if (stoppingSince !== undefined) process.exit(1);
    stoppingSince = Date.now();
    setTimeout(() => process.exit(1), timeoutMs + POSTGRES_STOP_MS).unref();
    const finished = await Promise.race([app.close().then(() => true), delay(timeoutMs, false, { ref: false })]);
    if (!finished) logger.warn(`requests in flight were aborted after SHUTDOWN_TIMEOUT_MS (${timeoutMs})`);
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
