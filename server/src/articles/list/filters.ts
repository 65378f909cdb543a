import type { Principal } from '../../access/principal.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import type { IdOrSlug } from '../../http/wire.schema.ts';
import { ARTICLE_STATUSES, type ArticleListQuery, type ArticleStatus } from '../articles.schema.ts';
import { readScopeOf } from '../visibility/visibility.ts';
import { wordsOf } from './search-terms.ts';

/** What kind of filter it is: the statement depends on this alone. */
export interface FilterShape {
  /** Filed under every one of some categories: how many are named, that of the path among them; 3 stands for more. */
  all: 0 | 1 | 2 | 3;
  any: boolean;
  none: boolean;
  /** Some category is named by its slug, which has to be looked up. */
  slugs: boolean;
  /** Widens every named category to its subtree. */
  descendants: boolean;
  authors: boolean;
  /** The categories of `any` (or else the authors) are at least `MANY`, or may be. */
  many: boolean;
  statuses: readonly ArticleStatus[];
  /** What of the unpublished is seen: all, the caller's own, or (also of their own) what a limited token is good for. */
  sees: 'all' | 'own' | 'within';
  since: boolean;
  until: boolean;
  words: boolean;
}

export const onlyPublished = ({ statuses }: FilterShape) => statuses.length === 1 && statuses[0] === 'published';

/** What a filter may ask for, beside a status; a new part has to be named here, or it does not compile. */
type Part = Exclude<keyof FilterShape, 'slugs' | 'descendants' | 'many' | 'statuses' | 'sees'>;
const PARTS = Object.keys({
  all: true,
  any: true,
  none: true,
  authors: true,
  since: true,
  until: true,
  words: true,
} satisfies Record<Part, true>) as Part[];

/** Does a filter ask for what is published, and for nothing more than these parts? */
export const asksOnly = (shape: FilterShape, ...parts: Part[]): boolean =>
  onlyPublished(shape) && PARTS.every((part) => !shape[part] || parts.includes(part));

/** May a list hold drafts or the trash, which are listed at infinity? */
export const isUndated = ({ statuses }: FilterShape) => statuses.includes('draft') || statuses.includes('trashed');

/** A subtree of fewer categories is merged at once; for more of them a look at the newest articles comes first. */
export const MANY = 32;

/** The values of a filter, by the names of the placeholders in `article-matches.queries.ts`. */
export type FilterValues = Record<string, string | number | boolean | readonly (string | number)[] | null>;

/**
 * Which articles a list holds: what a request says, made plain.
 *
 * @param category the category of the path, for `GET /categories/:idOrSlug/articles`
 * @throws Problem when the caller may not see what the filter asks for, or its parts do not fit together
 */
export function filterOf(
  query: ArticleListQuery,
  principal: Principal,
  category: IdOrSlug | null,
): { shape: FilterShape; values: FilterValues } {
  const statuses = ARTICLE_STATUSES.filter((status) => (query.status ?? ['published']).includes(status));
  const unpublished = statuses.some((status) => status !== 'published');
  if (unpublished && principal.role === null) {
    throw new Problem('unauthorized', 'Only callers who say who they are may list what is not published.');
  }
  const reader = readScopeOf(principal);
  if (query.sort === 'relevance' && query.q === undefined) {
    throw fieldProblem('invalid_request', '/sort', 'sort=relevance needs q.', 'invalid_value');
  }
  const [none, authors] = [query['categories[none]'], query.author];
  const alternatives = query['categories[any]'] ?? [];
  // Any of one is all of one, of which more is known beforehand: its list, and its count.
  const [any, one] = alternatives.length > 1 ? [alternatives, []] : [undefined, alternatives];
  const path = category ? [String(Object.values(category)[0])] : [];
  const all = new Set([...(query['categories[all]'] ?? []), ...one, ...path]);
  return {
    shape: {
      all: Math.min(all.size, 3) as FilterShape['all'],
      any: any !== undefined,
      none: none !== undefined,
      slugs: ![...all, ...(any ?? []), ...(none ?? [])].every(isId),
      descendants: query.descendants,
      authors: authors !== undefined,
      many: query.descendants || (any ?? authors ?? []).length >= MANY,
      statuses,
      sees:
        !unpublished || (reader.canReadAll && !reader.allowedCategoryIds)
          ? 'all'
          : reader.allowedCategoryIds
            ? 'within'
            : 'own',
      since: query['published[gte]'] !== undefined,
      until: query['published[lt]'] !== undefined,
      words: query.q !== undefined,
    },
    values: {
      ...named('all', [...all]),
      allNames: all.size,
      ...named('any', any ?? []),
      ...named('none', none ?? []),
      ...named('authors', authors ?? []),
      since: query['published[gte]']?.toISOString() ?? null,
      until: query['published[lt]']?.toISOString() ?? null,
      ...(query.q !== undefined && wordsOf(query.q)),
      ...(unpublished && reader),
    },
  };
}

const isId = (name: string) => /^\d+$/.test(name);

const named = (what: string, names: readonly string[]): FilterValues => ({
  [`${what}Ids`]: names.filter(isId),
  [`${what}Slugs`]: names.filter((name) => !isId(name)),
});
