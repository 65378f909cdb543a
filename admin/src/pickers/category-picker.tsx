import { listCategories } from '@rubric/client';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { texts } from '../texts/texts.ts';
import { RowPicker } from './row-picker.tsx';

const MAX_FOUND = 30;
const FIELDS = ['id', 'name', 'slug', 'path', 'articleCount'] as const;

/** A category as pickers show it. */
export interface PickedCategory {
  id: number;
  name: string;
  path: readonly { name: string }[];
  articleCount: number;
}

/** Categories by name, then path, the best first. Without words those with the most articles. */
const foundCategoriesQuery = (words: string) =>
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
    queryKey: ['categories', 'by-id', ids],
    queryFn: async ({ signal }): Promise<PickedCategory[]> => {
      if (ids.length === 0) return [];
      const query = { ids: ids.slice(0, 100), limit: 100, fields: [...FIELDS] };
      const { data } = await listCategories({ query, signal });
      return ids.flatMap((id) => data.find((each) => each.id === id) ?? []);
    },
    placeholderData: keepPreviousData,
  });

interface CategoryPickerProps {
  label: string;
  ids: readonly number[];
  onChange: (ids: number[]) => void;
}

/** Chooses categories: found by name and path, shown with their counts. */
export function CategoryPicker({ label, ids, onChange }: CategoryPickerProps) {
  const [words, setWords] = useState('');
  const found = useQuery(foundCategoriesQuery(useDeferredValue(words.trim())));
  const chosen = useQuery(categoriesByIdQuery(ids));
  return (
    <RowPicker
      label={label}
      placeholder={texts.pickers.findCategory}
      nothing={found.isSuccess && !found.isPlaceholderData ? texts.pickers.noCategory : undefined}
      rows={found.data ?? []}
      chosen={chosen.data ?? []}
      onChange={onChange}
      words={{ value: words, onChange: setWords }}
      nameOf={({ name }) => name}
      detailOf={({ path }) => path.map(({ name }) => name).join(' › ')}
      endOf={({ articleCount }) => texts.pickers.articles(articleCount)}
    />
  );
}
