import { Injectable } from '@nestjs/common';
import { BoundedReads, type ReadOptions } from '../../bounded-reads/bounded-reads.ts';
import type { Database } from '../../database/database.ts';
import { LINKED_TABLES, type LinkedTable } from '../article-relations.ts';
import { recordOf } from '../record-of.ts';
import { listNames } from './linked-names.queries.ts';
import { emptyNames, type LinkedRow, NameMemory, type Names } from './name-memory.ts';

/** An article as a list selects it, with the ids of `linkedIds`. */
type WithIds = Record<LinkedTable, readonly string[]> & { nameEpoch: string };
/**
 * The same with the linked rows. JSON omits `nameEpoch`, which is undefined: creating rows without the key takes 6 µs more
 * for a page.
 */
type WithNames<Row> = Omit<Row, LinkedTable | 'nameEpoch'> & Record<LinkedTable, LinkedRow[]>;

/** Names changed between the statement that read ids and the one that read names. */
class NamesChanged extends Error {}

/**
 * Adds the names and slugs of categories and authors to the rows of lists. Each row contains the epoch of its names
 * (`name_epoch`). All names in memory belong to one epoch, and a response uses only names of one epoch. So it never
 * contains a name that was stale when it was read, or names from different times (docs/decisions/0022).
 */
@Injectable()
export class LinkedNames {
  constructor(
    private readonly reads: BoundedReads,
    private readonly memory: NameMemory,
  ) {}

  /**
   * Runs a read that uses `nameRows`. If names change during the read, it runs again on one snapshot.
   *
   * @throws the errors of `BoundedReads.run`
   */
  async run<T>(options: ReadOptions, read: (db: Database) => Promise<T>): Promise<T> {
    try {
      return await this.reads.run(options, read);
    } catch (error) {
      if (!(error instanceof NamesChanged)) throw error;
      return this.reads.run({ ...options, onSnapshot: true }, read);
    }
  }

  /**
   * Returns rows of one snapshot with their categories and authors. Reads only names that are not in memory.
   *
   * @throws NamesChanged unless `db` is the snapshot of the rows
   */
  async nameRows<Row extends WithIds>(db: Database, rows: readonly Row[]): Promise<WithNames<Row>[]> {
    const epoch = rows[0]?.nameEpoch;
    if (epoch === undefined) return [];
    const known = this.memory.namesOf(epoch);
    const named = withNames(rows, known);
    if (named) return named;
    const read = await readNames(db, missingIds(rows, known), epoch);
    this.memory.remember(epoch, read);
    const namedNow = withNames(rows, known, read);
    if (!namedNow) throw new NamesChanged(); // a row was deleted after its id was read
    return namedNow;
  }
}

/** Returns null if the name of an id is neither in memory nor read. */
function withNames<Row extends WithIds>(rows: readonly Row[], known: Names, read = known): WithNames<Row>[] | null {
  const named: WithNames<Row>[] = [];
  for (const row of rows) {
    const copy = { ...row, nameEpoch: undefined } as unknown as WithNames<Row>;
    for (const table of LINKED_TABLES) {
      const linkedRows = row[table].map((id) => known[table].get(id) ?? read[table].get(id));
      if (linkedRows.includes(undefined)) return null;
      copy[table] = linkedRows as WithNames<Row>[LinkedTable];
    }
    named.push(copy);
  }
  return named;
}

const missingIds = (rows: readonly WithIds[], known: Names) =>
  recordOf(LINKED_TABLES, (table) => {
    const ids = new Set(rows.flatMap((row) => row[table]));
    return [...ids].filter((id) => !known[table].has(id));
  });

/** @throws NamesChanged if they are not of this epoch */
async function readNames(db: Database, ids: Record<LinkedTable, string[]>, epoch: string): Promise<Names> {
  const names = emptyNames();
  for (const { table, nameEpoch, ...linkedRow } of await listNames(db, ids)) {
    if (nameEpoch !== epoch) throw new NamesChanged();
    names[table].set(String(linkedRow.id), linkedRow);
  }
  return names;
}
