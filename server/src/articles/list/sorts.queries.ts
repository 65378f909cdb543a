import { type SQL, sql } from 'drizzle-orm';
import type { articles } from '../../database/schema/content.ts';
import { isIsoTime } from '../../database/schema/rfc3339.ts';
import { documentOf, searchQuery } from '../search/search.queries.ts';
import { canContainUndated, type FilterShape } from './filters.ts';
import type { ListShape, ListSort } from './list-shape.ts';
import { rankKey } from './rank-order.queries.ts';
import { isRankPosition, UNRANKED } from './rank-position.ts';
import { isRelevancePosition } from './relevance.ts';

export type ArticleColumns = Pick<typeof articles, 'id' | 'title' | 'updatedAt' | 'publishedAt' | 'listedAt'>;

/** The columns of a row that a response and its cursors need. */
export interface ListedRow {
  id: number;
  title: string;
  status: FilterShape['statuses'][number];
  publishedAt: string | null;
  updatedAt: string;
  /** The sort key, where it is not a field of the row. The response omits it. */
  sortKey?: string | null;
  hasDraft?: boolean | null;
}

interface Sort {
  /** The key that a list is sorted by; rows with the same key are sorted by id. */
  key: (t: ArticleColumns, shape: ListShape) => SQL;
  /** The type of the key in PostgreSQL. */
  type: 'timestamptz' | 'text' | 'bigint' | 'real';
  /** Returns the key of a row as a cursor holds it. Without this, the statement selects it as `sortKey`. */
  keyOf?: (row: ListedRow) => string;
  /** Whether the key of a cursor can come from a list in this order. */
  isKey: (key: string, shape: FilterShape) => boolean;
}

/**
 * The orders of lists. Each, except relevance, has an index on the key and the id. The `listed_at` of a trashed article is
 * infinity; lists that include the trash are sorted by `published_at`, so that trashed articles take their place among the
 * others.
 */
const SORTS: Record<ListSort, Sort> = {
  publishedAt: { key: (t) => sql`${t.listedAt}`, type: 'timestamptz', keyOf: listedAt, isKey: isListedAt },
  publishedAtWithTrash: {
    key: (t) => sql`coalesce(${t.publishedAt}, 'infinity')`,
    type: 'timestamptz',
    keyOf: ({ publishedAt }) => publishedAt ?? 'infinity',
    isKey: isListedAt,
  },
  title: {
    key: (t) => sql`${t.title} collate "und-x-icu"`,
    type: 'text',
    keyOf: ({ title }) => title,
    isKey: (key) => !key.includes('\0') && key.isWellFormed(),
  },
  updatedAt: {
    key: (t) => sql`${t.updatedAt}`,
    type: 'timestamptz',
    keyOf: ({ updatedAt }) => updatedAt,
    isKey: isIsoTime,
  },
  relevance: {
    key: (t) => sql`ts_rank(${documentOf(sql`${t.id}`)}, ${searchQuery})`,
    type: 'real',
    isKey: (key, shape) => isRelevancePosition(key, (time) => isListedAt(time, shape)),
  },
  // Articles without a rank come last, by publication.
  rank: {
    key: (t, shape) => rankKey(shape, sql`${t.id}`),
    type: 'text',
    isKey: (key, shape) => isRankPosition(key, (time) => isListedAt(time, shape)),
  },
};

export const sortKey = (shape: ListShape, t: ArticleColumns): SQL => SORTS[shape.sort].key(t, shape);

/** The sort key of the cursor, as a parameter. */
export const cursorKey = ({ sort }: ListShape) => sql`${sql.placeholder('key')}::${sql.raw(SORTS[sort].type)}`;

/** Whether the sort key is a field of the row. If not, the statement also selects it, because cursors contain it. */
export const isSortKeyField = ({ sort }: ListShape) => SORTS[sort].keyOf !== undefined;

export const isSortKey = (sort: ListSort, key: string, shape: FilterShape) => SORTS[sort].isKey(key, shape);

/** The order by publication. Lists that include the trash use the dates that they show. */
export const publicationSort = ({ statuses }: FilterShape) =>
  statuses.includes('trashed') ? 'publishedAtWithTrash' : 'publishedAt';

/** Returns the sort key of a row as cursors contain it. */
export function sortKeyOf(sort: ListSort, row: ListedRow, shape: FilterShape): string {
  const key = SORTS[sort].keyOf?.(row) ?? row.sortKey ?? '';
  return sort === 'rank' && key === UNRANKED ? UNRANKED + sortKeyOf(publicationSort(shape), row, shape) : key;
}

/** Returns `articles.listed_at` of a row: `infinity` for drafts and trashed articles, later than every date. */
export function listedAt({ status, publishedAt }: Pick<ListedRow, 'status' | 'publishedAt'>): string {
  return (status === 'trashed' ? null : publishedAt) ?? 'infinity';
}

function isListedAt(key: string, shape: FilterShape): boolean {
  return isIsoTime(key) || (key === 'infinity' && canContainUndated(shape));
}
