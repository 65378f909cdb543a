import { Combobox } from '@base-ui/react/combobox';
import { type ReactNode, useId } from 'react';
import { classNames } from '../design/class-names.ts';
import { controlClass } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { itemClass, popupClass } from '../design/menu.tsx';
import { texts } from '../texts/texts.ts';

const MAX_SHOWN = 100;

interface RowPickerProps<Row> {
  label: string;
  placeholder: string;
  /** What it says when nothing has these words; undefined as long as that is not known. */
  nothing: string | undefined;
  /** What was found for the words, or, without `words`, everything that there is: it is then searched here. */
  rows: readonly Row[];
  chosen: readonly Row[];
  onChange: (ids: number[]) => void;
  words?: { value: string; onChange: (words: string) => void };
  nameOf: (row: Row) => string;
  /** What else to know of a row that was found: its path, how many articles it has. */
  detailOf?: (row: Row) => ReactNode;
  endOf?: (row: Row) => ReactNode;
}

/** Chooses rows by typing a part of their name. The chosen ones are chips before what is typed. */
export function RowPicker<Row extends { id: number }>(props: RowPickerProps<Row>) {
  const { label, placeholder, nothing, rows, chosen, onChange, words, nameOf } = props;
  const id = useId();
  return (
    <Combobox.Root
      multiple
      items={rows}
      value={[...chosen]}
      limit={MAX_SHOWN}
      isItemEqualToValue={(one: Row, other: Row) => one.id === other.id}
      itemToStringLabel={nameOf}
      onValueChange={(next: Row[]) => onChange(next.map((row) => row.id))}
      {...(words && { filter: null, inputValue: words.value, onInputValueChange: words.onChange })}
      autoHighlight
    >
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <Combobox.Chips
        className={classNames(controlClass, 'mt-1 flex min-h-9 flex-wrap items-center gap-1 px-1.5 py-1')}
      >
        {chosen.map((row) => (
          <Chip key={row.id} name={nameOf(row)} />
        ))}
        <Combobox.Input
          id={id}
          placeholder={chosen.length === 0 ? placeholder : ''}
          onKeyDown={(event) => {
            // Base UI would take all chips away. It closes what the field is in, as everywhere.
            if (event.key === 'Escape' && event.currentTarget.ariaExpanded !== 'true') event.preventBaseUIHandler();
          }}
          className="min-w-24 flex-1 bg-transparent px-1 py-0.5 text-sm outline-none"
        />
      </Combobox.Chips>
      <Found {...props} nothing={nothing} />
    </Combobox.Root>
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

function Found<Row extends { id: number }>({ nothing, nameOf, detailOf, endOf }: RowPickerProps<Row>) {
  return (
    <Combobox.Portal>
      <Combobox.Positioner sideOffset={4} className="z-50">
        <Combobox.Popup className={classNames(popupClass, 'max-h-72 w-(--anchor-width) overflow-y-auto')}>
          <Combobox.Empty className="px-2 py-1.5 text-soft empty:hidden">{nothing}</Combobox.Empty>
          <Combobox.List>
            {(row: Row) => (
              <Combobox.Item key={row.id} value={row} className={classNames(itemClass, 'items-baseline')}>
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{nameOf(row)}</span>
                  {detailOf && <span className="block truncate text-xs text-soft empty:hidden">{detailOf(row)}</span>}
                </span>
                <Combobox.ItemIndicator className="text-rubric">
                  <Icon name="check" className="size-4" />
                </Combobox.ItemIndicator>
                {endOf && <span className="text-xs text-soft tabular-nums">{endOf(row)}</span>}
              </Combobox.Item>
            )}
          </Combobox.List>
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  );
}
