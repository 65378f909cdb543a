import { createCategory } from '@rubric/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useScope } from '../../api/account.ts';
import { categoriesByIdQuery, foundCategoriesQuery } from '../../pickers/categories.queries.ts';
import { nothingText } from '../../pickers/nothing-text.ts';
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

const pathText = (path: readonly { name: string }[]) => path.map(({ name }) => name).join(' › ');

/** The id of the row that makes a category of what was typed. */
const NEW = 0;
/** The row before it where nothing was found: the first row is highlighted, and Enter makes nothing by mistake. */
const NOTHING: Offered = { id: -1, name: texts.pickers.noCategory, path: [] };

interface Offered {
  id: number;
  name: string;
  path: readonly { name: string }[];
  articleCountDeep?: number;
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

const isLike = (needle: string, name: string, path: readonly { name: string }[]) =>
  `${pathText(path)} ${name}`.toLowerCase().includes(needle.toLowerCase());

/** The categories of the article, in its order: found by name or path, or made on the spot. */
export function CategoryPicker({ readOnly, ids, known, onChange }: PickerProps) {
  const [query, setQuery] = useState('');
  const queries = useQueryClient();
  const mayCreate = useScope('categories.write') !== undefined;
  const needle = query.trim();
  const asked = useDeferredValue(needle);
  const search = useQuery(foundCategoriesQuery(asked));
  const { data: found = [] } = search;
  const isSearching = search.isPlaceholderData || asked !== needle;
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

  const offered: Offered[] = found
    .filter(({ id }) => !ids.includes(id))
    // Enter takes the first one, which must not be one of an earlier query.
    .filter(({ name, path }) => !isSearching || isLike(needle, name, path));
  const some = offered.length > 0 ? offered : [NOTHING];
  const isNew =
    mayCreate && search.isSuccess && !isSearching && needle !== '' && !found.some(({ name }) => isSame(name, needle));
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
          nothing={isSearching ? undefined : nothingText(search, texts.pickers.noCategory)}
          rows={isNew ? [...some, { id: NEW, name: texts.writing.createRow(needle), path: [] }] : offered}
          isDisabled={({ id }) => id === NOTHING.id}
          isDeliberate={({ id }) => id === NEW}
          words={{ value: query, onChange: setQuery }}
          nameOf={({ name }) => name}
          detailOf={({ path }) => pathText(path)}
          endOf={({ articleCountDeep }) => articleCountDeep !== undefined && texts.pickers.articles(articleCountDeep)}
          onChoose={(id) => (id === NEW ? create.mutate(needle) : onChange([...ids, id]))}
        />
      )}
    </div>
  );
}
