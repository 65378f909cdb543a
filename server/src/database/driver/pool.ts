import pg from 'pg';
import { currentRoute } from './request-transaction.ts';

type Callback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: Error | boolean) => void,
) => void;

/**
 * A pool that keeps the connection of a statement that violates a constraint. pg-pool ends the connection after any error,
 * and a new session plans every statement and trigger again: measured, that took 40 of the 50 ms of a create whose title
 * was taken.
 */
export class Pool extends pg.Pool {
  /** With values, and without a callback: as Drizzle calls it. Promises inside took a fifth more CPU for each list. */
  override query(...parameters: unknown[]): never {
    const route = currentRoute();
    if (route) return route.query(...parameters) as never;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.connect((connectError, client, release) => {
      if (!client) return reject(connectError ?? new Error('the pool gave no connection'));
      const send = client.query.bind(client) as (...all: unknown[]) => void;
      send(...parameters, (error: Error | null | undefined, result: unknown) => {
        release(error && !isRejectedRow(error) ? error : undefined);
        if (error) reject(error);
        else resolve(result);
      });
    });
    return promise as never;
  }

  /** Without a callback, as Drizzle calls it to begin a transaction. */
  override connect(callback?: Callback): never {
    const route = callback ? undefined : currentRoute();
    if (route) return Promise.resolve(route.connect(this)) as never;
    return (callback ? super.connect(callback) : super.connect()) as never;
  }
}

/**
 * Class 23 is a violated constraint, class 40 a deadlock or a serialization failure. After other errors a new session can
 * be the remedy: prepared statements fail for good when the type of a column has changed.
 */
const isRejectedRow = (error: unknown) => error instanceof pg.DatabaseError && /^(23|40)/.test(error.code ?? '');
