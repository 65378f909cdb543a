import type { ArticleSort } from './article-list.schema.ts';
import type { FilterShape, FilterValues } from './filters.ts';

/** What a list is sorted by. `publishedAtWithTrash` is `publishedAt` in lists that include the trash. */
export type ListSort = ArticleSort | 'publishedAtWithTrash';

/** A list by rank: the articles with a rank, those without one, or all, newest first, where the category is not manual. */
export type RankPart = 'ranked' | 'unranked' | 'newest';

/** Everything about a list that changes its SQL. There is one statement for each shape. */
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
   * How many rows the statement fetches, as a literal: PostgreSQL plans for a literal, and for a tenth of the table where
   * the limit is a parameter.
   */
  maxRows: 21 | 101;
  /** For a list by relevance: the articles above the rank cutoff, or those below it. See `relevance.ts`. */
  relevancePart: 'ranked' | 'unranked' | null;
  /** For a list by rank: only if the ordering of the category is `manual`, else newest first. */
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
