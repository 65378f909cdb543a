import { slugify } from '../../../slugs/slug.ts';

/** The slugs of a file that need no change. They win over slugs that the import makes, whatever the order in the file. */
export class KeptSlugs {
  readonly #slugs = new Set<string>();

  /** @param fallback as for {@link slugify} */
  add(slugInFile: string | null, fallback: string): void {
    if (slugInFile !== null && slugify(slugInFile, fallback) === slugInFile) this.#slugs.add(slugInFile);
  }

  has(slug: string): boolean {
    return this.#slugs.has(slug);
  }
}
