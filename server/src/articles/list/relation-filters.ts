import type { RelationField } from '../article-relations.ts';

/**
 * The query parameters that filter a list by a relation, each with the request field of the relation: `author=2,ann` lists
 * the articles by at least one of these authors. Categories have parameters of their own, for any, all and none.
 */
export const RELATION_FILTERS = { author: 'authorIds' } as const satisfies Record<string, RelationField>;

export type RelationFilter = keyof typeof RELATION_FILTERS;
export const RELATION_FILTER_NAMES = Object.keys(RELATION_FILTERS) as RelationFilter[];
