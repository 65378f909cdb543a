import { createCategory } from '@rubric/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useScope } from '../../api/account.ts';
import { categoriesByIdQuery, foundCategoriesQuery } from '../../pickers/categories.queries.ts';
import { texts } from '../../texts/texts.ts';
import type { Opened } from '../saving/server.ts';
import { OrderedList } from './ordered-list.tsx';
import { RowSearch } from './row-search.tsx';

interface PickerProps {
  readOnly: boolean;
  ids: readonly number[];
  /** Rows whose names are known before anything is fetched. */
  known: Opened | null;
  onChange: (ids: number[]) => void;
}

const pathText = (path: readonly { name: string }[]) => path.map(({ name }) => name).join(' / ');

const isLike = (needle: string, name: string, path: readonly { name: string }[]) =>
  `${pathText(path)} ${name}`.toLowerCase().includes(needle.toLowerCase());

/** The categories of the article, in its order: found by name or path, or made on the spot. */
export function CategoryPicker({ readOnly, ids, known, onChange }: PickerProps) {
  const [query, setQuery] = useState('');
  const queries = useQueryClient();
  const mayCreate = useScope('categories.write') !== undefined;
  const needle = query.trim();
  const asked = useDeferredValue(needle);
  const { data: found = [], isPlaceholderData } = useQuery(foundCategoriesQuery(asked));
  const isSearching = isPlaceholderData || asked !== needle;
  const { data: rows = [] } = useQuery(categoriesByIdQuery(ids));
  const names = new Map(
    [...(known?.article.categories ?? []), ...(known?.draft?.categories ?? [])].map((each) => [each.id, each.name]),
  );
  const create = useMutation({
    mutationFn: (name: string) => createCategory({ body: { name } }),
    meta: { failure: texts.writing.notCreated },
    onSuccess: (category) => {
      void queries.invalidateQueries({ queryKey: ['categories'] });
      onChange([...ids, category.id]);
    },
  });

  const listed = ids.map((id) => {
    const row = rows.find((each) => each.id === id);
    return { id, name: row?.name ?? names.get(id) ?? '…', hint: row ? pathText(row.path) : '' };
  });
  return (
    <div>
      <OrderedList readOnly={readOnly} label={texts.writing.categories} rows={listed} onChange={onChange} />
      {!readOnly && (
        <RowSearch
          label={texts.writing.addCategory}
          query={query}
          rows={found
            .filter(({ id }) => !ids.includes(id))
            // Enter takes the first one, which must not be one of an earlier query.
            .filter(({ name, path }) => !isSearching || isLike(needle, name, path))
            .map(({ id, name, path, articleCountDeep }) => ({
              id,
              name,
              path: pathText(path),
              count: texts.pickers.articles(articleCountDeep),
            }))}
          isSearching={isSearching}
          onQuery={setQuery}
          onChoose={({ id }) => onChange([...ids, id])}
          onCreate={mayCreate ? create.mutate : undefined}
        />
      )}
    </div>
  );
}
