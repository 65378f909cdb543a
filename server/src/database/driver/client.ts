import type { Socket } from 'node:net';
import pg from 'pg';
import { withLiterals } from './literals.ts';

/**
 * The name of PostgreSQL's unnamed statement, which is planned each time. Its values are sent as literals in its text: for
 * parameters, PostgreSQL would make a plan for any values, since `plan_cache_mode` (connection.ts) applies to it too.
 */
export const UNNAMED = '';

interface ClientOptions {
  /** False for a pooler that can run each statement on another connection: then no statement has a name. */
  prepare: boolean;
  /** How long to wait for a response before the connection is ended. Undefined: without a limit. */
  silenceLimitMs: number | undefined;
}

/** A statement as Drizzle passes it to pg. */
interface Statement {
  name?: string;
  text: string;
  rowMode?: string;
  types?: unknown;
}

/**
 * Returns a client class that adds the options above to the client of pg.
 *
 * It has one timer for each connection. With the `query_timeout` of pg, each query sets a timer. Node keeps timers in a
 * linked list, through which the garbage of one request retained that of the next: 4 kB each, up to 100 MB.
 */
export const clientWith = ({ prepare, silenceLimitMs }: ClientOptions) =>
  class extends pg.Client {
    private isWaiting = false;
    private bytesRead = 0;
    private readonly timer = silenceLimitMs === undefined ? undefined : this.startTimer(silenceLimitMs);

    private startTimer(ms: number) {
      this.on('drain', () => {
        this.isWaiting = false;
      });
      return setTimeout(() => this.isWaiting && this.endIfSilent(), ms).unref();
    }

    private get socket() {
      return this.connection.stream as Socket;
    }

    private watch() {
      this.bytesRead = this.socket.bytesRead;
      this.timer?.refresh();
    }

    /**
     * On a shared connection, some statement always waits. So the test is whether bytes have arrived since the last check.
     */
    private endIfSilent() {
      if (this.socket.bytesRead === this.bytesRead) this.socket.destroy();
      else this.watch();
    }

    override query(...parameters: unknown[]): never {
      if (!this.isWaiting) this.watch();
      this.isWaiting = true;
      const send = super.query.bind(this) as (...all: unknown[]) => never;
      const [statement, values = [], done] = parameters as [string | Statement, unknown[]?, unknown?];
      if (typeof statement === 'string' || statement.name === undefined) return send(...parameters);
      if (!prepare) return send({ ...statement, name: undefined }, values, done);
      if (statement.name !== UNNAMED) return send(...parameters);
      return send({ ...statement, name: undefined, text: withLiterals(statement.text, values) }, undefined, done);
    }
  };
