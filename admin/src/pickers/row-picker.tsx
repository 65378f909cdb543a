import { Combobox } from '@base-ui/react/combobox';
import { useId } from 'react';
import { classNames } from '../design/class-names.ts';
import { controlClass } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { texts } from '../texts/texts.ts';
import { RowCombobox, type RowComboboxProps, RowInput } from './row-combobox.tsx';

interface RowPickerProps<Row> extends RowComboboxProps<Row> {
  label: string;
  placeholder: string;
}

/** Chooses rows by typing a part of their name. The chosen ones are chips before what is typed. */
export function RowPicker<Row extends { id: number }>({ label, placeholder, ...props }: RowPickerProps<Row>) {
  const { chosen, nameOf } = props;
  const id = useId();
  return (
    <RowCombobox {...props}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <Combobox.Chips
        className={classNames(controlClass, 'mt-1 flex min-h-9 flex-wrap items-center gap-1 px-1.5 py-1')}
      >
        {chosen.map((row) => (
          <Chip key={row.id} name={nameOf(row)} />
        ))}
        <RowInput
          id={id}
          placeholder={chosen.length === 0 ? placeholder : ''}
          className="min-w-24 flex-1 bg-transparent px-1 py-0.5 text-sm outline-none"
        />
      </Combobox.Chips>
    </RowCombobox>
  );
}

const Chip = ({ name }: { name: string }) => (
  <Combobox.Chip className="flex max-w-full items-center gap-0.5 rounded-sm bg-wash pl-1.5 text-sm data-highlighted:bg-shade">
    <span className="truncate">{name}</span>
    <Combobox.ChipRemove
      aria-label={texts.pickers.remove(name)}
      className="flex size-6 items-center justify-center rounded-sm text-soft hover:text-ink"
    >
      <Icon name="close" className="size-3.5" />
    </Combobox.ChipRemove>
  </Combobox.Chip>
);
