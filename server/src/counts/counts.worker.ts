import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { updateCategoryCounts } from './counts.queries.ts';

const PAUSE_MS = 1_000;
const BATCH = 20_000;

/**
 * Adds up the changes of counts once a second, in every server; they agree among themselves. Only speed depends on it:
 * the counts are exact at every instant, whether it runs or not.
 */
@Injectable()
export class CountsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Counts');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  onApplicationBootstrap() {
    this.timer = setTimeout(() => {
      this.running = this.addUp().then(() => {
        if (this.timer) this.onApplicationBootstrap();
      });
    }, PAUSE_MS).unref();
  }

  async onApplicationShutdown() {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private async addUp() {
    try {
      for (;;) {
        const { rows } = await updateCategoryCounts(this.db, BATCH);
        if ((rows[0]?.folded ?? 0) < BATCH) return;
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'the counts were not added up; they stay exact, and the next round tries again');
    }
  }
}
