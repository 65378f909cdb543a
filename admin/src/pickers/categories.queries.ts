import { listCategories } from '@rubric/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

const MAX_FOUND = 30;
const FIELDS = ['id', 'name', 'slug', 'path', 'articleCountDeep'] as const;

/** A category as pickers show it. */
interface PickedCategory {
  id: number;
  name: string;
  path: readonly { name: string }[];
  /** With the categories below. */
  articleCountDeep: number;
}

/** The name with what is above it: several can have one name. */
export const fullName = ({ path, name }: Pick<PickedCategory, 'path' | 'name'>): string =>
  [...path.map((above) => above.name), name].join(' › ');

/** Categories by name, then path, the best first. Without words those with the most articles. */
export const foundCategoriesQuery = (words: string) =>
  queryOptions({
    queryKey: ['categories', 'found', words],
    queryFn: async ({ signal }): Promise<PickedCategory[]> => {
      const query = words === '' ? ({ sort: '-articleCount' } as const) : { q: words };
      return (await listCategories({ query: { ...query, limit: MAX_FOUND, fields: [...FIELDS] }, signal })).data;
    },
    placeholderData: keepPreviousData,
  });

/** Categories by id, in that order; those that are gone are left out. */
export const categoriesByIdQuery = (ids: readonly number[]) =>
  queryOptions({
    // In another order they are the same rows.
    queryKey: ['categories', 'by-id', [...ids].sort((a, b) => a - b)],
    queryFn: async ({ signal }): Promise<PickedCategory[]> => {
      if (ids.length === 0) return [];
      const query = { ids: ids.slice(0, 100), limit: 100, fields: [...FIELDS] };
      return (await listCategories({ query, signal })).data;
    },
    select: (rows) => ids.flatMap((id) => rows.find((each) => each.id === id) ?? []),
    placeholderData: keepPreviousData,
  });
