import { useQuery } from '@tanstack/react-query';
import { bylinesQuery } from '../api/bylines.ts';
import { SelectField } from '../design/select.tsx';
import { texts } from '../texts/texts.ts';

/** The value of the field for an author; `''` for none. */
export const bylineOf = (authorId: number | null): string => (authorId === null ? '' : String(authorId));

interface BylineFieldProps {
  value: string;
  onChange: (value: string) => void;
  error: unknown;
}

/** The author that an account writes as. */
export function BylineField({ value, onChange, error }: BylineFieldProps) {
  const { data: authors = [] } = useQuery(bylinesQuery);
  const options = authors.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <SelectField
      label={texts.pickers.byline}
      hint={texts.pickers.bylineHint}
      error={typeof error === 'string' ? error : undefined}
      value={value}
      options={[{ value: '', label: texts.pickers.noByline }, ...options]}
      onChange={onChange}
    />
  );
}
