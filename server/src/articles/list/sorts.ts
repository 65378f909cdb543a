import type { ArticleStatus } from '../articles.schema.ts';
import { canContainUndated, type FilterShape } from './filters.ts';
import type { ListSort } from './list-shape.ts';
import { isRelevancePosition } from './relevance.ts';

/** What a response needs to know about a row. Every sort key is a field of the row, except the position by relevance. */
export interface ListedRow {
  id: number;
  title: string;
  status: ArticleStatus;
  publishedAt: string | null;
  updatedAt: string;
  relevancePosition?: string;
}

interface CursorKey {
  /** Returns the sort key of a row, as text. */
  of: (row: ListedRow) => string;
  /** Whether a key can come from a list of this sort. */
  isValid: (key: string, shape: FilterShape) => boolean;
}

/** How a cursor holds the sort key of a row, for each sort. */
export const CURSOR_KEYS: Record<ListSort, CursorKey> = {
  publishedAt: { of: listedAt, isValid: isListedAt },
  publishedAtWithTrash: { of: ({ publishedAt }) => publishedAt ?? 'infinity', isValid: isListedAt },
  updatedAt: { of: ({ updatedAt }) => updatedAt, isValid: isTimestamp },
  title: { of: ({ title }) => title, isValid: (key) => !key.includes('\0') && key.isWellFormed() },
  relevance: {
    of: ({ relevancePosition }) => relevancePosition ?? '',
    isValid: (key, shape) => isRelevancePosition(key, (time) => isListedAt(time, shape)),
  },
};

/** Returns `articles.listed_at` of a row: `infinity` for drafts and trashed articles, later than every date. */
export function listedAt({ status, publishedAt }: Pick<ListedRow, 'status' | 'publishedAt'>): string {
  return (status === 'trashed' ? null : publishedAt) ?? 'infinity';
}

function isListedAt(key: string, shape: FilterShape): boolean {
  return isTimestamp(key) || (key === 'infinity' && canContainUndated(shape));
}

/** Accepts only what `toISOString` writes, which excludes dates that do not exist. PostgreSQL has no year 0. */
function isTimestamp(key: string): boolean {
  const time = Date.parse(key);
  return key >= '0001' && !Number.isNaN(time) && new Date(time).toISOString() === key;
}
