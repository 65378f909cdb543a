import type { PlannedArticle, PlannedLink } from '../plan/article-plan.ts';

type Ids = ReadonlyMap<string, number>;

export interface ResolvedLink {
  kind: PlannedLink['kind'];
  /** Of the category or tag. */
  id: number;
}

/** Turns what a file means into ids of rows. */
export class ArticleLinks {
  readonly #authors: Ids;
  readonly #terms: Ids;
  readonly #withTags: boolean;

  /** @param withTags whether links to tags are looked at */
  constructor({ authors, terms }: { authors: Ids; terms: Ids }, withTags: boolean) {
    this.#authors = authors;
    this.#terms = terms;
    this.#withTags = withTags;
  }

  /** In the file's order. */
  of({ links }: PlannedArticle): ResolvedLink[] {
    const wanted = links.filter(({ kind }) => kind === 'categoryLinks' || this.#withTags);
    return wanted.map(({ kind, key }) => ({ kind, id: idOf(this.#terms, key) }));
  }

  authorIdsOf({ author }: PlannedArticle): number[] {
    return author === null ? [] : [idOf(this.#authors, author)];
  }
}

function idOf(ids: Ids, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The file changed while it was read: ${key} was not in it before.`);
  return id;
}
