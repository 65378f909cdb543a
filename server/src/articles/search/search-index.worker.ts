import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE, type Database } from '../../database/database.ts';
import { IntervalTask } from '../../scheduling/interval-task.ts';
import {
  findOldDocument,
  updateDocumentsInBacklog,
  updateOldDocuments,
  updateSearchIndex,
} from './search-index.queries.ts';

const DOCUMENTS_MS = 250;
/** 800 new articles a second leave 10 MB in the pending list meanwhile. */
const INDEX_MS = 2_000;
const BATCH_SIZE = 100;
/** Takes 0.1 s of CPU in each run: a million documents in half an hour, with a third of a core. */
const OLD_BATCH_SIZE = 200;
const OLD_BATCH_BYTES = 1_000_000;

/**
 * Creates the search documents of changed articles, and recreates those of an older version. Runs in every server. Only
 * speed depends on it: a search creates the document of an article in the backlog itself.
 */
@Injectable()
export class SearchIndexWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  /** The documents of articles up to this id have the current version, but for those from `firstLockedId` on; null if all have. */
  private upToDateId: number | null = 0;
  private firstLockedId: number | null = null;

  private readonly tasks = [
    new IntervalTask(
      'Search',
      DOCUMENTS_MS,
      'indexing articles failed; searches stay exact, and the next run tries again',
      async () => {
        await this.emptyBacklog();
        await this.replaceOldDocuments();
      },
    ),
    new IntervalTask(
      'Search',
      INDEX_MS,
      'updating the index failed; searches stay exact, and the next run tries again',
      () => updateSearchIndex(this.db),
    ),
  ];

  constructor(@Inject(DATABASE) private readonly db: Database) {}

  onApplicationBootstrap() {
    for (const task of this.tasks) task.start();
  }

  async onApplicationShutdown() {
    for (const task of this.tasks) await task.stop();
  }

  private async emptyBacklog() {
    for (;;) {
      const { rows } = await updateDocumentsInBacklog(this.db, BATCH_SIZE);
      if ((rows[0]?.entries ?? 0) < BATCH_SIZE) return;
    }
  }

  private async replaceOldDocuments() {
    if (this.upToDateId === null) return;
    // A separate statement, so that servers without old documents do not take turns.
    const { rows: found } = await findOldDocument(this.db, this.upToDateId);
    if (!found[0]) {
      this.upToDateId = this.firstLockedId === null ? null : this.firstLockedId - 1;
      this.firstLockedId = null;
      return;
    }
    const { rows } = await updateOldDocuments(this.db, this.upToDateId, OLD_BATCH_SIZE, OLD_BATCH_BYTES);
    if (rows[0]?.lastId) this.upToDateId = Number(rows[0].lastId);
    if (rows[0]?.firstLockedId) this.firstLockedId ??= Number(rows[0].firstLockedId);
  }
}
