import type { z } from 'zod';
import type { Reference } from '../../http/wire.schema.ts';
import { LINKED_TABLES, type LinkedTable } from '../article-relations.ts';
import { recordOf } from '../record-of.ts';

export type LinkedRow = z.output<typeof Reference>;
export type Names = Record<LinkedTable, Map<string, LinkedRow>>;

/** 10 MB for names of 20 characters, 23 MB for 150. One more name empties the memory. */
const MAX_NAMES = 50_000;

export const emptyNames = (): Names => recordOf(LINKED_TABLES, () => new Map<string, LinkedRow>());
const sizeOf = (names: Names) => LINKED_TABLES.reduce((sum, table) => sum + names[table].size, 0);

/**
 * The names and slugs of categories and authors in memory, all of one epoch (docs/decisions/0022). Deleting a row also
 * starts a new epoch.
 */
export class NameMemory {
  private epoch = '';
  private names = emptyNames();

  /** Returns the names in memory that belong to an epoch. */
  namesOf(epoch: string): Names {
    return epoch === this.epoch ? this.names : emptyNames();
  }

  /** @param read names that one statement read with their epoch */
  remember(epoch: string, read: Names) {
    if (epoch !== this.epoch || sizeOf(this.names) + sizeOf(read) > MAX_NAMES) {
      this.epoch = epoch;
      this.names = emptyNames();
    }
    for (const table of LINKED_TABLES) for (const [id, linkedRow] of read[table]) this.names[table].set(id, linkedRow);
  }
}
