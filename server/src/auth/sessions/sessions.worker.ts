import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../../database/database.ts';
import { IntervalTask } from '../../scheduling/interval-task.ts';
import { deleteExpiredVerifications } from '../better-auth/verifications.queries.ts';
import { deleteExpiredSessions } from './sessions.queries.ts';

const DELAY_MS = 3_600_000;

/** Deletes ended sessions, and expired links and challenges. Runs in every server, every hour. */
@Injectable()
export class SessionsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly task = new IntervalTask(
    'Sessions',
    DELAY_MS,
    'ended sessions could not be deleted; the next run tries again',
    () => this.deleteExpired(),
  );

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  onApplicationBootstrap() {
    this.task.start();
  }

  onApplicationShutdown() {
    return this.task.stop();
  }

  private async deleteExpired() {
    await deleteExpiredSessions(this.db);
    await deleteExpiredVerifications(this.db);
  }
}
