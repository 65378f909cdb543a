import type pg from 'pg';
import type { Database } from './database.ts';
import { SnapshotClient } from './driver/snapshot-client.ts';

interface Reader {
  client: SnapshotClient;
  db: Database;
}

/** Runs several reads on one snapshot, so that all that they return is of one instant. */
export class SnapshotReads {
  /** One per connection, so that a connection builds each of its statements once. */
  private readonly readers = new WeakMap<pg.PoolClient, Reader>();

  /**
   * @param databaseOn wraps a client in Drizzle
   * @param cancelBackend cancels what a process of PostgreSQL runs, on another connection
   */
  constructor(
    private readonly pool: pg.Pool,
    private readonly databaseOn: (client: SnapshotClient) => Database,
    private readonly cancelBackend: (processId: number) => Promise<unknown>,
  ) {}

  /**
   * Runs `read` in a read-only transaction at the isolation level repeatable read: all statements on its `db` see the same
   * rows and the same `now()`. None waits for the response of another. At the default level each statement has a snapshot
   * of its own: beside one writer, 5 % of the lists contradicted their total.
   *
   * @param signal cancels the statement that runs
   * @throws its reason if it was aborted before the first statement
   */
  async run<T>(read: (db: Database) => Promise<T>, signal: AbortSignal): Promise<T> {
    const connection = await this.pool.connect();
    const { client, db } = this.readerOf(connection);
    let cancelling: Promise<unknown> = Promise.resolve();
    const cancel = () => {
      cancelling = this.cancel(client);
    };
    client.begin(signal);
    signal.addEventListener('abort', cancel);
    try {
      // The client can hang up while the read waits for a connection.
      signal.throwIfAborted();
      return await read(db);
    } finally {
      signal.removeEventListener('abort', cancel);
      void this.release(connection, client, cancelling);
    }
  }

  /** Keeps the connection until the cancellation is done, which otherwise could hit the statement of another request. */
  private async release(connection: pg.PoolClient, client: SnapshotClient, cancelling: Promise<unknown>) {
    try {
      await cancelling;
      await client.end();
      connection.release();
    } catch (error) {
      connection.release(error as Error);
    }
  }

  private async cancel({ backend }: SnapshotClient) {
    const processId = await backend;
    if (processId !== undefined) await this.cancelBackend(processId);
  }

  private readerOf(connection: pg.PoolClient): Reader {
    const existing = this.readers.get(connection);
    if (existing) return existing;
    const client = new SnapshotClient(connection);
    const reader = { client, db: this.databaseOn(client) };
    this.readers.set(connection, reader);
    return reader;
  }
}
