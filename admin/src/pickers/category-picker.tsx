import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { texts } from '../texts/texts.ts';
import { categoriesByIdQuery, foundCategoriesQuery } from './categories.queries.ts';
import { nothingText } from './nothing-text.ts';
import { RowPicker } from './row-picker.tsx';

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
      nothing={nothingText(found, texts.pickers.noCategory)}
      rows={found.data ?? []}
      chosen={chosen.data ?? []}
      onChange={onChange}
      words={{ value: words, onChange: setWords }}
      nameOf={({ name }) => name}
      detailOf={({ path }) => path.map(({ name }) => name).join(' › ')}
      endOf={({ articleCountDeep }) => texts.pickers.articles(articleCountDeep)}
    />
  );
}
