/**
 * What lists and counts must be, computed the slow and obvious way from plain rows. It shares nothing with the code that
 * it judges: no SQL, no cursors, no stored sort key.
 */

export interface Category {
  id: number;
  name: string;
  slug: string;
  parentId: number | null;
  position: number;
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
  authorIds: number[];
}

export interface World {
  categories: Category[];
  authors: Author[];
  articles: Article[];
}

export type Status = 'draft' | 'scheduled' | 'published' | 'trashed';
export type Sort = 'publishedAt' | '-publishedAt' | 'title' | '-title' | 'updatedAt' | '-updatedAt' | 'relevance';

/** A word, or several in a row where it is a phrase. */
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
  /** Alternatives, each of terms that must all be met. A plain word at the very end may be the beginning of one. */
  search: Term[][] | null;
  sort: Sort;
}

/** The articles that a list must hold, in its order; by id alone where it is sorted by relevance. */
export function list(world: World, query: Query): Article[] {
  return world.articles.filter((article) => matches(world, query, article)).sort(order(query.sort));
}

export function statusOf({ deletedAt, publishedAt }: Article): Status {
  if (deletedAt) return 'trashed';
  if (!publishedAt) return 'draft';
  return publishedAt.getTime() > Date.now() ? 'scheduled' : 'published';
}

function matches(world: World, query: Query, article: Article): boolean {
  const under = (name: string) => {
    const reached = reach(world, name, query.descendants);
    return article.categoryIds.some((id) => reached.has(id));
  };
  const signed = (name: string) =>
    world.authors.some((author) => article.authorIds.includes(author.id) && isCalled(author, name));
  const published = article.publishedAt?.getTime();
  return (
    (query.statuses ?? ['published']).includes(statusOf(article)) &&
    (query.path === null || under(query.path)) &&
    (query.all === null || query.all.every(under)) &&
    (query.any === null || query.any.some(under)) &&
    !(query.none !== null && query.none.some(under)) &&
    (query.authors === null || query.authors.some(signed)) &&
    (query.since === null || (published !== undefined && published >= Date.parse(query.since))) &&
    (query.until === null || (published !== undefined && published < Date.parse(query.until))) &&
    (query.search === null || found(article, query.search))
  );
}

const isCalled = (row: { id: number; slug: string }, name: string) =>
  /^\d+$/.test(name) ? row.id === Number(name) : row.slug === name;

/** The category of that name, with its subtree where the filter widens; empty when there is none. */
function reach(world: World, name: string, descendants: boolean): Set<number> {
  const reached = new Set(world.categories.filter((category) => isCalled(category, name)).map(({ id }) => id));
  // A set takes what is added while it is walked.
  for (const id of descendants ? reached : []) {
    for (const child of world.categories) if (child.parentId === id) reached.add(child.id);
  }
  return reached;
}

/** Words as a search sees them: without accents, in small letters. */
const words = (text: string | null) =>
  (text ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss').split(' ').filter(Boolean);

function found(article: Article, search: Term[][]): boolean {
  const text = [article.title, article.excerpt, article.content].flatMap(words);
  return search.some((terms, alternative) =>
    terms.every((term, index) => {
      const last = alternative === search.length - 1 && index === terms.length - 1;
      const isPrefix = last && !term.phrase && !term.excluded;
      const wanted = term.words.flatMap(words);
      const isAt = (place: number) =>
        wanted.every((word, step) => (isPrefix ? text[place + step]?.startsWith(word) : text[place + step] === word));
      return text.some((_, place) => isAt(place)) !== term.excluded;
    }),
  );
}

const collator = new Intl.Collator('und');
const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Drafts have no place among the dates: they are later than all. */
const dateOf = ({ publishedAt }: Article) => publishedAt?.getTime() ?? Number.POSITIVE_INFINITY;
const numbers = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

const ASCENDING: Record<string, (a: Article, b: Article) => number> = {
  publishedAt: (a, b) => numbers(dateOf(a), dateOf(b)),
  updatedAt: (a, b) => numbers(a.updatedAt.getTime(), b.updatedAt.getTime()),
  // PostgreSQL calls strings equal when their bytes are: those that look the same to the collation go by these.
  title: (a, b) => collator.compare(a.title, b.title) || bytes(a.title, b.title),
  relevance: () => 0,
};

function order(sort: Sort): (a: Article, b: Article) => number {
  const compare = ASCENDING[sort.replace('-', '')] as (a: Article, b: Article) => number;
  const sign = sort.startsWith('-') ? -1 : 1;
  return (a, b) => sign * (compare(a, b) || numbers(a.id, b.id));
}

const named = ({ id, name, slug }: { id: number; name: string; slug: string }) => ({ id, name, slug });
const inOrder = <T extends { id: number }>(rows: T[], ids: number[]) =>
  ids.map((id) => rows.find((row) => row.id === id) as T);

/** An article as a list shows it. */
export function shown(world: World, article: Article, fields: string[] | null) {
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
    categories: inOrder(world.categories, article.categoryIds).map(named),
    authors: inOrder(world.authors, article.authorIds).map(named),
  };
  const names = fields ?? Object.keys(row).filter((field) => field !== 'content');
  return Object.fromEntries(names.map((field) => [field, row[field]]));
}

/** The categories of these articles with how many of them each holds, the largest first. */
export function facets(world: World, articles: Article[]) {
  return world.categories
    .map((category) => ({
      ...named(category),
      count: articles.filter((each) => each.categoryIds.includes(category.id)).length,
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.id - b.id);
}

/** All categories, each after its parent, siblings by position, then id; each with its path and counts. */
export function tree(world: World, parentId: number | null = null, path: ReturnType<typeof named>[] = []): Counted[] {
  const children = world.categories.filter((category) => category.parentId === parentId);
  children.sort((a, b) => a.position - b.position || a.id - b.id);
  return children.flatMap((category) => [
    {
      id: category.id,
      path,
      articleCount: count(world, category, false),
      articleCountDeep: count(world, category, true),
    },
    ...tree(world, category.id, [...path, named(category)]),
  ]);
}

export interface Counted {
  id: number;
  path: { id: number; name: string; slug: string }[];
  articleCount: number;
  articleCountDeep: number;
}

function count(world: World, { id }: Category, deep: boolean): number {
  const reached = reach(world, String(id), deep);
  return world.articles.filter(
    (article) => statusOf(article) === 'published' && article.categoryIds.some((each) => reached.has(each)),
  ).length;
}
