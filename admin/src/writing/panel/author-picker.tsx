import { useQuery } from '@tanstack/react-query';
import { bylinesQuery } from '../../api/bylines.ts';
import { nothingText } from '../../pickers/nothing-text.ts';
import { texts } from '../../texts/texts.ts';
import type { Opened } from '../saving/server.ts';
import { OrderedList } from './ordered-list.tsx';
import { RowSearch } from './row-search.tsx';

interface PickerProps {
  readOnly: boolean;
  ids: readonly number[];
  known: Opened | null;
  onChange: (ids: number[]) => void;
}

/** The authors of the article, in order. */
export function AuthorPicker({ readOnly, ids, known, onChange }: PickerProps) {
  const bylines = useQuery(bylinesQuery);
  const authors = bylines.data ?? [];
  const names = new Map(
    [...(known?.article.authors ?? []), ...(known?.draft?.authors ?? []), ...authors].map(({ id, name }) => [id, name]),
  );
  return (
    <div>
      <OrderedList
        readOnly={readOnly}
        label={texts.writing.authors}
        rows={ids.map((id) => ({ id, name: names.get(id) ?? '…' }))}
        onChange={onChange}
      />
      {!readOnly && (
        <RowSearch
          label={texts.writing.addAuthor}
          nothing={nothingText(bylines, texts.pickers.noAuthor)}
          rows={authors.filter(({ id }) => !ids.includes(id))}
          nameOf={({ name }) => name}
          onChoose={(id) => onChange([...ids, id])}
        />
      )}
    </div>
  );
}
