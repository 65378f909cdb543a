import { KINDS, type Kind } from './kinds.ts';
import { truncate } from './truncate.ts';

export const OUTCOMES = ['created', 'updated', 'unchanged', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type Totals = Record<Outcome, number> & { inFile: number };

/** A line of the import report about an object in the file. */
export interface ReportEntry {
  kind: Kind | 'file';
  /** `noted` is a warning: the object was imported, but not exactly as in the file. */
  what: 'skipped' | 'updated' | 'noted';
  /** The 1-based line where the object starts in the file. */
  line: number;
  /** The number of objects at that line. */
  count: number;
  /** The same sentence for all entries with the same cause, because the report groups entries by it. */
  reason: string;
  detail: string | null;
}

/** A file can have names of megabytes. Addresses are shorter. */
const MAX_DETAIL = 1_000;

/** The entries with the same reason, stored by column: a large file can have hundreds of thousands. */
export class EntryGroup {
  readonly lines: number[] = [];
  readonly #counts = new Map<number, number>();
  readonly #details: string[] = [];
  /** The sum of the counts. */
  total = 0;

  constructor(
    readonly kind: ReportEntry['kind'],
    readonly what: ReportEntry['what'],
    readonly reason: string,
  ) {}

  add(line: number, detail: string | null, count: number): void {
    const index = this.lines.push(line) - 1;
    if (detail !== null) this.#details[index] = truncate(detail, MAX_DETAIL);
    if (count !== 1) this.#counts.set(index, count);
    this.total += count;
  }

  *entries(): Generator<ReportEntry> {
    const { kind, what, reason } = this;
    for (const [index, line] of this.lines.entries()) {
      yield { kind, what, line, count: this.#counts.get(index) ?? 1, reason, detail: this.#details[index] ?? null };
    }
  }
}

/**
 * Records the outcome of every object and link in a file. The number of objects in the file is counted independently, in
 * the first pass over the file, and `totals` compares the two.
 */
export class ImportReport {
  readonly #outcomes = new Map(KINDS.map((kind) => [kind, { created: 0, updated: 0, unchanged: 0, skipped: 0 }]));
  readonly #groups = new Map<string, EntryGroup>();

  count(kind: Kind, outcome: Outcome, count = 1): void {
    const counts = this.#outcomes.get(kind);
    if (counts) counts[outcome] += count;
  }

  skip(kind: Kind, line: number, reason: string, detail: string | null = null, count = 1): void {
    if (count === 0) return;
    this.count(kind, 'skipped', count);
    this.#addEntry(kind, 'skipped', line, reason, detail, count);
  }

  update(kind: Kind, line: number, changedParts: readonly string[]): void {
    this.count(kind, 'updated');
    this.#addEntry(kind, 'updated', line, 'changed in the file', changedParts.join(', '), 1);
  }

  warn(kind: ReportEntry['kind'], line: number, reason: string, detail: string | null = null, count = 1): void {
    this.#addEntry(kind, 'noted', line, reason, detail, count);
  }

  #addEntry(
    kind: ReportEntry['kind'],
    what: ReportEntry['what'],
    line: number,
    reason: string,
    detail: string | null,
    count: number,
  ): void {
    const key = `${what} ${kind} ${reason}`;
    let group = this.#groups.get(key);
    if (!group) this.#groups.set(key, (group = new EntryGroup(kind, what, reason)));
    group.add(line, detail, count);
  }

  /** Returns the number of created and updated objects of these kinds. */
  writtenCount(...kinds: Kind[]): number {
    return kinds.reduce((sum, kind) => {
      const { created = 0, updated = 0 } = this.#outcomes.get(kind) ?? {};
      return sum + created + updated;
    }, 0);
  }

  /** Returns the groups in the order of their first lines: the file is read while other objects are written. */
  groups(what: ReportEntry['what']): EntryGroup[] {
    const groups = [...this.#groups.values()].filter((group) => group.what === what);
    return groups.toSorted((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0));
  }

  /**
   * Returns the totals of each kind.
   *
   * @param countsInFile the number of objects of each kind in the file
   * @throws Error unless every object in the file has exactly one outcome
   */
  totals(countsInFile: Record<Kind, number>): Record<Kind, Totals> {
    const totals = {} as Record<Kind, Totals>;
    for (const [kind, counts] of this.#outcomes) {
      const inFile = countsInFile[kind];
      const inReport = OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
      if (inReport !== inFile)
        throw new Error(
          `The import report does not match the file: ${inFile} ${kind} in the file, ${inReport} in the report.`,
        );
      totals[kind] = { inFile, ...counts };
    }
    return totals;
  }
}
