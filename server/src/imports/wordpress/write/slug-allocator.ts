import { slugStem } from '../../../slugs/slug.ts';
import { KeptSlugs } from '../plan/kept-slugs.ts';

/** Lists the slugs in use that consist of the stem and a suffix. */
type ListSlugs = (stem: string) => PromiseLike<readonly { slug: string }[]>;

/**
 * Allocates suffixes for slugs that are in use, each only once. The slugs with the same stem are listed once per import:
 * ten thousand untitled posts would otherwise run ten thousand queries that return ten thousand slugs each.
 */
export class SlugAllocator {
  readonly #listSlugs: ListSlugs;
  readonly #reserved: KeptSlugs;
  readonly #stems = new Map<string, { used: Set<string>; nextSuffix: number }>();

  /** @param reserved slugs that are not allocated, although they can be unused so far */
  constructor(listSlugs: ListSlugs, reserved = new KeptSlugs()) {
    this.#listSlugs = listSlugs;
    this.#reserved = reserved;
  }

  /** Returns the first of `slug-2`, `slug-3` … that is not reserved and was not in use when the stem was first listed. */
  async allocate(slug: string): Promise<string> {
    const stem = slugStem(slug);
    let state = this.#stems.get(stem);
    if (!state) {
      const rows = await this.#listSlugs(stem);
      this.#stems.set(stem, (state = { used: new Set(rows.map((row) => row.slug)), nextSuffix: 2 }));
    }
    for (;;) {
      const candidate = `${stem}-${state.nextSuffix}`;
      state.nextSuffix += 1;
      if (!state.used.has(candidate) && !this.#reserved.has(candidate)) return candidate;
    }
  }
}
