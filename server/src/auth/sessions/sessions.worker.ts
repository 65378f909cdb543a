import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../../database/database.ts';
import { IntervalTask } from '../../scheduling/interval-task.ts';
import { deleteExpiredVerifications } from '../better-auth/verifications.queries.ts';
import { deleteExpiredSessions } from './sessions.queries.ts';

const PAUSE_MS = 3_600_000;

/** Clears away, every hour and in every server, sessions that are over and links and challenges that nobody used. */
@Injectable()
export class SessionsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds = new IntervalTask(
    'Sessions',
    PAUSE_MS,
    'sessions that are over were not cleared away; the next round tries again',
    () => this.clear(),
  );

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  onApplicationBootstrap() {
    this.rounds.start();
  }

  onApplicationShutdown() {
    return this.rounds.stop();
  }

  private async clear() {
    await deleteExpiredSessions(this.db);
    await deleteExpiredVerifications(this.db);
  }
}
