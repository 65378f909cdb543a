import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { IntervalTask } from '../scheduling/interval-task.ts';
import { deleteUnusedLimits } from './rate-limits.queries.ts';

const DELAY_MS = 600_000;

/** Deletes the rows of limits that are fully available again. Runs in every server, every ten minutes. */
@Injectable()
export class RateLimitsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly task = new IntervalTask(
    'Limits',
    DELAY_MS,
    'unused rate limits could not be deleted; the next run tries again',
    async () => deleteUnusedLimits(this.db),
  );

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  onApplicationBootstrap() {
    this.task.start();
  }

  onApplicationShutdown() {
    return this.task.stop();
  }
}
