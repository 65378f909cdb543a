import pg from 'pg';
import Query, { type Done } from 'pg/lib/query.js';
import { prepareValue } from 'pg/lib/utils.js';
import { type Columns, type NamedStatement, Run, type Statement } from './described-query.ts';
import { UNNAMED } from './prepared.ts';

type Parameters = [statement: string | Statement | Query, values?: unknown[], done?: Done];

/**
 * Speaks to PostgreSQL as `prepared` asks, or names nothing, for a pooler that hands each statement to another connection.
 *
 * @param patienceMs after so long without an answer the connection is ended. pg has a `query_timeout`, a timer for each
 * query, whose list ties the garbage of one request to that of the next: it all grew old, 4 kB each, until 100 MB were full
 */
export const clientThatPrepares = (prepare: boolean, patienceMs: number) =>
  class extends pg.Client {
    private readonly known = new Map<string, Columns>();
    private waits = false;
    private readonly patience = this.startPatience();

    private startPatience() {
      const timer = setTimeout(() => this.waits && this.connection.stream.destroy(), patienceMs).unref();
      this.on('drain', () => {
        this.waits = false;
      });
      return timer;
    }

    override query(...parameters: unknown[]): never {
      this.waits = true;
      this.patience.refresh();
      const [statement, values, done] = parameters as Parameters;
      const send = super.query.bind(this) as (...all: unknown[]) => never;
      if (!isNamed(statement)) return send(...parameters);
      const { name, text } = statement;
      if (!prepare) return send({ ...statement, name: undefined }, values, done);
      if (name.startsWith(UNNAMED))
        return send({ ...statement, name: undefined, text: written(text, values ?? []) }, undefined, done);
      const run = (finish: Done) => send(new Run(statement, values ?? [], this.known, finish));
      return (done ? run(done) : promised(run)) as never;
    }
  };

export const isNamed = (statement: Parameters[0]): statement is NamedStatement =>
  typeof statement !== 'string' && !(statement instanceof Query) && statement.name !== undefined;

/** What `work` hands to its callback, as a promise. */
export const promised = (work: (done: Done) => void) =>
  new Promise((resolve, reject) => work((error, result) => (error ? reject(error) : resolve(result))));

/** A statement with its values written into it as literals. */
function written(text: string, values: unknown[]): string {
  const literal = (value: unknown): string =>
    value === null || value === undefined ? 'null' : pg.escapeLiteral(String(prepareValue(value)));
  return text.replace(/\$(\d+)/g, (_, position) => literal(values[Number(position) - 1]));
}
