import type { Principal } from '../../access/principal.ts';
import { fieldProblem, Problem, parameterConflict } from '../../http/problems.ts';
import { type IdOrSlug, isDigits } from '../../http/wire.schema.ts';
import { RELATION_FILTER_NAMES, type RelationFilter } from '../article-relations.ts';
import { ARTICLE_STATUSES, type ArticleStatus, HAS_DRAFT } from '../articles.schema.ts';
import { searchTermsOf } from '../search/search-terms.ts';
import { assertSeesWorkingDrafts, readScopeOf } from '../visibility/visibility.ts';
import { type ArticleListQuery } from './article-list.schema.ts';

/** The properties of a filter that change its SQL. There is one statement for each shape; the values are parameters. */
export interface FilterShape {
  /** The number of categories in `categories[all]`, including the category of the path; 3 stands for three or more. */
  allCount: 0 | 1 | 2 | 3;
  /** Has `categories[any]` with two categories or more. */
  hasAny: boolean;
  hasNone: boolean;
  /** The filters by a relation other than the categories, such as `author`. */
  relationFilters: readonly RelationFilter[];
  hasSince: boolean;
  hasUntil: boolean;
  hasSearch: boolean;
  hasIds: boolean;
  /** Only articles with a working draft that the caller can read. */
  hasDraft: boolean;
  isUncategorised: boolean;
  /** At least one category is given by its slug, so ids have to be looked up. */
  hasSlugs: boolean;
  /** Every category stands for its whole subtree. */
  hasDescendants: boolean;
  /**
   * `any` (or, without it, the first of `relationFilters`) has `MERGE_SCAN_THRESHOLD` targets or more, or can have so many.
   */
  canMergeMany: boolean;
  statuses: readonly ArticleStatus[];
  /**
   * The unpublished articles that the caller can list: all, its own, or those that a token limited to categories can read.
   */
  unpublishedScope: 'all' | 'own' | 'limited';
}

export const isPublishedOnly = ({ statuses }: FilterShape) => statuses.length === 1 && statuses[0] === 'published';

/** The conditions of a filter that are present or absent. A new one does not compile until `CONDITIONS` contains it. */
type Condition = Exclude<
  keyof FilterShape,
  'relationFilters' | 'hasSlugs' | 'hasDescendants' | 'canMergeMany' | 'statuses' | 'unpublishedScope'
>;
const CONDITIONS = Object.keys({
  allCount: true,
  hasAny: true,
  hasNone: true,
  hasSince: true,
  hasUntil: true,
  hasSearch: true,
  hasIds: true,
  hasDraft: true,
  isUncategorised: true,
} satisfies Record<Condition, true>) as Condition[];

/** Whether a filter lists published articles only, and has no other conditions than the given ones. */
export const isPublishedWithOnly = (shape: FilterShape, ...allowed: Condition[]): boolean =>
  isPublishedOnly(shape) &&
  shape.relationFilters.length === 0 &&
  CONDITIONS.every((condition) => !shape[condition] || allowed.includes(condition));

/** Whether the total of a filter is stored: that of the published articles of one category or subtree, given by its id. */
export const hasStoredCount = (shape: FilterShape): boolean =>
  shape.allCount === 1 && !shape.hasSlugs && isPublishedWithOnly(shape, 'allCount');

/**
 * Whether the articles to test are known beforehand: those of `ids`, or those with a working draft. They are few, and are
 * read first.
 */
export const isFromGiven = ({ hasIds, hasDraft }: FilterShape) => hasIds || hasDraft;

/** Whether a list can contain drafts or trashed articles, whose `listed_at` is infinity. */
export const canContainUndated = ({ statuses }: FilterShape) =>
  statuses.includes('draft') || statuses.includes('trashed');

/**
 * With fewer categories, their lists are merged directly; with this many or more, a scan of the newest articles comes
 * first.
 */
export const MERGE_SCAN_THRESHOLD = 32;

/** The values of a filter, by the names of the placeholders in `predicates.queries.ts` and `filter-ctes.queries.ts`. */
export type FilterValues = Record<string, string | number | boolean | readonly (string | number)[] | null>;

/**
 * Translates the query parameters of a list into the shape and the values of its filter.
 *
 * @param category the category of the path, for `GET /categories/:idOrSlug/articles`
 * @throws Problem when the caller is not allowed to list these articles, or when parameters do not fit together
 */
export function filterOf(
  query: ArticleListQuery,
  principal: Principal,
  category: IdOrSlug | null,
): { shape: FilterShape; values: FilterValues; seesWorkingDrafts: boolean } {
  const statuses = ARTICLE_STATUSES.filter((status) => (query.status ?? ['published']).includes(status));
  const hasUnpublished = statuses.some((status) => status !== 'published');
  assertCanList(query, principal, hasUnpublished);
  const reader = readScopeOf(principal);
  assertSearch(query);
  assertNoCategories(query, category);
  const { all, any } = requiredAndAlternative(query, category);
  if (query.sort === 'rank') assertOneCategory(query, category, { all, any });
  const none = query['categories[none]'];
  const relationFilters = RELATION_FILTER_NAMES.filter((name) => query[name] !== undefined);
  const [firstFilter] = relationFilters;
  return {
    shape: {
      allCount: Math.min(all.length, 3) as FilterShape['allCount'],
      hasAny: any !== undefined,
      hasNone: none !== undefined,
      hasSlugs: ![...all, ...(any ?? []), ...(none ?? [])].every(isDigits),
      hasDescendants: query.descendants,
      relationFilters,
      canMergeMany:
        query.descendants || (any ?? (firstFilter && query[firstFilter]) ?? []).length >= MERGE_SCAN_THRESHOLD,
      statuses,
      unpublishedScope:
        !hasUnpublished || (reader.canReadAll && !reader.allowedCategoryIds)
          ? 'all'
          : reader.allowedCategoryIds
            ? 'limited'
            : 'own',
      hasSince: query['published[gte]'] !== undefined,
      hasUntil: query['published[lt]'] !== undefined,
      hasSearch: query.q !== undefined,
      hasIds: query.ids !== undefined,
      hasDraft: query.hasDraft !== undefined,
      isUncategorised: query.uncategorised ?? false,
    },
    values: {
      ...idsAndSlugs('all', all),
      allCount: all.length,
      ...idsAndSlugs('any', any ?? []),
      ...idsAndSlugs('none', none ?? []),
      ...relationValues(query, relationFilters),
      since: query['published[gte]'] ?? null,
      until: query['published[lt]'] ?? null,
      articleIds: query.ids ?? null,
      ...(query.q !== undefined && searchTermsOf(query.q)),
      ...reader,
    },
    seesWorkingDrafts: reader.seesWorkingDrafts,
  };
}

/** @throws Problem for parameters that require `q`, without `q` */
function assertSearch({ sort, highlight, q }: ArticleListQuery): void {
  if (q !== undefined) return;
  if (sort === 'relevance')
    throw fieldProblem('invalid_request', '/sort', 'sort=relevance requires q.', 'invalid_value');
  if (highlight) throw fieldProblem('invalid_request', '/highlight', 'highlight=true requires q.', 'invalid_value');
}

/** @throws Problem unless exactly one category, whose ranks order the list, is given by the path or by the filter */
function assertOneCategory(
  { descendants }: ArticleListQuery,
  category: IdOrSlug | null,
  { all, any }: ReturnType<typeof requiredAndAlternative>,
): void {
  const isClear = category !== null || (all.length === 1 && any === undefined);
  if (isClear && !descendants) return;
  const detail = 'sort=rank requires exactly one category, without descendants.';
  throw fieldProblem('invalid_request', '/sort', detail, 'invalid_value');
}

/** @throws Problem for parameters that the role of the caller does not allow */
function assertCanList(query: ArticleListQuery, principal: Principal, hasUnpublished: boolean): void {
  if (hasUnpublished && principal.role === null) {
    throw new Problem('unauthorized', 'Listing unpublished articles requires authentication.');
  }
  if (query.hasDraft !== undefined) assertSeesWorkingDrafts(principal, 'hasDraft');
  if (query.fields?.includes(HAS_DRAFT)) assertSeesWorkingDrafts(principal, 'fields');
}

/** @throws Problem for `uncategorised` combined with a filter by categories */
function assertNoCategories(query: ArticleListQuery, category: IdOrSlug | null): void {
  if (!query.uncategorised) return;
  const parameters = (['any', 'all', 'none'] as const).map((name) => `categories[${name}]` as const);
  const conflicts = parameters.filter((name) => query[name] !== undefined);
  if (conflicts.length === 0 && category === null) return;
  throw parameterConflict(
    ['uncategorised', ...conflicts],
    'uncategorised=true cannot be combined with a filter by categories.',
  );
}

/**
 * Returns the categories that an article must all have, that of the path first, and those of which it must have at least
 * one. `any` of a single category equals `all` of it, which has a cheaper plan: one index range and a stored count.
 */
function requiredAndAlternative(query: ArticleListQuery, category: IdOrSlug | null) {
  const any = query['categories[any]'] ?? [];
  const pathCategory = category ? [String(Object.values(category)[0])] : [];
  const required = [...pathCategory, ...(query['categories[all]'] ?? []), ...(any.length > 1 ? [] : any)];
  return { all: [...new Set(required)], any: any.length > 1 ? any : undefined };
}

const relationValues = (query: ArticleListQuery, filters: readonly RelationFilter[]): FilterValues =>
  Object.assign({}, ...filters.map((name) => idsAndSlugs(name, query[name] ?? [])));

const idsAndSlugs = (parameter: string, idsOrSlugs: readonly string[]): FilterValues => ({
  [`${parameter}Ids`]: idsOrSlugs.filter(isDigits),
  [`${parameter}Slugs`]: idsOrSlugs.filter((idOrSlug) => !isDigits(idOrSlug)),
});
