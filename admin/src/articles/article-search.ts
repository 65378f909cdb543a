import type { ListArticlesData } from '@rubric/client';
import { startOfDay } from '../api/start-of-day.ts';

type Query = NonNullable<ListArticlesData['query']>;
export type Status = NonNullable<Query['status']>[number];

/** What the list shows by default: everything but the trash. */
export const LIVE = ['draft', 'scheduled', 'published'] as const satisfies readonly Status[];
const STATUSES: readonly Status[] = [...LIVE, 'trashed'];
const SORTS = ['-updatedAt', 'updatedAt', '-publishedAt', 'publishedAt', 'title', '-title', 'relevance'] as const;
export type Sort = (typeof SORTS)[number];

/** Ids as they are in the URL: `7`, or `7,12`. The router keeps a number as it is and would quote a string of digits. */
type Ids = number | string;

/** Filter and order of the list, in the URL. What is absent does not filter. */
export interface ArticleSearch {
  q?: string;
  /** Comma between several. */
  status?: string;
  any?: Ids;
  all?: Ids;
  none?: Ids;
  /** Whether the categories stand for what is below them too. */
  below?: true;
  uncategorised?: true;
  /** Only live articles with a working draft. */
  changed?: true;
  author?: Ids;
  /** The first and the last day, as `2026-11-27` in the zone of the person. */
  from?: string;
  to?: string;
  sort?: Sort;
}

/** The names of the filters by categories: in any of them, in all, in none. */
export const CATEGORY_FILTERS = ['any', 'all', 'none'] as const;

/** Reads the search of a URL. What makes no sense is left out. */
export function parseArticleSearch(raw: Record<string, unknown>): ArticleSearch {
  const status = textOf(raw['status'])
    ?.split(',')
    .filter((each) => STATUSES.includes(each as Status))
    .join();
  const sort = SORTS.find((each) => each === raw['sort']);
  const q = textOf(raw['q'])?.trim();
  return withoutEmpty({
    q,
    status,
    any: writeIds(readIds(raw['any'])),
    all: writeIds(readIds(raw['all'])),
    none: writeIds(readIds(raw['none'])),
    below: raw['below'] === true ? true : undefined,
    uncategorised: raw['uncategorised'] === true ? true : undefined,
    changed: raw['changed'] === true ? true : undefined,
    author: writeIds(readIds(raw['author'])),
    from: dayOf(raw['from']),
    to: dayOf(raw['to']),
    sort: sort === 'relevance' && !q ? undefined : sort,
  });
}

export const readIds = (ids: unknown): number[] =>
  [...new Set((textOf(ids) ?? '').split(','))].map(Number).filter((id) => Number.isSafeInteger(id) && id > 0);

export const writeIds = (ids: readonly number[]): Ids | undefined => (ids.length > 1 ? ids.join() : ids[0]);

/** With words the best match comes first, else what was changed last: that is what an editor was busy with. */
export const sortOf = ({ sort, q }: ArticleSearch): Sort => sort ?? (q ? 'relevance' : '-updatedAt');

/** The parameters of `GET /articles` that filter and order. */
export function queryOf(search: ArticleSearch): Query {
  const { any, all, none, author, below, uncategorised, changed, from, to, q } = search;
  // The API refuses the two together; the newer wish, for none at all, counts.
  const categories = uncategorised
    ? { uncategorised }
    : {
        ...(any !== undefined && { 'categories[any]': idsOf(any) }),
        ...(all !== undefined && { 'categories[all]': idsOf(all) }),
        ...(none !== undefined && { 'categories[none]': idsOf(none) }),
        ...(below && (any ?? all ?? none) !== undefined && { descendants: true }),
      };
  return {
    status: (search.status?.split(',') as Status[] | undefined) ?? [...LIVE],
    sort: sortOf(search),
    ...categories,
    ...(author !== undefined && { author: idsOf(author) }),
    ...(changed && { hasDraft: true }),
    ...(from && { 'published[gte]': startOfDay(from) }),
    ...(to && { 'published[lt]': startOfDay(to, 1) }),
    ...(q && { q, highlight: true }),
  };
}

/** Whether anything but the words, the status and the order filters. */
export const countFilters = ({ any, all, none, uncategorised, changed, author, from, to }: ArticleSearch): number =>
  [uncategorised ?? any ?? all ?? none, changed, author, from ?? to].filter((each) => each !== undefined).length;

const idsOf = (ids: Ids): string[] => readIds(ids).map(String);

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const dayOf = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
};

/** Without what is absent or empty, so that the URL stays short. */
export const withoutEmpty = <T extends object>(value: { [K in keyof T]?: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined && each !== '')) as T;
