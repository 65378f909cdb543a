import type { CategorySize, Sizes } from '../../categories/category-counts/category-sizes.reader.ts';
import type { RelationFilter } from '../article-relations.ts';
import type { FilterShape, FilterValues } from './filters.ts';
import type { ListSizes } from './list-cost.ts';

type CategoryParameter = 'all' | 'any' | 'none';

/** Returns the sizes that the cost of a list depends on. Categories that do not exist have no articles. */
export function listSizesOf(
  { shape, values }: { shape: FilterShape; values: FilterValues },
  { articles, links, drafts, articlesOfAuthor, categories }: Sizes,
): ListSizes {
  const referencesIn = (parameter: CategoryParameter | RelationFilter) =>
    [values[`${parameter}Ids`], values[`${parameter}Slugs`]].flatMap((references) =>
      Array.isArray(references) ? references : [],
    );
  const named = (parameter: CategoryParameter): CategorySize[] =>
    referencesIn(parameter).map((reference) => categories.get(String(reference)) ?? NO_ARTICLES);
  const largest: Record<RelationFilter, number> = { author: articlesOfAuthor };
  const [relation] = shape.relationFilters;
  const articlesOf = ({ direct, deep }: CategorySize) => (shape.hasDescendants ? deep : direct);
  const targetsOf = ({ subtree }: CategorySize) => (shape.hasDescendants ? subtree : 1);
  const all = named('all').toSorted((a, b) => articlesOf(a) - articlesOf(b));
  const any = named('any');
  return {
    articles,
    links,
    drafts,
    categories: categories.size / 2,
    targets: (all.length > 0 ? all.slice(0, 1) : any).reduce((sum, size) => sum + targetsOf(size), 0),
    all: all.map(articlesOf),
    any: any.map(articlesOf),
    none: named('none').map(articlesOf),
    related: relation ? referencesIn(relation).length * largest[relation] : 0,
    hasPhrase: hasPhrase(values),
  };
}

/** Whether documents have to be read, because the GIN index knows neither places nor which articles lack a word. */
const hasPhrase = ({ termKinds }: FilterValues) =>
  Array.isArray(termKinds) && termKinds.some((kind) => kind === 'phrase' || kind === 'excluded');

const NO_ARTICLES: CategorySize = { direct: 0, deep: 0, subtree: 1 };
