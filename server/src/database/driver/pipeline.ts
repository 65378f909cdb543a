import pg from 'pg';

/** Enough to keep one process of Node busy, few enough to be shared. With 2, Node waits where a statement takes 0.4 ms. */
const PIPELINE_CONNECTIONS = 4;

type Parameters = [statement: unknown, values: unknown];
type Done = (error: Error | null | undefined, result: unknown) => void;

interface Pending {
  parameters: Parameters;
  done: Done;
}

interface Shared {
  client: pg.PoolClient;
  unanswered: number;
  /** Sends no more statements on it, because the session or the connection ended. */
  lose: (error: Error) => void;
  /** Returns it to the pool. */
  close: () => void;
}

/**
 * Sends statements on a few connections of a pool without waiting for earlier responses: pg's `pipeline: true`, on
 * connections that requests share. Each statement is a transaction of its own, as on a connection of its own.
 * docs/decisions/0014 has the measurements.
 */
export class Pipeline {
  private shared: Shared[] = [];
  private readonly pending: Pending[] = [];
  private connecting = 0;

  constructor(private readonly pool: pg.Pool) {}

  query(...parameters: Parameters): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.pending.push({ parameters, done: (error, result) => (error ? reject(error) : resolve(result)) });
      this.sendPending();
    });
  }

  private sendPending() {
    while (this.pending.length > 0) {
      const connection = this.leastBusy();
      if (connection?.unanswered !== 0 && this.shared.length + this.connecting < PIPELINE_CONNECTIONS) this.connect();
      if (!connection) return;
      const next = this.pending.shift();
      if (next) send(connection, next);
    }
  }

  private leastBusy(): Shared | undefined {
    return this.shared.reduce<Shared | undefined>(
      (least, each) => (least && least.unanswered <= each.unanswered ? least : each),
      undefined,
    );
  }

  private connect() {
    this.connecting += 1;
    this.pool.connect((error, client, release) => {
      this.connecting -= 1;
      if (client) this.share(client, release);
      // With other connections, statements go on. Without one, all that wait fail with this error: a 503 after 5 s, not after 10.
      else if (this.shared.length === 0) for (const { done } of this.pending.splice(0)) done(error, undefined);
    });
  }

  private share(client: pg.PoolClient, release: (error?: Error) => void) {
    let lost: Error | undefined;
    const leave = () => {
      this.shared = this.shared.filter((each) => each !== connection);
    };
    const connection: Shared = {
      client,
      unanswered: 0,
      lose: (error) => {
        lost ??= error;
        leave();
      },
      close: () => {
        leave();
        client.off('error', connection.lose);
        release(lost);
      },
    };
    // Each statement gets the error of a lost connection; without a listener, the event would end the process.
    client.on('error', connection.lose);
    this.shared.push(connection);
    this.sendPending();
    if (connection.unanswered === 0) connection.close();
  }
}

function send(connection: Shared, { parameters, done }: Pending) {
  const query = connection.client.query.bind(connection.client) as (...all: [...Parameters, Done]) => void;
  const finish: Done = (error, result) => {
    connection.unanswered -= 1;
    if (error && !isRejection(error)) connection.lose(error);
    if (connection.unanswered === 0) connection.close();
    done(error, result);
  };
  connection.unanswered += 1;
  try {
    query(...parameters, finish);
  } catch (error) {
    finish(error as Error, undefined);
  }
}

/** Returns whether PostgreSQL rejected a statement and is ready for the next one. */
const isRejection = (error: Error) => error instanceof pg.DatabaseError && error.severity === 'ERROR';
