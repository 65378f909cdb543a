import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.ts';
import { type Connection, EXPENSIVE_CONNECTIONS, LEAST_SHARE, ordinaryConnections } from '../database/connection.ts';
import { DATABASE, type Database, SNAPSHOTS } from '../database/database.ts';
import { databaseError } from '../database/errors.ts';
import { Problem } from '../http/problems.ts';
import { FairQueue, QueueFull } from './fair-queue.ts';
import type { Requester } from './requester.ts';

/**
 * How much of PostgreSQL's time a read can take, for any values: less than a millisecond, some milliseconds, or more.
 */
export type ReadCost = 'fast' | 'ordinary' | 'expensive';

export interface ReadOptions {
  cost: ReadCost;
  requester: Requester;
  /** Whether the read has several statements, which must see the same rows. */
  onSnapshot: boolean;
  /**
   * How long an ordinary read of one statement takes at most, as a part of what one may take. Up to eight small ones share a
   * connection.
   *
   * Default: 1.
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
/** How late a refusal is answered; later while more than 32 wait for theirs, so that a second never has many more. */
const REFUSAL_DELAY_MS = { least: 1_000, most: 5_000 };
const REFUSALS_PER_SECOND = 32;

/**
 * Bounds what reads whose cost depends on the request can take from everybody else. Fast ones wait for nothing, ordinary
 * ones have a third of the pool, expensive ones two connections of their own and a short queue. Small ordinary ones share
 * connections: as many as together take no longer than one large one for each connection.
 */
@Injectable()
export class BoundedReads {
  private readonly queues: Record<Exclude<ReadCost, 'fast'>, FairQueue>;
  /** Refusals that are not answered yet. */
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
   * Runs a read when it is its turn. On a snapshot, and if it is expensive, it is cancelled when the client closes its
   * connection.
   *
   * @param read runs one statement, or several if `onSnapshot`
   * @throws Problem `too_expensive` if too many wait, or if an expensive read exceeds MAX_LIST_MS
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
      // Nobody reads what a client gets that hung up.
      throw isTimedOut || signal.aborted ? tooExpensive() : error;
    }
  }

  /** The timeout of PostgreSQL limits each statement, and a list with a total and facets has three. */
  private readonly withTimeLimit = (signal: AbortSignal) =>
    AbortSignal.any([signal, AbortSignal.timeout(this.maxExpensiveMs)]);

  /**
   * Refuses a read, one to five seconds late or when the client hangs up. Clients that try again at once would otherwise
   * keep the main thread busy with refusals: 32 of them beside one that reads articles raised its p99 to 555 ms, and to 87
   * when they wait.
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
