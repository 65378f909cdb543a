import { fit } from '../html/plain-text.ts';

/** Each kind of thing that an export holds, in the order in which the ledger lists them. */
export const KINDS = [
  'authors',
  'categories',
  'tags',
  'otherTerms',
  'posts',
  'categoryLinks',
  'tagLinks',
  'otherLinks',
  'authorLinks',
  'pages',
  'attachments',
  'menuItems',
  'otherItems',
  'comments',
  'customFields',
] as const;
export type Kind = (typeof KINDS)[number];

export const OUTCOMES = ['created', 'updated', 'unchanged', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type Sums = Record<Outcome, number> & { inFile: number };

/** Something that a person should know of one thing in the file. */
export interface Entry {
  kind: Kind | 'file';
  /** `noted`: it is there, though not quite as in the file. */
  what: 'skipped' | 'updated' | 'noted';
  /** Where it begins in the file, counted from 1. */
  line: number;
  /** How many things at that line it is about. */
  count: number;
  /** The same sentence for all to which the same happened, so that they can be grouped. */
  reason: string;
  detail: string | null;
}

/** A name may be of megabytes. */
const MAX_DETAIL = 200;

/** Entries with one reason. Lines, counts and details are kept apart: a large file may have hundreds of thousands. */
export class EntryGroup {
  readonly lines: number[] = [];
  readonly #counts = new Map<number, number>();
  readonly #details: string[] = [];
  total = 0;

  constructor(
    readonly kind: Entry['kind'],
    readonly what: Entry['what'],
    readonly reason: string,
  ) {}

  add(line: number, detail: string | null, count: number): void {
    const place = this.lines.push(line) - 1;
    if (detail !== null) this.#details[place] = fit(detail, MAX_DETAIL);
    if (count !== 1) this.#counts.set(place, count);
    this.total += count;
  }

  *entries(): Generator<Entry> {
    const { kind, what, reason } = this;
    for (const [place, line] of this.lines.entries()) {
      yield { kind, what, line, count: this.#counts.get(place) ?? 1, reason, detail: this.#details[place] ?? null };
    }
  }
}

/**
 * What became of everything in a file. It does not know what the file holds: that is counted apart, when the file is
 * read for the first time, and `balance` holds the two against each other.
 */
export class Ledger {
  readonly #outcomes = new Map(KINDS.map((kind) => [kind, { created: 0, updated: 0, unchanged: 0, skipped: 0 }]));
  readonly #groups = new Map<string, EntryGroup>();

  add(kind: Kind, outcome: Outcome, count = 1): void {
    const sums = this.#outcomes.get(kind);
    if (sums) sums[outcome] += count;
  }

  skip(kind: Kind, line: number, reason: string, detail: string | null = null, count = 1): void {
    if (count === 0) return;
    this.add(kind, 'skipped', count);
    this.#enter(kind, 'skipped', line, reason, detail, count);
  }

  update(kind: Kind, line: number, parts: readonly string[]): void {
    this.add(kind, 'updated');
    this.#enter(kind, 'updated', line, 'changed in the file', parts.join(', '), 1);
  }

  note(kind: Entry['kind'], line: number, reason: string, detail: string | null = null, count = 1): void {
    this.#enter(kind, 'noted', line, reason, detail, count);
  }

  #enter(kind: Entry['kind'], what: Entry['what'], line: number, reason: string, detail: string | null, count: number) {
    const key = `${what} ${kind} ${reason}`;
    let group = this.#groups.get(key);
    if (!group) this.#groups.set(key, (group = new EntryGroup(kind, what, reason)));
    group.add(line, detail, count);
  }

  /** How many rows of these kinds were written. */
  written(...kinds: Kind[]): number {
    return kinds.reduce((sum, kind) => {
      const { created = 0, updated = 0 } = this.#outcomes.get(kind) ?? {};
      return sum + created + updated;
    }, 0);
  }

  groups(what: Entry['what']): EntryGroup[] {
    return [...this.#groups.values()].filter((group) => group.what === what);
  }

  /**
   * The sums of every kind.
   *
   * @param inFile how many there are in the file
   * @throws Error unless each thing in the file has exactly one outcome
   */
  balance(inFile: Record<Kind, number>): Record<Kind, Sums> {
    const sums = {} as Record<Kind, Sums>;
    for (const [kind, outcomes] of this.#outcomes) {
      const total = OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0);
      if (total !== inFile[kind]) {
        throw new Error(`The ledger does not balance: ${inFile[kind]} ${kind} in the file, ${total} accounted for.`);
      }
      sums[kind] = { inFile: inFile[kind], ...outcomes };
    }
    return sums;
  }
}
