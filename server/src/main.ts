import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { type OpenDatabase, openDatabase } from './database/open.ts';
import { Logger } from './logging/logger.ts';

try {
  const config = readConfig(process.env);
  await start(config, new Logger(config.logLevel));
} catch (error) {
  process.stderr.write(`Rubric cannot start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function start(config: Config, logger: Logger) {
  const database = await openDatabase(config, { shutdown: 'fast', onProblem: (message) => logger.warn(message) });
  const app = await createApp(config, database.db, logger);
  stopOnSignals(app, database, config.limits.shutdownTimeoutMs);
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    await database.close();
    throw error;
  }
  const { address, port } = app.getHttpServer().address() as AddressInfo;
  const origin = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  process.stdout.write(
    `Rubric is running.\n  API            ${origin}\n  Documentation  ${origin}/docs\n  Database       ${database.description}\n`,
  );
}

/** The first signal finishes the requests in flight, then stops PostgreSQL; the second does not wait. */
function stopOnSignals(app: NestFastifyApplication, database: OpenDatabase, timeoutMs: number) {
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), timeoutMs + 10_000).unref();
    await Promise.race([app.close(), new Promise((resolve) => setTimeout(resolve, timeoutMs).unref())]);
    await database.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stop().catch((error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      });
    });
  }
}
