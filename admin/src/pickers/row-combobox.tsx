import { Combobox } from '@base-ui/react/combobox';
import { type ComponentProps, type ReactNode, useRef } from 'react';
import { classNames } from '../design/class-names.ts';
import { Icon } from '../design/icon.tsx';
import { itemClass, popupClass } from '../design/menu.tsx';

const MAX_SHOWN = 100;

export interface RowComboboxProps<Row> {
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
  /** A row that says something, and cannot be chosen. */
  isDisabled?: (row: Row) => boolean;
  /** A row that Enter takes only after an arrow key has gone to it: it does more than to choose. */
  isDeliberate?: (row: Row) => boolean;
}

/** A field in which rows are found by typing a part of their name, and the list of those below it. */
export function RowCombobox<Row extends { id: number }>({
  children,
  ...props
}: RowComboboxProps<Row> & { children: ReactNode }) {
  const { rows, chosen, onChange, words, nameOf, isDeliberate } = props;
  /** Rows that are found later can come to stand where another one was highlighted. */
  const isHighlightChosen = useRef(false);
  return (
    <Combobox.Root
      multiple
      items={rows}
      value={[...chosen]}
      limit={MAX_SHOWN}
      isItemEqualToValue={(one: Row, other: Row) => one.id === other.id}
      itemToStringLabel={nameOf}
      onItemHighlighted={(_, { reason }) => {
        isHighlightChosen.current = reason !== 'none';
      }}
      onValueChange={(next: Row[], details) => {
        const isStray = details.event instanceof KeyboardEvent && !isHighlightChosen.current;
        if (isStray && next.some((row) => isDeliberate?.(row))) return details.cancel();
        onChange(next.map((row) => row.id));
      }}
      {...(words && { filter: null, inputValue: words.value, onInputValueChange: words.onChange })}
      autoHighlight
    >
      {children}
      <Found {...props} />
    </Combobox.Root>
  );
}

export const RowInput = (props: ComponentProps<typeof Combobox.Input>) => (
  <Combobox.Input
    onKeyDown={(event) => {
      // Base UI would take away all rows that are chosen. It closes what the field is in, as everywhere.
      if (event.key === 'Escape' && event.currentTarget.ariaExpanded !== 'true') event.preventBaseUIHandler();
    }}
    {...props}
  />
);

function Found<Row extends { id: number }>({ nothing, nameOf, detailOf, endOf, isDisabled }: RowComboboxProps<Row>) {
  return (
    <Combobox.Portal>
      <Combobox.Positioner sideOffset={4} className="z-50">
        <Combobox.Popup className={classNames(popupClass, 'max-h-72 w-(--anchor-width) overflow-y-auto')}>
          <Combobox.Empty className="px-2 py-1.5 text-soft empty:hidden">{nothing}</Combobox.Empty>
          <Combobox.List>
            {(row: Row) => (
              <Combobox.Item
                key={row.id}
                value={row}
                disabled={isDisabled?.(row) ?? false}
                className={classNames(itemClass, 'items-baseline data-disabled:text-soft data-disabled:opacity-100!')}
              >
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
