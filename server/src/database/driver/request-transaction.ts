import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';

type Send = (...parameters: unknown[]) => Promise<pg.QueryResult>;

/** The target of the statements of a request, instead of a pool. */
interface Route {
  query: Send;
  /** A client for code that begins a transaction of its own. */
  connect(pool: pg.Pool): pg.PoolClient;
}

const routes = new AsyncLocalStorage<Route>();

/**
 * Returns the target of the statements of this request; undefined for almost every request, whose statements use a pool.
 */
export const currentRoute = (): Route | undefined => routes.getStore();

const NO_ROWS = { rows: [] } as unknown as pg.QueryResult;

/**
 * One transaction for all statements of a request. Services are written as if each statement were a transaction of its own:
 * a statement that fails undoes only itself, and the service continues (a taken slug gets a suffix, a foreign key error is
 * explained, a deadlock is retried). Here a failure undoes everything, and the next statement begins the transaction again.
 * Nothing is lost, because a request writes only with its last statement or inner transaction, and reads before it.
 *
 * Savepoints were rejected: the triggers that record changes find the rows of their own transaction by `xmin`, which
 * differs inside a savepoint.
 */
export class RequestTransaction implements Route {
  private client: Promise<pg.PoolClient> | undefined;
  private isUndone = false;
  private isEnded = false;
  private refusal: unknown;

  /**
   * @param afterBegin runs first each time the transaction begins; an error that it throws is the outcome of the request
   */
  constructor(
    private pool: pg.Pool,
    private readonly afterBegin: () => Promise<void>,
  ) {}

  /** Runs `work` with all its statements in the transaction, which is rolled back unless `work` commits it. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return routes.run(this, async () => {
      try {
        await this.begun();
        return await work();
      } catch (error) {
        // Drizzle has wrapped what `afterBegin` threw in an error of the statement that began the transaction.
        throw this.refusal ?? error;
      } finally {
        this.isEnded = true;
        if (this.client) await rollback(this.client);
      }
    });
  }

  async commit(): Promise<void> {
    if (this.isUndone) throw new Error('the transaction of the request was undone');
    const client = await this.begun();
    this.client = undefined;
    this.isEnded = true;
    await end(client, 'commit');
  }

  /** Undoes everything. The next statement begins the transaction again. */
  undo(): void {
    this.isUndone = true;
  }

  async query(...parameters: unknown[]): Promise<pg.QueryResult> {
    return this.send(await this.begun(), parameters);
  }

  /** Statements between `begin` and `commit` of this client become a part of the transaction. */
  connect(pool: pg.Pool): pg.PoolClient {
    const ignore = () => undefined;
    const query: Send = (...parameters) => this.queryInside(pool, parameters);
    return { query, release: ignore, on: ignore, off: ignore } as unknown as pg.PoolClient;
  }

  private async queryInside(pool: pg.Pool, parameters: unknown[]): Promise<pg.QueryResult> {
    const [statement] = parameters as [string | { text: string }];
    const text = typeof statement === 'string' ? statement : statement.text;
    if (text === 'begin') {
      this.moveTo(pool);
      await this.begun();
      return NO_ROWS;
    }
    if (text === 'rollback') this.undo();
    if (text === 'rollback' || text === 'commit') return NO_ROWS;
    // Not `begun()`: after a failure PostgreSQL rejects the rest of an inner transaction, as it does of any other.
    return this.send(await (this.client as Promise<pg.PoolClient>), parameters);
  }

  /** Large changes use a pool with a longer timeout. Before them, a request only reads. */
  private moveTo(pool: pg.Pool) {
    if (limitOf(pool) <= limitOf(this.pool)) return;
    this.pool = pool;
    this.undo();
  }

  private async send(client: pg.PoolClient, parameters: unknown[]): Promise<pg.QueryResult> {
    try {
      return await sendOn(client, parameters);
    } catch (error) {
      this.undo();
      throw error;
    }
  }

  private begun(): Promise<pg.PoolClient> {
    if (this.isEnded) throw new Error('the transaction of the request has ended');
    if (this.client === undefined || this.isUndone) this.client = this.begin(this.client);
    this.isUndone = false;
    return this.client;
  }

  private async begin(previous: Promise<pg.PoolClient> | undefined): Promise<pg.PoolClient> {
    if (previous) await rollback(previous);
    const client = await connect(this.pool);
    const direct: Route = { query: (...parameters) => sendOn(client, parameters), connect: () => client };
    try {
      // Sent without waiting: begin, and what comes after it, are one round trip.
      await Promise.all([client.query('begin'), routes.run(direct, this.afterBegin)]);
      return client;
    } catch (error) {
      this.refusal = error;
      await end(client, 'rollback').catch(() => undefined);
      throw error;
    }
  }
}

const limitOf = ({ options }: pg.Pool) => Number(options.statement_timeout);

const sendOn = (client: pg.PoolClient, parameters: unknown[]) =>
  (client.query as unknown as Send).apply(client, parameters);

/** With a callback, because `Pool.connect` without one asks for the current route. */
const connect = (pool: pg.Pool): Promise<pg.PoolClient> =>
  new Promise((resolve, reject) => {
    pool.connect((error, client) => (client ? resolve(client) : reject(error)));
  });

async function end(client: pg.PoolClient, command: 'commit' | 'rollback'): Promise<void> {
  try {
    await client.query(command);
    client.release();
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
}

/** Does nothing if the transaction did not begin. A connection that cannot roll back is closed, which does the same. */
const rollback = (client: Promise<pg.PoolClient>): Promise<void> =>
  client.then((each) => end(each, 'rollback')).catch(() => undefined);
