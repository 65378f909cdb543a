import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { texts } from '../texts/texts.ts';
import { articlesByIdQuery, foundArticlesQuery } from './articles.queries.ts';
import { nothingText } from './nothing-text.ts';
import { RowPicker } from './row-picker.tsx';

interface ArticlePickerProps {
  label: string;
  ids: readonly number[];
  onChange: (ids: number[]) => void;
}

/** Chooses articles by their words. */
export function ArticlePicker({ label, ids, onChange }: ArticlePickerProps) {
  const [words, setWords] = useState('');
  const found = useQuery(foundArticlesQuery(useDeferredValue(words.trim())));
  const chosen = useQuery(articlesByIdQuery(ids));
  return (
    <RowPicker
      label={label}
      placeholder={texts.pickers.findArticle}
      nothing={nothingText(found, texts.pickers.noArticle)}
      rows={found.data ?? []}
      chosen={chosen.data ?? []}
      onChange={onChange}
      words={{ value: words, onChange: setWords }}
      nameOf={({ title }) => title}
      detailOf={({ slug }) => slug}
    />
  );
}
