import type { Principal } from '../../access/principal.ts';
import type { IdOrSlug } from '../../http/wire.schema.ts';
import { fingerprint } from '../../pagination/cursor.ts';
import { envelope, pageRequestOf, pick } from '../../pagination/page.ts';
import type { ArticleListQuery, ArticleStatus } from '../articles.schema.ts';
import { type FilterShape, filterOf, isUndated } from './filters.ts';
import type { ListShape } from './keyset.queries.ts';
import type { ListValues } from './list.queries.ts';
import { isPlaceByRelevance } from './relevance.ts';

/** Is it a key that a cursor of this order holds? The text of an instant or a number, or a title as it is. */
const IS_KEY: Record<ListShape['sort'], (key: string, shape: FilterShape) => boolean> = {
  publishedAt: isListedAt,
  date: isListedAt,
  updatedAt: isInstant,
  title: (key) => !key.includes('\0') && key.isWellFormed(),
  relevance: (key, shape) => isPlaceByRelevance(key, (time) => isListedAt(time, shape)),
};

/** What an answer needs to know of a row: it holds all that an order goes by, but for its place by relevance. */
interface Listed {
  id: number;
  title: string;
  status: ArticleStatus;
  publishedAt: string | null;
  updatedAt: string;
  place?: string;
}

const withoutPlace = ({ place: _, ...row }: Listed): Listed => row;

/** The sort key of a row, as text. */
const KEY: Record<ListShape['sort'], (row: Listed) => string> = {
  publishedAt: listedAt,
  date: ({ publishedAt }) => publishedAt ?? 'infinity',
  updatedAt: ({ updatedAt }) => updatedAt,
  title: ({ title }) => title,
  relevance: ({ place }) => place ?? '',
};

/** When it is listed: drafts and the trash stand at infinity, before all that has a date. */
export function listedAt({ status, publishedAt }: Pick<Listed, 'status' | 'publishedAt'>): string {
  return (status === 'trashed' ? null : publishedAt) ?? 'infinity';
}

function isListedAt(key: string, shape: FilterShape): boolean {
  return isInstant(key) || (key === 'infinity' && isUndated(shape));
}

/** As JavaScript writes it, which no day that does not exist survives; PostgreSQL knows no year 0. */
function isInstant(key: string) {
  const time = Date.parse(key);
  return key >= '0001' && !Number.isNaN(time) && new Date(time).toISOString() === key;
}

const OF_THE_SLICE = new Set(['limit', 'after', 'before', 'page', 'total', 'fields', 'facets']);

/** What a cursor is bound to: all that the client asked for but the slice, and nothing of how it is done here. */
function markOf(query: ArticleListQuery, category: IdOrSlug | null): string {
  const filter = Object.entries(query).filter(([name]) => !OF_THE_SLICE.has(name));
  return fingerprint([filter, category]);
}

/**
 * What a list request asks of the database, and how its rows become the answer. Pure.
 *
 * @param category the category of the path, for `GET /categories/:idOrSlug/articles`
 */
export function planList(query: ArticleListQuery, principal: Principal, category: IdOrSlug | null) {
  const filter = filterOf(query, principal, category);
  const asked = query.sort.replace(/^-/, '') as ListShape['sort'];
  const sort = asked === 'publishedAt' && filter.shape.statuses.includes('trashed') ? 'date' : asked;
  const mark = markOf(query, category);
  const slice = pageRequestOf(query, mark, (key) => IS_KEY[sort](key, filter.shape));
  const descending = query.sort.startsWith('-') || sort === 'relevance';
  const shape: ListShape = {
    ...filter.shape,
    sort,
    down: descending !== slice.backward,
    started: slice.from !== null,
    numbered: slice.offset > 0,
    content: query.fields?.includes('content') ?? false,
    most: slice.limit <= 20 ? 21 : 101,
    part: null,
  };
  const values: ListValues = {
    ...filter.values,
    key: slice.from?.key ?? null,
    id: slice.from?.id ?? null,
    border: null,
    fetch: slice.limit + 1,
    offset: slice.offset,
  };
  return {
    filter,
    shape,
    values,
    /** @param rows what `listArticles` gave; @param total what `countArticles` gave, when it was asked */
    answer: (rows: Listed[], total: number | undefined) =>
      envelope(
        rows,
        { slice, mark, total },
        (row) => ({ key: KEY[sort](row), id: row.id }),
        (row) => pick(row.place === undefined ? row : withoutPlace(row), query.fields),
      ),
  };
}
