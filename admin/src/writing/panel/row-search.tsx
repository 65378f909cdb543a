import { classNames } from '../../design/class-names.ts';
import { controlClass } from '../../design/field.tsx';
import { RowCombobox, type RowComboboxProps, RowInput } from '../../pickers/row-combobox.tsx';

interface RowSearchProps<Row> extends Omit<RowComboboxProps<Row>, 'chosen' | 'onChange'> {
  label: string;
  onChoose: (id: number) => void;
}

/** Finds a row by typing, and hands it over: the chosen ones are shown elsewhere, in an order. */
export function RowSearch<Row extends { id: number }>({ label, onChoose, ...props }: RowSearchProps<Row>) {
  return (
    <RowCombobox {...props} chosen={[]} onChange={(ids) => ids.forEach(onChoose)}>
      <RowInput
        aria-label={label}
        placeholder={label}
        className={classNames(controlClass, 'mt-1 min-h-9 px-2.5 text-base')}
      />
    </RowCombobox>
  );
}
