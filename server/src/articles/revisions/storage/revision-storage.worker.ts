import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { IntervalTask } from '../../../scheduling/interval-task.ts';
import { RevisionStorageService } from './revision-storage.service.ts';

const DELAY_MS = 60_000;
/** How long a run converts old entries: then the new revisions are packed, and half of the time is left to requests. */
const CONVERSION_MS = 30_000;

/**
 * Packs the texts of revisions that are older than ten minutes, and prunes revisions that are older than 30 days. After an
 * upgrade from a version without revisions, it also creates them from the audit log. Runs in every server, one at a time.
 * Revisions are readable in every state that it leaves.
 */
@Injectable()
export class RevisionStorageWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Pruning walks all articles, some in each run, and starts again. */
  private prunedUpToId = '0';
  private isStopping = false;

  private readonly task = new IntervalTask(
    'Revisions',
    DELAY_MS,
    'revisions could not be packed, pruned or made from the audit log; all of them stay readable, and the next run tries again',
    async () => {
      while (!this.isStopping && (await this.storage.packSome()));
      await this.prune();
      const end = Date.now() + CONVERSION_MS;
      while (!this.isStopping && Date.now() < end && (await this.storage.convertSome()));
    },
  );

  constructor(private readonly storage: RevisionStorageService) {}

  onApplicationBootstrap() {
    this.task.start();
  }

  onApplicationShutdown() {
    this.isStopping = true;
    return this.task.stop();
  }

  private async prune() {
    let hasMore = true;
    while (hasMore && !this.isStopping) {
      const pruned = await this.storage.pruneSome(this.prunedUpToId);
      this.prunedUpToId = pruned.upToId ?? '0';
      hasMore = pruned.hasMore;
    }
  }
}
