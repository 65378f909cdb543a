import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { IntervalTask } from '../scheduling/interval-task.ts';
import { EventStreamsService } from './event-streams.service.ts';
import { deleteExpiredEvents } from './events.queries.ts';

const UPDATE_MS = 200;
const MAINTAIN_MS = 1_000;
const DELETE_MS = 60_000;
const DELETE_BATCH = 1_000;

/** Numbers and sends events, and deletes expired ones. Runs in every server. */
@Injectable()
export class EventsWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly tasks = [
    new IntervalTask('Events', UPDATE_MS, 'events could not be numbered; the next run tries again', () =>
      this.streams.update(),
    ),
    new IntervalTask('Events', MAINTAIN_MS, 'streams could not be maintained; the next run tries again', () =>
      this.streams.maintain(),
    ),
    new IntervalTask('Events', DELETE_MS, 'old events could not be deleted; the next run tries again', () =>
      this.deleteExpired(),
    ),
  ];

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly streams: EventStreamsService,
  ) {}

  onApplicationBootstrap() {
    for (const task of this.tasks) task.start();
  }

  async onApplicationShutdown() {
    for (const task of this.tasks) await task.stop();
  }

  private async deleteExpired() {
    for (;;) {
      const { rowCount } = await deleteExpiredEvents(this.db, DELETE_BATCH);
      if ((rowCount ?? 0) < DELETE_BATCH) return;
    }
  }
}
