import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { IntervalTask } from '../scheduling/interval-task.ts';
import { deleteSpentLimits } from './rate-limits.queries.ts';

const PAUSE_MS = 600_000;

/** Clears away, every ten minutes and in every server, what is left of limits that are free again. */
@Injectable()
export class RateLimitsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds = new IntervalTask(
    'Limits',
    PAUSE_MS,
    'spent limits were not cleared away; the next round tries again',
    async () => deleteSpentLimits(this.db),
  );

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  onApplicationBootstrap() {
    this.rounds.start();
  }

  onApplicationShutdown() {
    return this.rounds.stop();
  }
}
