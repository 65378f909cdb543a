import { Combobox } from '@base-ui/react/combobox';
import { listCategories } from '@rubric/client';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import { classNames } from '../design/class-names.ts';
import { controlClass } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { itemClass, popupClass } from '../design/menu.tsx';
import { texts } from '../texts/texts.ts';

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
export const foundCategoriesQuery = (words: string) =>
  queryOptions({
    queryKey: ['categories', 'found', words],
    queryFn: async ({ signal }): Promise<PickedCategory[]> => {
      const query = words === '' ? ({ sort: '-articleCount' } as const) : { q: words };
      return (await listCategories({ query: { ...query, limit: MAX_FOUND, fields: [...FIELDS] }, signal }))
        .data as PickedCategory[];
    },
    placeholderData: keepPreviousData,
  });

/** Categories by id, in that order; those that are gone are left out. */
export const categoriesByIdQuery = (ids: readonly number[]) =>
  queryOptions({
    queryKey: ['categories', 'by-id', ids],
    queryFn: async ({ signal }): Promise<PickedCategory[]> => {
      if (ids.length === 0) return [];
      const { data } = await listCategories({
        query: { ids: ids.slice(0, 100), limit: 100, fields: [...FIELDS] },
        signal,
      });
      return ids.flatMap((id) => (data as PickedCategory[]).find((each) => each.id === id) ?? []);
    },
    placeholderData: keepPreviousData,
  });

export const pathText = (path: readonly { name: string }[]): string => path.map(({ name }) => name).join(' › ');

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
  const id = useId();
  return (
    <Combobox.Root
      multiple
      items={found.data ?? []}
      filter={null}
      value={chosen.data ?? []}
      isItemEqualToValue={(one: PickedCategory, other: PickedCategory) => one.id === other.id}
      itemToStringLabel={(category: PickedCategory) => category.name}
      onValueChange={(next: PickedCategory[]) => onChange(next.map((category) => category.id))}
      inputValue={words}
      onInputValueChange={setWords}
      autoHighlight
    >
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <Combobox.Chips
        className={classNames(controlClass, 'mt-1 flex min-h-9 flex-wrap items-center gap-1 px-1.5 py-1')}
      >
        {(chosen.data ?? []).map((category) => (
          <Combobox.Chip
            key={category.id}
            title={pathText([...category.path, category])}
            className="flex max-w-full items-center gap-0.5 rounded-sm bg-wash pl-1.5 text-sm data-highlighted:bg-shade"
          >
            <span className="truncate">{category.name}</span>
            <Combobox.ChipRemove
              aria-label={texts.pickers.remove(category.name)}
              className="flex size-6 items-center justify-center rounded-sm text-soft hover:text-ink"
            >
              <Icon name="close" className="size-3.5" />
            </Combobox.ChipRemove>
          </Combobox.Chip>
        ))}
        <Combobox.Input
          id={id}
          placeholder={ids.length === 0 ? texts.pickers.findCategory : ''}
          className="min-w-24 flex-1 bg-transparent px-1 py-0.5 text-sm outline-none"
        />
      </Combobox.Chips>
      <FoundCategories isEmpty={found.isSuccess && !found.isPlaceholderData && found.data.length === 0} />
    </Combobox.Root>
  );
}

const FoundCategories = ({ isEmpty }: { isEmpty: boolean }) => (
  <Combobox.Portal>
    <Combobox.Positioner sideOffset={4} className="z-50">
      <Combobox.Popup className={classNames(popupClass, 'max-h-72 w-(--anchor-width) overflow-y-auto')}>
        <Combobox.Status className="sr-only">{isEmpty ? texts.pickers.noCategory : ''}</Combobox.Status>
        {isEmpty && <p className="px-2 py-1.5 text-soft">{texts.pickers.noCategory}</p>}
        <Combobox.List>
          {(category: PickedCategory) => (
            <Combobox.Item key={category.id} value={category} className={classNames(itemClass, 'items-baseline')}>
              <span className="min-w-0 flex-1">
                <span className="block truncate">{category.name}</span>
                {category.path.length > 0 && (
                  <span className="block truncate text-xs text-soft">{pathText(category.path)}</span>
                )}
              </span>
              <Combobox.ItemIndicator className="text-rubric">
                <Icon name="check" className="size-4" />
              </Combobox.ItemIndicator>
              <span className="text-xs text-soft tabular-nums">{texts.pickers.articles(category.articleCount)}</span>
            </Combobox.Item>
          )}
        </Combobox.List>
      </Combobox.Popup>
    </Combobox.Positioner>
  </Combobox.Portal>
);
