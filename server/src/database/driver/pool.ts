import pg from 'pg';
import type { Done } from 'pg/lib/query.js';
import { isNamed, promised } from './client.ts';
import type { Statement } from './described-query.ts';
import { isQuick } from './prepared.ts';

/** How many connections quick statements share: more than one process of Node keeps busy, and few enough to be shared. */
const LANES = 4;
/** The most that stand behind one another on one connection. */
const LONGEST = 8;

interface Asked {
  statement: Statement;
  values: unknown[];
  done: Done;
}

/**
 * A pool in which quick statements that wait for a connection share one: they go to PostgreSQL in one write, and each is
 * a transaction of its own, as ever. That saves system calls and wake-ups on both sides; docs/decisions/0014 has what was
 * measured. Whatever may take long, waits for a lock or belongs to a transaction has its connection for itself, so nothing
 * quick stands behind it.
 */
export class Pool extends pg.Pool {
  private readonly waiting: Asked[] = [];
  private lanes = 0;

  override query(...parameters: unknown[]): never {
    const [statement, values, done] = parameters as [string | Statement, unknown[], Done | undefined];
    const direct = super.query.bind(this) as (...all: unknown[]) => never;
    if (done || !isNamed(statement) || !isQuick(statement.name)) return direct(...parameters);
    return promised((finish) => {
      this.waiting.push({ statement, values, done: finish });
      this.openLane();
    }) as never;
  }

  private openLane() {
    if (this.waiting.length === 0 || this.lanes === LANES) return;
    this.lanes += 1;
    this.connect((error, client, release) => {
      // Where no connection is to be had, nothing that waits for one gets one.
      const share = client ? Math.min(LONGEST, Math.ceil(this.waiting.length / LANES)) : this.waiting.length;
      const batch = this.waiting.splice(0, share);
      const close = (broken?: Error) => {
        this.lanes -= 1;
        if (client) release(broken);
        this.openLane();
      };
      if (client && batch.length > 0) return sendTogether(client, batch, close);
      for (const { done } of batch) done(error, undefined);
      close();
    });
  }
}

/** @param close called after the last answer, with an error that leaves the connection unfit for more */
function sendTogether(client: pg.PoolClient, batch: Asked[], close: (broken?: Error) => void) {
  // Each statement hears of a lost connection by itself; an event that nobody listens to would end the process.
  const ignore = () => {};
  client.on('error', ignore);
  let unanswered = batch.length;
  const send = client.query.bind(client) as (...asked: [Statement, unknown[], Done]) => void;
  const { stream } = client.connection;
  stream.cork();
  for (const { statement, values, done } of batch) {
    send(statement, values, (error, result) => {
      unanswered -= 1;
      if (unanswered === 0) {
        client.off('error', ignore);
        close(error && !isRefusal(error) ? error : undefined);
      }
      done(error, result);
    });
  }
  stream.uncork();
}

/** PostgreSQL refused a statement, and waits for the next one. */
const isRefusal = (error: Error) => error instanceof pg.DatabaseError && error.severity === 'ERROR';
