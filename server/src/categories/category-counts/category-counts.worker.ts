import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../../database/database.ts';
import { IntervalTask } from '../../scheduling/interval-task.ts';
import { updateCategoryCounts } from './category-counts.queries.ts';

const PAUSE_MS = 1_000;
const BATCH = 20_000;

/**
 * Adds up the changes of counts once a second, in every server; they agree among themselves. Only speed depends on it:
 * the counts are exact at every instant, whether it runs or not.
 */
@Injectable()
export class CategoryCountsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds = new IntervalTask(
    'Counts',
    PAUSE_MS,
    'the counts were not added up; they stay exact, and the next round tries again',
    () => this.addUp(),
  );

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  onApplicationBootstrap() {
    this.rounds.start();
  }

  onApplicationShutdown() {
    return this.rounds.stop();
  }

  private async addUp() {
    for (;;) {
      const { rows } = await updateCategoryCounts(this.db, BATCH);
      if ((rows[0]?.folded ?? 0) < BATCH) return;
    }
  }
}
