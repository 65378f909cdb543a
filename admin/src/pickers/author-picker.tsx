import { useQuery } from '@tanstack/react-query';
import { bylinesQuery } from '../api/bylines.ts';
import { texts } from '../texts/texts.ts';
import { nothingText } from './nothing-text.ts';
import { RowPicker } from './row-picker.tsx';

interface AuthorPickerProps {
  label: string;
  ids: readonly number[];
  onChange: (ids: number[]) => void;
}

/** Chooses authors by name. */
export function AuthorPicker({ label, ids, onChange }: AuthorPickerProps) {
  const bylines = useQuery(bylinesQuery);
  const authors = bylines.data ?? [];
  return (
    <RowPicker
      label={label}
      placeholder={texts.pickers.findAuthor}
      nothing={nothingText(bylines, texts.pickers.noAuthor)}
      rows={authors}
      chosen={ids.flatMap((id) => authors.find((author) => author.id === id) ?? [])}
      onChange={onChange}
      nameOf={({ name }) => name}
    />
  );
}
