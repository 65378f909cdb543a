import type { PlannedLink } from '../plan/article-link-plan.ts';
import type { PlannedArticle } from '../plan/article-plan.ts';

type IdsByKey = ReadonlyMap<string, number>;

export interface ResolvedLink {
  kind: PlannedLink['kind'];
  /** The id of the category. */
  id: number;
}

/** Resolves the keys of authors, categories and tags to the ids of their rows. */
export class LinkResolver {
  readonly #authorIds: IdsByKey;
  readonly #termIds: IdsByKey;
  readonly #importTags: boolean;

  constructor({ authorIds, termIds }: { authorIds: IdsByKey; termIds: IdsByKey }, importTags: boolean) {
    this.#authorIds = authorIds;
    this.#termIds = termIds;
    this.#importTags = importTags;
  }

  /** Returns the links to categories and, unless tags are skipped, to tags, in file order. */
  termLinksOf({ links }: PlannedArticle): ResolvedLink[] {
    const imported = links.filter(({ kind }) => kind === 'categoryLinks' || this.#importTags);
    return imported.map(({ kind, key }) => ({ kind, id: resolve(this.#termIds, key) }));
  }

  authorIdsOf({ authors }: PlannedArticle): number[] {
    return authors.map((key) => resolve(this.#authorIds, key));
  }
}

function resolve(ids: IdsByKey, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The file changed during the import: ${key} was not in it in the first pass.`);
  return id;
}
