import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../../database/database.ts';
import { IntervalTask } from '../../scheduling/interval-task.ts';
import { updateCategoryCounts } from './category-counts.queries.ts';

const DELAY_MS = 1_000;
const BATCH_SIZE = 20_000;

/**
 * Adds deltas to the stored counts once a second. Runs in every server; a lock lets one at a time do the work. Only speed
 * depends on it: the counts are exact at any time.
 */
@Injectable()
export class CategoryCountsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly task = new IntervalTask(
    'Counts',
    DELAY_MS,
    'adding deltas to the category counts failed; the counts stay exact, and the next run tries again',
    () => this.applyDeltas(),
  );

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  onApplicationBootstrap() {
    this.task.start();
  }

  onApplicationShutdown() {
    return this.task.stop();
  }

  private async applyDeltas() {
    for (;;) {
      const { rows } = await updateCategoryCounts(this.db, BATCH_SIZE);
      if ((rows[0]?.applied ?? 0) < BATCH_SIZE) return;
    }
  }
}
