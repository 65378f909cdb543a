import { slugStem } from '../../../slugs/slug.ts';

/** The slugs in use that have something behind the stem. */
type List = (stem: string) => PromiseLike<readonly { slug: string }[]>;

/**
 * Suffixes for slugs that were taken, each given once. What begins with a stem is asked for once in an import: ten
 * thousand untitled posts would otherwise make ten thousand searches through ten thousand slugs.
 */
export class FreeSlugs {
  readonly #list: List;
  readonly #stems = new Map<string, { taken: Set<string>; next: number }>();

  constructor(list: List) {
    this.#list = list;
  }

  /** The first of `base-2`, `base-3` … that is free, as far as can be seen. */
  async take(base: string): Promise<string> {
    const stem = slugStem(base);
    let known = this.#stems.get(stem);
    if (!known) {
      const rows = await this.#list(stem);
      this.#stems.set(stem, (known = { taken: new Set(rows.map(({ slug }) => slug)), next: 2 }));
    }
    while (known.taken.has(`${stem}-${known.next}`)) known.next += 1;
    known.next += 1;
    return `${stem}-${known.next - 1}`;
  }
}
