import { slugStem } from '../../../slugs/slug.ts';

/** Lists the slugs in use that consist of the stem and a suffix. */
type ListSlugs = (stem: string) => PromiseLike<readonly { slug: string }[]>;

/**
 * Allocates suffixes for slugs that are in use, each only once. The slugs with the same stem are listed once per import:
 * ten thousand untitled posts would otherwise run ten thousand queries that return ten thousand slugs each.
 */
export class SlugAllocator {
  readonly #listSlugs: ListSlugs;
  readonly #stems = new Map<string, { used: Set<string>; nextSuffix: number }>();

  constructor(listSlugs: ListSlugs) {
    this.#listSlugs = listSlugs;
  }

  /** Returns the first of `slug-2`, `slug-3` … that was not in use when the stem was first listed. */
  async allocate(slug: string): Promise<string> {
    const stem = slugStem(slug);
    let state = this.#stems.get(stem);
    if (!state) {
      const rows = await this.#listSlugs(stem);
      this.#stems.set(stem, (state = { used: new Set(rows.map((row) => row.slug)), nextSuffix: 2 }));
    }
    while (state.used.has(`${stem}-${state.nextSuffix}`)) state.nextSuffix += 1;
    state.nextSuffix += 1;
    return `${stem}-${state.nextSuffix - 1}`;
  }
}
