import { useQuery } from '@tanstack/react-query';
import { bylinesQuery } from '../api/bylines.ts';
import { texts } from '../texts/texts.ts';
import { RowPicker } from './row-picker.tsx';

interface AuthorPickerProps {
  label: string;
  ids: readonly number[];
  onChange: (ids: number[]) => void;
}

/** Chooses authors by name. */
export function AuthorPicker({ label, ids, onChange }: AuthorPickerProps) {
  const { data: authors = [], isSuccess } = useQuery(bylinesQuery);
  return (
    <RowPicker
      label={label}
      placeholder={texts.pickers.findAuthor}
      nothing={isSuccess ? texts.pickers.noAuthor : undefined}
      rows={authors}
      chosen={ids.flatMap((id) => authors.find((author) => author.id === id) ?? [])}
      onChange={onChange}
      nameOf={({ name }) => name}
    />
  );
}
