import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { deleteOldPromises, deleteOldSessions } from './sessions.queries.ts';

const PAUSE_MS = 3_600_000;

/** Clears away, every hour and in every server, sessions that are over and links and challenges that nobody used. */
@Injectable()
export class SessionsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Sessions');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  onApplicationBootstrap() {
    this.timer = setInterval(() => {
      this.running = this.clear();
    }, PAUSE_MS).unref();
  }

  async onApplicationShutdown() {
    clearInterval(this.timer);
    await this.running;
  }

  private async clear() {
    try {
      await deleteOldSessions(this.db);
      await deleteOldPromises(this.db);
    } catch (error) {
      this.logger.warn({ err: error }, 'sessions that are over were not cleared away; the next round tries again');
    }
  }
}
