import { useState } from 'react';
import { TextField, type TextFieldProps } from '../design/field.tsx';

/**
 * A field of a filter. What is typed counts with Enter or when the field is left: half a date is a date too, in the year 2,
 * and each is a new address.
 */
export function DraftField({ value, onChange, ...props }: TextFieldProps) {
  const [typed, setTyped] = useState(value);
  const [applied, setApplied] = useState(value);
  if (value !== applied) {
    setApplied(value);
    setTyped(value);
  }
  const apply = () => {
    if (typed !== value) onChange(typed);
  };
  return (
    <TextField
      {...props}
      value={typed}
      onChange={setTyped}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
    />
  );
}
