import { type SQL, sql } from 'drizzle-orm';
import { ARTICLE_RELATIONS, RELATION_FILTERS, type RelationField } from '../article-relations.ts';
import { anyOf, hasSingleCategory, requiredIds, singleCategoryId } from './filter-ctes.queries.ts';
import type { FilterShape } from './filters.ts';
import { satisfiedByRange } from './keyset.queries.ts';
import type { ListShape } from './list-shape.ts';
import { ARTICLES, type CandidateRows, LINKS, type SatisfiedBySource } from './predicates.queries.ts';

/** The source of the rows of a list: a joining table or the articles, as SQL fragments. */

const p = sql.placeholder;

/** Rows of a joining table that a list can start from: they include every article that matches. */
export interface LinkSource {
  /** The joining table, with the category or author of a link as `target_id`. */
  table: SQL;
  /** Selects the ids of the categories or authors. */
  targetIds: SQL;
  /** The id, where it is only one. */
  singleTargetId?: SQL;
  satisfied: SatisfiedBySource;
}

const linksOf = (field: RelationField) => {
  const { linkTable, linkColumn } = ARTICLE_RELATIONS[field];
  return sql.raw(`(select article_id, ${linkColumn} as target_id, listed_at from ${linkTable})`);
};
const CATEGORY_LINKS = linksOf('categoryIds');

/**
 * Returns the links that a list starts from: those of the smallest required category (with its subtree if the filter
 * includes descendants), else those of `any`, else those of the first relation filter, such as the authors. Null if the
 * filter has none of these.
 */
export function linkSource(shape: FilterShape): LinkSource | null {
  if (shape.allCount) return { table: CATEGORY_LINKS, ...smallestRequired(shape), satisfied: { firstRequired: true } };
  if (shape.hasAny)
    return { table: CATEGORY_LINKS, targetIds: sql`select id from any_categories`, satisfied: { any: true } };
  const [filter] = shape.relationFilters;
  if (filter === undefined) return null;
  const table = linksOf(RELATION_FILTERS[filter]);
  return { table, targetIds: sql`select id from ${anyOf(filter)}`, satisfied: { [filter]: true } };
}

function smallestRequired(shape: FilterShape): Pick<LinkSource, 'targetIds' | 'singleTargetId'> {
  if (hasSingleCategory(shape)) return { targetIds: sql`select ${singleCategoryId}`, singleTargetId: singleCategoryId };
  if (!shape.hasDescendants) {
    const smallestId = requiredIds('[1]');
    return { targetIds: sql`select ${smallestId} as id`, singleTargetId: smallestId };
  }
  if (shape.allCount === 1) return { targetIds: sql`select id from required_subtree` };
  const smallestRoot = sql`(select root from required_roots order by size, root limit 1)`;
  return { targetIds: sql`select id from required_subtrees where root = ${smallestRoot}` };
}

/** Lists only the caller's own articles: one range of the index on the owner, however many drafts others have. */
const isOwnOnly = ({ unpublishedScope, statuses }: ListShape) =>
  unpublishedScope === 'own' && !statuses.includes('published');

/** Rows that one index returns in the order of publication, including every article that matches. */
export interface RowSource {
  /** What follows `from`; ends in a `where`, so that more conditions can be added. */
  from: SQL;
  rows: CandidateRows;
  satisfied: SatisfiedBySource;
}

/** Returns the links of one category or author if they include everything that matches, else all articles. */
export function rowSource(shape: ListShape): RowSource {
  const links = linkSource(shape);
  return links?.singleTargetId
    ? {
        from: sql`${links.table} as link where link.target_id = ${links.singleTargetId}`,
        rows: LINKS,
        satisfied: { ...links.satisfied, ...satisfiedByRange(shape) },
      }
    : {
        from: isOwnOnly(shape) ? sql`articles where owner_id = ${p('ownerId')}::bigint` : sql`articles where true`,
        rows: ARTICLES,
        satisfied: satisfiedByRange(shape),
      };
}
