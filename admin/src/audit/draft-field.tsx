import { useState } from 'react';
import { TextField, type TextFieldProps } from '../design/field.tsx';

interface DraftFieldProps extends TextFieldProps {
  /** What is wrong with a value that is being typed; it is then not applied. */
  check?: (value: string) => string | undefined;
}

/**
 * A field of a filter. What is typed counts with Enter or when the field is left: half a date is a date too, in the year 2,
 * and each is a new address.
 */
export function DraftField({ value, onChange, check, ...props }: DraftFieldProps) {
  const [typed, setTyped] = useState(value);
  const [applied, setApplied] = useState(value);
  if (value !== applied) {
    setApplied(value);
    setTyped(value);
  }
  const error = check?.(typed);
  const apply = () => {
    if (error === undefined && typed !== value) onChange(typed);
  };
  return (
    <TextField
      {...props}
      value={typed}
      onChange={setTyped}
      error={error}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
    />
  );
}
