import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.ts';
import { type Connection, EXPENSIVE_CONNECTIONS, LEAST_SHARE, ordinaryConnections } from '../database/connection.ts';
import { DATABASE, type Database, SNAPSHOTS } from '../database/database.ts';
import { databaseError } from '../database/errors.ts';
import { Problem } from '../http/problems.ts';
import { FairQueue, QueueFull } from './fair-queue.ts';
import type { Requester } from './requester.ts';

/** How much time of PostgreSQL a read can take, for any values: less than a millisecond, some milliseconds, or more. */
export type ReadCost = 'fast' | 'ordinary' | 'expensive';

export interface ReadOptions {
  cost: ReadCost;
  requester: Requester;
  /** Whether the read has several statements that must see the same rows. */
  onSnapshot: boolean;
  /**
   * The maximum time of an ordinary read with one statement, as a fraction of the time of the longest one. Up to eight
   * small reads share a connection. Default: 1.
   */
  share?: number;
}

const STATEMENT_TIMEOUT = '57014';
const EXPENSIVE_CAPACITY = 16;
/** As many connections as a flood can open before the queue is longer than anybody waits. */
const ORDINARY_CAPACITY = 1_000;
const tooExpensive = () =>
  new Problem(
    'too_expensive',
    'The list takes much of the time of PostgreSQL, and too many such lists wait already. Other requests are answered meanwhile.',
  );
/** The delay of a refusal. It grows while more than 32 refusals are pending, so that a second has hardly more than 32. */
const REFUSAL_DELAY_MS = { least: 1_000, most: 5_000 };
const REFUSALS_PER_SECOND = 32;

/**
 * Limits the share of PostgreSQL that reads get whose cost depends on the request. Fast reads do not wait. Ordinary reads
 * have a third of the pool. Expensive reads have two connections of their own and a short queue. Small ordinary reads share
 * connections: as many as together take no longer than one large read.
 */
@Injectable()
export class BoundedReads {
  private readonly queues: Record<Exclude<ReadCost, 'fast'>, FairQueue>;
  /** The number of refusals that are pending. */
  private refusing = 0;
  private readonly maxExpensiveMs: number;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(SNAPSHOTS) private readonly snapshots: Connection['snapshots'],
    @Inject(CONFIG) { database }: Config,
  ) {
    this.maxExpensiveMs = database.expensiveTimeoutMs;
    this.queues = {
      ordinary: new FairQueue(ordinaryConnections(database.poolSize), ORDINARY_CAPACITY),
      expensive: new FairQueue(EXPENSIVE_CONNECTIONS, EXPENSIVE_CAPACITY),
    };
  }

  /**
   * Runs a read in its turn. On a snapshot, and if it is expensive, it is cancelled when the client closes its connection.
   *
   * @param read runs one statement, or several if `onSnapshot`
   * @throws Problem `too_expensive` if too many reads wait, or if an expensive read exceeds MAX_LIST_MS
   */
  async run<T>(options: ReadOptions, read: (db: Database) => Promise<T>): Promise<T> {
    const { cost, requester, onSnapshot } = options;
    const snapshots = this.snapshots[cost === 'expensive' ? 'expensive' : 'ordinary'];
    const isCancellable = onSnapshot || cost === 'expensive';
    let signal = requester.signal;
    const shared = isCancellable ? undefined : this.db.ordinary;
    const share = shared ? roundedUp(options.share ?? 1) : 1;
    const start = () => {
      if (cost === 'expensive') signal = this.withTimeLimit(signal);
      return isCancellable ? snapshots.run(read, signal) : read(shared && share < 1 ? shared : this.db);
    };
    try {
      return await (cost === 'fast' ? start() : this.queues[cost].run(requester, start, share));
    } catch (error) {
      if (error instanceof QueueFull) return this.refuse(requester);
      const isTimedOut = cost === 'expensive' && databaseError(error)?.code === STATEMENT_TIMEOUT;
      // If the client has closed its connection, nobody reads the problem.
      throw isTimedOut || signal.aborted ? tooExpensive() : error;
    }
  }

  /** The statement timeout of PostgreSQL limits each statement, and a list with a total and facets has three. */
  private readonly withTimeLimit = (signal: AbortSignal) =>
    AbortSignal.any([signal, AbortSignal.timeout(this.maxExpensiveMs)]);

  /**
   * Refuses a read after one to five seconds, or when the client closes its connection. Clients that retry immediately
   * would otherwise keep the main thread busy with refusals: 32 of them raised the p99 of a client that reads articles to
   * 555 ms, with the delay to 87.
   */
  async refuse(requester: Requester, problem = tooExpensive()): Promise<never> {
    const { least, most } = REFUSAL_DELAY_MS;
    this.refusing += 1;
    const delayMs = Math.min(most, Math.max(least, (this.refusing / REFUSALS_PER_SECOND) * 1_000));
    await setTimeout(delayMs, undefined, { signal: requester.signal }).catch(() => {});
    this.refusing -= 1;
    throw problem;
  }
}

const roundedUp = (share: number) => Math.min(1, Math.max(1, Math.ceil(share / LEAST_SHARE)) * LEAST_SHARE);
