import type { ArticleSort } from './article-list.schema.ts';
import type { FilterShape, FilterValues } from './filters.ts';

/** The order of a list. `publishedAtWithTrash` is `publishedAt` in lists that include the trash. */
export type ListSort = ArticleSort | 'publishedAtWithTrash';

/**
 * A part of a list by rank: the articles with a rank, those without one, or, if the category is not manual, all of them,
 * newest first.
 */
export type RankPart = 'ranked' | 'unranked' | 'newest';

/** The properties of a list that change its SQL. There is one statement for each shape. */
export interface ListShape extends FilterShape {
  sort: ListSort;
  /** The direction of travel: that of the sort, reversed for a page before a cursor. By rank, that of the unranked rows. */
  isDescending: boolean;
  hasCursor: boolean;
  hasOffset: boolean;
  /** Also selects the fields that lists omit, such as `content`. */
  hasUnlisted: boolean;
  /** Also selects `hasDraft`. Never for anonymous callers, whose lists it would slow down. */
  showsDrafts: boolean;
  /**
   * How many rows the statement fetches. A literal: with a parameter as the limit, PostgreSQL plans for a tenth of the
   * table.
   */
  maxRows: 21 | 101;
  /** For a list by relevance: the articles above the rank cutoff, or those below it. See `relevance.ts`. */
  relevancePart: 'ranked' | 'unranked' | null;
  /** A list by rank if the ordering of the category is `manual`, otherwise newest first. */
  isRankIfManual: boolean;
  /** For a list by rank: the part in which the cursor lies. */
  cursorPart: 'ranked' | 'unranked' | null;
  /** For a part of a list by rank, whose rows have another order than the list. */
  rankPart: RankPart | null;
}

/** The values of the placeholders of a list: those of its filter and those of its page. */
export interface ListValues extends FilterValues {
  /** The sort key and the id of the cursor. */
  key: string | null;
  id: number | null;
  rankCutoff: string | null;
  fetch: number;
  offset: number;
}
