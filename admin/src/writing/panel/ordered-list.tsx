import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { IconButton } from '../../design/button.tsx';
import { classNames } from '../../design/class-names.ts';
import { Icon } from '../../design/icon.tsx';
import { texts } from '../../texts/texts.ts';

export interface ListedRow {
  id: number;
  name: string;
  hint?: string;
}

interface OrderedListProps {
  readOnly: boolean;
  label: string;
  rows: readonly ListedRow[];
  onChange: (ids: number[]) => void;
}

/** Rows in an order: drag them, or Alt and an arrow key on the handle. Where one has gone is announced. */
export function OrderedList({ readOnly, label, rows, onChange }: OrderedListProps) {
  const [said, setSaid] = useState('');
  const [dragged, setDragged] = useState<number | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const ids = rows.map(({ id }) => id);

  const move = (id: number, to: number) => {
    const at = ids.indexOf(id);
    if (at < 0 || to < 0 || to >= ids.length || to === at) return;
    const next = ids.filter((each) => each !== id);
    next.splice(to, 0, id);
    onChange(next);
    setSaid(texts.writing.movedTo(rows[at]?.name ?? '', to + 1, ids.length));
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(ids[index] ?? 0, index + step);
  };
  const remove = (id: number, index: number) => {
    onChange(ids.filter((each) => each !== id));
    setSaid(texts.writing.removed(rows[index]?.name ?? ''));
    // The focus goes on to the neighbour, or to the search below.
    const buttons = list.current?.querySelectorAll<HTMLElement>('[data-remove]');
    const next = buttons?.[index + 1] ?? buttons?.[index - 1] ?? list.current?.parentElement?.querySelector('input');
    next?.focus();
  };

  return (
    <>
      <ul ref={list} aria-label={label} className="flex flex-col empty:hidden">
        {rows.map(({ id, name, hint }, index) => (
          // The keyboard has the handle inside of it.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={id}
            draggable={!readOnly}
            onDragStart={(event: DragEvent) => {
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', name);
              setDragged(id);
            }}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => dragged !== null && event.preventDefault()}
            onDragEnter={() => dragged !== null && dragged !== id && move(dragged, index)}
            onDrop={(event) => event.preventDefault()}
            className={classNames(
              'group -mx-1.5 flex items-center gap-1 rounded-md px-1.5 hover:bg-wash',
              dragged === id && 'bg-wash opacity-60',
            )}
          >
            {!readOnly && (
              <button
                type="button"
                aria-label={texts.writing.moveRow(name, index + 1, rows.length)}
                onKeyDown={(event) => onKeyDown(event, index)}
                className="flex size-6 shrink-0 cursor-grab items-center justify-center rounded-sm text-soft"
              >
                <Icon name="drag" className="stroke-[2.2]" />
              </button>
            )}
            <span className="min-w-0 flex-1 py-1">
              <span className="block truncate">{name}</span>
              {hint && <span className="block truncate text-xs text-soft">{hint}</span>}
            </span>
            {!readOnly && (
              <IconButton
                data-remove
                icon="close"
                size="sm"
                label={texts.writing.removeRow(name)}
                onClick={() => remove(id, index)}
              />
            )}
          </li>
        ))}
      </ul>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}
