/**
 * The expected lists and counts, computed from plain rows in the slow and obvious way. It shares nothing with the code
 * under test: no SQL, no cursors, no stored sort key.
 */

export interface Category {
  id: number;
  name: string;
  slug: string;
  parentId: number | null;
  position: number;
  ordering: 'newest' | 'manual';
}

export interface Author {
  id: number;
  name: string;
  slug: string;
}

export interface Article {
  id: number;
  title: string;
  slug: string;
  excerpt: string | null;
  content: string;
  contentFormat: string;
  publishedAt: Date | null;
  deletedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
  /** In order. */
  categoryIds: number[];
  /** By the id of the category. */
  ranks: Record<string, string>;
  authorIds: number[];
  hasDraft: boolean;
}

export interface World {
  categories: Category[];
  authors: Author[];
  articles: Article[];
}

export type Status = 'draft' | 'scheduled' | 'published' | 'trashed';
export type Sort =
  | 'publishedAt'
  | '-publishedAt'
  | 'title'
  | '-title'
  | 'updatedAt'
  | '-updatedAt'
  | 'relevance'
  | 'rank';

/** A word; a phrase has several in a row. */
export interface Term {
  words: string[];
  phrase: boolean;
  excluded: boolean;
}

export interface Query {
  /** The category of the path, for `GET /categories/:idOrSlug/articles`. */
  path: string | null;
  any: string[] | null;
  all: string[] | null;
  none: string[] | null;
  descendants: boolean;
  authors: string[] | null;
  statuses: Status[] | null;
  since: string | null;
  until: string | null;
  ids: string[] | null;
  /** Never together with a category. */
  uncategorised: boolean;
  hasDraft: boolean;
  /** Alternatives, each a list of terms that must all match. A plain word at the very end is also a prefix. */
  search: Term[][] | null;
  sort: Sort | null;
}

/** The articles of a list, in its order; by relevance in the order of their ids. */
export function list(world: World, query: Query): Article[] {
  const articles = world.articles.filter((article) => matches(world, query, article));
  const category = rankCategoryOf(world, query);
  const sort = query.sort ?? (query.path !== null && category?.ordering === 'manual' ? 'rank' : '-publishedAt');
  if (sort !== 'rank') return articles.sort(order(sort));
  const rankOf = ({ ranks }: Article) => (category ? ranks[category.id] : undefined);
  const ranked = articles.filter((article) => rankOf(article) !== undefined);
  const others = articles.filter((article) => rankOf(article) === undefined);
  return [
    ...ranked.sort((a, b) => bytes(rankOf(a) as string, rankOf(b) as string)),
    ...others.sort(order('-publishedAt')),
  ];
}

/** The category whose ranks order a list. */
function rankCategoryOf({ categories }: World, { path, any, all, descendants }: Query): Category | undefined {
  const idOrSlug = path ?? any?.[0] ?? all?.[0];
  return idOrSlug === undefined || descendants ? undefined : categories.find((each) => hasIdOrSlug(each, idOrSlug));
}

export function statusOf({ deletedAt, publishedAt }: Article): Status {
  if (deletedAt) return 'trashed';
  if (!publishedAt) return 'draft';
  return publishedAt.getTime() > Date.now() ? 'scheduled' : 'published';
}

function matches(world: World, query: Query, article: Article): boolean {
  const isIn = (idOrSlug: string) => {
    const ids = categoryIdsOf(world, idOrSlug, query.descendants);
    return article.categoryIds.some((id) => ids.has(id));
  };
  const isBy = (idOrSlug: string) =>
    world.authors.some((author) => article.authorIds.includes(author.id) && hasIdOrSlug(author, idOrSlug));
  const published = article.publishedAt?.getTime();
  return (
    (query.statuses ?? ['published']).includes(statusOf(article)) &&
    (query.path === null || isIn(query.path)) &&
    (query.all === null || query.all.every(isIn)) &&
    (query.any === null || query.any.some(isIn)) &&
    !(query.none !== null && query.none.some(isIn)) &&
    (query.authors === null || query.authors.some(isBy)) &&
    (query.since === null || (published !== undefined && published >= Date.parse(query.since))) &&
    (query.until === null || (published !== undefined && published < Date.parse(query.until))) &&
    (query.ids === null || query.ids.some((id) => Number(id) === article.id)) &&
    (!query.hasDraft || article.hasDraft) &&
    (!query.uncategorised || article.categoryIds.length === 0) &&
    (query.search === null || matchesSearch(article, query.search))
  );
}

const hasIdOrSlug = (row: { id: number; slug: string }, idOrSlug: string) =>
  /^\d+$/.test(idOrSlug) ? row.id === Number(idOrSlug) : row.slug === idOrSlug;

/** The id of a category, with those of its subtree if `descendants`; empty when it does not exist. */
function categoryIdsOf(world: World, idOrSlug: string, descendants: boolean): Set<number> {
  const ids = new Set(world.categories.filter((category) => hasIdOrSlug(category, idOrSlug)).map(({ id }) => id));
  // The iteration includes ids that are added meanwhile.
  for (const id of descendants ? ids : []) {
    for (const child of world.categories) if (child.parentId === id) ids.add(child.id);
  }
  return ids;
}

/**
 * Words as a search compares them: without accents, in lower case. A run of Chinese is its pairs of characters, and its last
 * character.
 */
const words = (text: string | null): string[] =>
  [
    ...(text ?? '')
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .replaceAll('ς', 'σ')
      .matchAll(/(\p{Script=Han})(?=(\p{Script=Han}?))|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu),
  ].map(([word, first, second]) => (first ? first + (second ?? '') : word));

const isSingle = (word: string) => /^\p{Script=Han}$/u.test(word);

function matchesSearch(article: Article, search: Term[][]): boolean {
  // No phrase crosses the empty word.
  const text = [...words(article.title), '', ...words(article.excerpt), '', ...words(article.content)];
  return search.some((terms, alternative) =>
    terms.every((term, position) => {
      const isLast = alternative === search.length - 1 && position === terms.length - 1;
      const termWords = term.words.flatMap(words);
      const matchesAt = (n: number, index: number) => {
        const word = termWords[n] as string;
        const isPrefix = isLast && !term.phrase && !term.excluded && n === termWords.length - 1;
        return isPrefix || isSingle(word) ? text[index]?.startsWith(word) : text[index] === word;
      };
      if (!term.phrase && !term.excluded) {
        return termWords.every((_, n) => text.some((_, index) => matchesAt(n, index)));
      }
      const hasRow = text.some((_, index) => termWords.every((_, n) => matchesAt(n, index + n)));
      return hasRow !== term.excluded;
    }),
  );
}

const collator = new Intl.Collator('und');
const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Drafts have no date: they sort as later than every date. */
const dateOf = ({ publishedAt }: Article) => publishedAt?.getTime() ?? Number.POSITIVE_INFINITY;
const numbers = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

const ASCENDING: Record<string, (a: Article, b: Article) => number> = {
  publishedAt: (a, b) => numbers(dateOf(a), dateOf(b)),
  updatedAt: (a, b) => numbers(a.updatedAt.getTime(), b.updatedAt.getTime()),
  // PostgreSQL breaks ties of a collation by comparing bytes.
  title: (a, b) => collator.compare(a.title, b.title) || bytes(a.title, b.title),
  relevance: () => 0,
};

function order(sort: Sort): (a: Article, b: Article) => number {
  const compare = ASCENDING[sort.replace('-', '')] as (a: Article, b: Article) => number;
  const sign = sort.startsWith('-') ? -1 : 1;
  return (a, b) => sign * (compare(a, b) || numbers(a.id, b.id));
}

const toReference = ({ id, name, slug }: { id: number; name: string; slug: string }) => ({ id, name, slug });
const inOrder = <T extends { id: number }>(rows: T[], ids: number[]) =>
  ids.map((id) => rows.find((row) => row.id === id) as T);

/** Returns an article as an item of a list. */
export function toItem(world: World, article: Article, fields: string[] | null) {
  const row: Record<string, unknown> = {
    id: article.id,
    title: article.title,
    slug: article.slug,
    excerpt: article.excerpt,
    content: article.content,
    contentFormat: article.contentFormat,
    publishedAt: article.publishedAt?.toISOString() ?? null,
    createdAt: article.createdAt.toISOString(),
    updatedAt: article.updatedAt.toISOString(),
    version: article.version,
    status: statusOf(article),
    hasDraft: article.hasDraft,
    categories: inOrder(world.categories, article.categoryIds).map(toReference),
    authors: inOrder(world.authors, article.authorIds).map(toReference),
  };
  const names = fields ?? Object.keys(row).filter((field) => field !== 'content');
  return Object.fromEntries(names.map((field) => [field, row[field]]));
}

/** The categories of these articles, each with the number of these articles, the largest first. */
export function facets(world: World, articles: Article[]) {
  return world.categories
    .map((category) => ({
      ...toReference(category),
      count: articles.filter((each) => each.categoryIds.includes(category.id)).length,
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.id - b.id);
}

/** All categories, each after its parent, siblings by position, then id; each with its path and counts. */
export function tree(
  world: World,
  parentId: number | null = null,
  path: ReturnType<typeof toReference>[] = [],
): CategoryCounts[] {
  const children = world.categories.filter((category) => category.parentId === parentId);
  children.sort((a, b) => a.position - b.position || a.id - b.id);
  return children.flatMap((category) => [
    {
      id: category.id,
      path,
      articleCount: count(world, category, false),
      articleCountDeep: count(world, category, true),
    },
    ...tree(world, category.id, [...path, toReference(category)]),
  ]);
}

export interface CategoryCounts {
  id: number;
  path: { id: number; name: string; slug: string }[];
  articleCount: number;
  articleCountDeep: number;
}

function count(world: World, { id }: Category, deep: boolean): number {
  const ids = categoryIdsOf(world, String(id), deep);
  return world.articles.filter(
    (article) => statusOf(article) === 'published' && article.categoryIds.some((each) => ids.has(each)),
  ).length;
}
