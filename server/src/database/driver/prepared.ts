import type { Database } from '../database.ts';

interface Prepared<T> {
  execute(values?: Record<string, unknown>): Promise<T>;
  getQuery(): { sql: string };
}

interface Preparable<P> {
  prepare(name: string): P;
}

/**
 * A statement built once for each pool or transaction and known to PostgreSQL by its name: Drizzle builds no SQL and
 * PostgreSQL parses and plans none on the way of a request. Others measured three times the throughput.
 *
 * @param build gives the builder, with `sql.placeholder` for every value
 */
export function prepared<P extends Prepared<unknown>>(name: string, build: (db: Database) => Preparable<P>) {
  const built = new WeakMap<Database, P>();
  return (db: Database): P => {
    const known = built.get(db);
    if (known) return known;
    const statement = build(db).prepare(name);
    built.set(db, statement);
    return statement;
  };
}

/** A name that begins so is not sent: PostgreSQL plans the statement anew each time, for the values that it sees. */
export const UNNAMED = '~';

const quick = new Set<string>();

/**
 * The same for a statement that is over in a moment, whatever its values and however large a category is: while all
 * connections are busy it may share one with others of its kind, see `pool.ts`. Not for writes, which wait for locks.
 */
export function quickly<P extends Prepared<unknown>>(name: string, build: (db: Database) => Preparable<P>) {
  quick.add(name);
  return prepared(name, build);
}

export const isQuick = (name: string) => quick.has(name);
