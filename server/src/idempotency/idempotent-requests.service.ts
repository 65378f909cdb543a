import { Inject, Injectable } from '@nestjs/common';
import {
  DATABASE,
  type Database,
  NEW_REQUEST_TRANSACTION,
  type NewRequestTransaction,
  type RequestTransaction,
} from '../database/database.ts';
import { Problem } from '../http/problems.ts';
import { type Answer, findKeptAnswer, insertKeptAnswer, type KeyOfCaller, lockKey } from './idempotency.queries.ts';

export interface IdempotentRequest extends KeyOfCaller {
  fingerprint: Buffer;
}

/**
 * The outcome of a request. `answer` is kept for later requests if it is defined; `error` is thrown in place of a result.
 */
export interface Outcome<T> {
  answer: Answer | undefined;
  result?: T;
  error?: unknown;
}

/** The request was answered before. */
class AnsweredBefore extends Error {
  constructor(readonly answer: Answer) {
    super('answered before');
  }
}

const RETRY_AFTER_S = 1;

/**
 * Answers requests with an `Idempotency-Key` once. The lock of the key, the write and its answer are one transaction: after
 * a crash there is all of it or nothing, and no lock (docs/decisions/0028).
 */
@Injectable()
export class IdempotentRequests {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(NEW_REQUEST_TRANSACTION) private readonly newTransaction: NewRequestTransaction,
  ) {}

  /**
   * Runs a request and keeps its answer, or returns the answer that was kept.
   *
   * @throws Problem `idempotency_in_flight` or `idempotency_mismatch`, or the `error` of the outcome
   */
  async run<T>(
    request: IdempotentRequest,
    handle: () => Promise<Outcome<T>>,
  ): Promise<{ result: T } | { replayed: Answer }> {
    const transaction = this.newTransaction(() => this.claim(request));
    try {
      return { result: await transaction.run(() => this.handleOnce(transaction, request, handle)) };
    } catch (error) {
      if (error instanceof AnsweredBefore) return { replayed: error.answer };
      throw error;
    }
  }

  private async handleOnce<T>(
    transaction: RequestTransaction,
    request: IdempotentRequest,
    handle: () => Promise<Outcome<T>>,
  ): Promise<T> {
    const { answer, result, error } = await handle();
    if (error !== undefined) transaction.undo();
    if (answer) {
      const [kept] = await insertKeptAnswer(this.db, request, answer);
      if (!kept) throw inFlight();
      await transaction.commit();
    }
    if (error !== undefined) throw error;
    return result as T;
  }

  /**
   * Runs first in the transaction. The answer is read by a second statement, which therefore sees the commit of the last
   * holder of the lock. It is also read without the lock, which a concurrent replay of the answer can hold.
   *
   * @throws AnsweredBefore, or a Problem
   */
  private async claim(request: IdempotentRequest): Promise<void> {
    const [[lock], [kept]] = await Promise.all([lockKey(this.db, request), findKeptAnswer(this.db, request)]);
    if (kept && !kept.fingerprint.equals(request.fingerprint)) throw new Problem('idempotency_mismatch');
    if (kept) throw new AnsweredBefore(kept);
    if (!lock?.acquired) throw inFlight();
  }
}

function inFlight(): Problem {
  const problem = new Problem('idempotency_in_flight');
  problem.retryAfter = RETRY_AFTER_S;
  return problem;
}
