import type { Socket } from 'node:net';
import type pg from 'pg';

const BEGIN = 'begin isolation level repeatable read read only';

/**
 * A client for reads on one snapshot. It begins the transaction together with the first read, in the same write to the
 * socket: so PostgreSQL waits for nothing between `now()`, which is the time of `begin`, and the snapshot, which is that of
 * the first statement.
 */
export class SnapshotClient {
  private isOpening = false;
  private signal: AbortSignal | undefined;
  /**
   * The PostgreSQL process that runs the transaction; undefined before the first statement. It is queried, because a pooler
   * reports a made-up process id to the client.
   */
  backend: Promise<number> | undefined;

  constructor(private readonly client: pg.PoolClient) {}

  /**
   * Makes the next statement the first of a transaction.
   *
   * @param signal once it is aborted, every further statement fails: a cancellation between two statements hits none
   */
  begin(signal: AbortSignal) {
    this.isOpening = true;
    this.signal = signal;
    this.backend = undefined;
  }

  /** Ends the transaction. Responses need not wait for it: a read-only transaction has nothing to commit. */
  async end(): Promise<void> {
    if (this.isOpening) this.isOpening = false;
    else await this.client.query('rollback');
  }

  query(...parameters: unknown[]): unknown {
    if (this.signal?.aborted) return Promise.reject(this.signal.reason as Error);
    const send: (...all: unknown[]) => Promise<pg.QueryResult<{ pid: number }>> = this.client.query.bind(this.client);
    if (!this.isOpening) return send(...parameters);
    this.isOpening = false;
    const socket = this.client.connection.stream as Socket;
    socket.cork();
    const begun = send(BEGIN);
    this.backend = send('select pg_backend_pid() as pid').then(({ rows }) => rows[0]?.pid ?? 0);
    // If one of the two fails, so does the statement behind them, and the reader gets that error.
    for (const sent of [begun, this.backend]) sent.catch(() => {});
    const result = send(...parameters);
    socket.uncork();
    return result;
  }
}
