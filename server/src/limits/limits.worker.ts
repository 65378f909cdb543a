import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { deleteSpentLimits } from './limits.queries.ts';

const PAUSE_MS = 600_000;

/** Clears away, every ten minutes and in every server, what is left of limits that are free again. */
@Injectable()
export class LimitsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Limits');
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
      await deleteSpentLimits(this.db);
    } catch (error) {
      this.logger.warn({ err: error }, 'spent limits were not cleared away; the next round tries again');
    }
  }
}
