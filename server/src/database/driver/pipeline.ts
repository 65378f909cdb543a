import pg from 'pg';
import { currentRoute } from './request-transaction.ts';

/** A slow statement delays at most this many on its connection, minus itself. */
export const MAX_PIPELINE_DEPTH = 8;
/**
 * After this many statements a connection is returned to the pool, so that a continuous stream of fast reads leaves
 * connections of a small pool to others.
 */
const STATEMENTS_PER_TURN = 100;

type Parameters = [statement: unknown, values: unknown];
type Done = (error: Error | null | undefined, result: unknown) => void;

interface Pending {
  parameters: Parameters;
  done: Done;
}

interface Shared {
  client: pg.PoolClient;
  release: (error?: Error) => void;
  sent: number;
  unanswered: number;
  /** Set when the session or the connection ended. */
  lost?: Error;
}

/**
 * Sends statements on a few connections of a pool without waiting for earlier responses: pg's `pipeline: true`, on
 * connections that requests share. Each statement is a transaction of its own, as on a connection of its own.
 * docs/decisions/0014 has the measurements.
 */
export class Pipeline {
  /**
   * The connections that accept statements, and the number of all: others are connecting or wait for their last responses.
   */
  private shared: Shared[] = [];
  private open = 0;
  private readonly pending: Pending[] = [];

  /** @param connections the maximum number of connections that it takes from the pool */
  constructor(
    private readonly pool: pg.Pool,
    private readonly connections: number,
  ) {}

  query(...parameters: Parameters): Promise<unknown> {
    const route = currentRoute();
    if (route) return route.query(...parameters);
    return new Promise((resolve, reject) => {
      this.pending.push({ parameters, done: (error, result) => (error ? reject(error) : resolve(result)) });
      this.sendPending();
    });
  }

  private sendPending() {
    while (this.pending.length > 0) {
      const connection = this.leastBusy();
      if (connection?.unanswered !== 0 && this.open < this.connections) this.connect();
      if (!connection || connection.unanswered === MAX_PIPELINE_DEPTH) return;
      const next = this.pending.shift();
      if (next) this.send(connection, next);
    }
  }

  private leastBusy(): Shared | undefined {
    return this.shared.reduce<Shared | undefined>(
      (least, each) => (least && least.unanswered <= each.unanswered ? least : each),
      undefined,
    );
  }

  private connect() {
    this.open += 1;
    this.pool.connect((error, client, release) => {
      if (client) return this.share({ client, release, sent: 0, unanswered: 0 });
      this.open -= 1;
      // With other connections, statements continue. Without one, all waiting statements fail at once: a 503 after 5 s, not
      // after 10.
      if (this.shared.length === 0) for (const { done } of this.pending.splice(0)) done(error, undefined);
    });
  }

  private share(connection: Shared) {
    this.shared.push(connection);
    // Each statement gets the error of a lost connection. Without a listener, the event would end the process.
    const lose = (error: Error) => this.lose(connection, error);
    connection.client.on('error', lose);
    const { release } = connection;
    connection.release = (error) => {
      connection.client.off('error', lose);
      release(error);
    };
    this.sendPending();
    this.closeIfIdle(connection);
  }

  private send(connection: Shared, { parameters, done }: Pending) {
    const query = connection.client.query.bind(connection.client) as (...all: [...Parameters, Done]) => void;
    connection.sent += 1;
    connection.unanswered += 1;
    if (connection.sent === STATEMENTS_PER_TURN) this.leave(connection);
    query(...parameters, (error, result) => {
      connection.unanswered -= 1;
      if (error && !isRejection(error)) this.lose(connection, error);
      this.sendPending();
      this.closeIfIdle(connection);
      done(error, result);
    });
  }

  /** Sends no more statements on a connection. */
  private leave(connection: Shared) {
    this.shared = this.shared.filter((each) => each !== connection);
  }

  private lose(connection: Shared, error: Error) {
    connection.lost ??= error;
    this.leave(connection);
  }

  private closeIfIdle(connection: Shared) {
    if (connection.unanswered > 0) return;
    this.leave(connection);
    this.open -= 1;
    connection.release(connection.lost);
    this.sendPending();
  }
}

/** Returns whether PostgreSQL rejected a statement and is ready for the next one. */
const isRejection = (error: Error) => error instanceof pg.DatabaseError && error.severity === 'ERROR';
