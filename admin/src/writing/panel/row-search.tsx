import { type KeyboardEvent, useId, useState } from 'react';
import { classNames } from '../../design/class-names.ts';
import { controlClass } from '../../design/field.tsx';
import { itemClass, popupClass } from '../../design/menu.tsx';
import { texts } from '../../texts/texts.ts';

export interface FoundRow {
  id: number;
  name: string;
  path?: string;
  count?: string;
}

interface RowSearchProps {
  label: string;
  query: string;
  rows: readonly FoundRow[];
  /** Whether the rows are still those of an earlier query: nothing is made of it before. */
  isSearching?: boolean;
  onQuery: (query: string) => void;
  onChoose: (row: FoundRow) => void;
  /** Makes a row of this name, where there is none. */
  onCreate?: ((name: string) => void) | undefined;
}

/** Finds a row by typing, and takes it: a combobox with a list. */
export function RowSearch({ label, query, rows, isSearching, onQuery, onChoose, onCreate }: RowSearchProps) {
  const listId = useId();
  const [isOpen, setOpen] = useState(false);
  const [index, setIndex] = useState(0);
  const name = query.trim();
  const isNew =
    onCreate && !isSearching && name !== '' && !rows.some((row) => row.name.toLowerCase() === name.toLowerCase());
  const length = rows.length + (isNew ? 1 : 0);
  const chosen = Math.min(index, length - 1);

  const take = (at: number) => {
    const row = rows[at];
    if (row) onChoose(row);
    else if (isNew) onCreate(name);
    else return;
    onQuery('');
    setIndex(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      setOpen(true);
      setIndex((chosen + step + length) % Math.max(1, length));
    } else if (event.key === 'Enter' && isOpen) take(chosen);
    else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      setOpen(false);
    } else return;
    event.preventDefault();
  };
  const option = (at: number) => ({
    id: `${listId}-${at}`,
    role: 'option',
    'aria-selected': at === chosen,
    className: classNames(itemClass, 'flex-wrap gap-x-2! gap-y-0!', at === chosen && 'bg-wash'),
    onMouseDown: (event: { preventDefault: () => void }) => {
      event.preventDefault();
      take(at);
    },
  });

  return (
    <div className="relative mt-1">
      <input
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen && length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && length > 0 ? `${listId}-${chosen}` : undefined}
        placeholder={label}
        value={query}
        autoComplete="off"
        className={classNames(controlClass, 'min-h-9 px-2.5 text-base')}
        onChange={(event) => {
          onQuery(event.target.value);
          setOpen(true);
          setIndex(0);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        role="listbox"
        aria-label={label}
        hidden={!isOpen || length === 0}
        className={classNames(popupClass, 'absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto')}
      >
        {rows.map((row, at) => (
          <div key={row.id} {...option(at)}>
            <span className="min-w-0 flex-1">
              <span className="block truncate">{row.name}</span>
              {row.path && <span className="block truncate text-xs text-soft">{row.path}</span>}
            </span>
            {row.count && <span className="text-xs text-soft">{row.count}</span>}
          </div>
        ))}
        {isNew && <div {...option(rows.length)}>{texts.writing.createRow(name)}</div>}
      </div>
    </div>
  );
}
