import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { IntervalTask } from '../scheduling/interval-task.ts';
import { deleteExpiredAnswers } from './idempotency.queries.ts';

const DELAY_MS = 600_000;
/** An answer is at most as long as a request, a megabyte, so this limits the duration of a statement. */
const ROWS_PER_STEP = 500;

/** Deletes answers that were kept for a day. Runs in every server, every ten minutes. */
@Injectable()
export class IdempotencyWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private isStopping = false;
  private readonly task = new IntervalTask(
    'Idempotency',
    DELAY_MS,
    'expired answers could not be deleted; the next run tries again',
    () => this.deleteExpired(),
  );

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  onApplicationBootstrap() {
    this.task.start();
  }

  onApplicationShutdown() {
    this.isStopping = true;
    return this.task.stop();
  }

  /** @param step rows of one statement */
  async deleteExpired(step = ROWS_PER_STEP): Promise<void> {
    for (let deleted = step; deleted === step && !this.isStopping; ) {
      const { rows } = await deleteExpiredAnswers(this.db, step);
      deleted = rows[0]?.deleted ?? 0;
    }
  }
}
