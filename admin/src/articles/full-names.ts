import type { ArticleListItem } from '@rubric/client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { categoriesByIdQuery, fullName } from '../pickers/categories.queries.ts';

/** The categories of these articles that have the name of another one among them, for example “News” below two places. */
export function sameNamed(articles: readonly Pick<ArticleListItem, 'categories'>[]): number[] {
  const ids = new Map<string, Set<number>>();
  for (const { id, name } of articles.flatMap(({ categories }) => categories))
    ids.set(name, (ids.get(name) ?? new Set()).add(id));
  return [...ids.values()].filter(({ size }) => size > 1).flatMap((same) => [...same]);
}

/** Their names with their paths, which the list itself does not have. */
export function useFullNames(articles: readonly Pick<ArticleListItem, 'categories'>[]): ReadonlyMap<number, string> {
  const ids = useMemo(() => sameNamed(articles), [articles]);
  const { data } = useQuery(categoriesByIdQuery(ids));
  return useMemo(() => new Map(data?.map((category) => [category.id, fullName(category)])), [data]);
}
