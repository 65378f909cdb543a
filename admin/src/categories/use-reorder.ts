import { type DragEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';

interface Lifted {
  id: number;
  index: number;
}

interface Options<Row> {
  rows: readonly Row[];
  onDrop: (row: Row, order: readonly Row[]) => void;
}

/**
 * Puts the rows of a list into another order: by the handle of a row with the mouse, or by keyboard, where Enter lifts and
 * drops, arrows move and Escape cancels. The list is shown as it would be.
 */
export function useReorder<Row extends { id: number }>({ rows, onDrop }: Options<Row>) {
  const [lifted, setLifted] = useState<Lifted>();
  const handle = useRef<HTMLElement>(null);
  const row = lifted && rows.find(({ id }) => id === lifted.id);
  const others = rows.filter(({ id }) => id !== lifted?.id);
  const order = row ? others.toSpliced(lifted.index, 0, row) : rows;

  // A row that moves in the document loses the focus.
  useLayoutEffect(() => {
    if (lifted) handle.current?.focus();
  }, [lifted]);

  function drop() {
    setLifted(undefined);
    if (row && order.indexOf(row) !== rows.indexOf(row)) onDrop(row, order);
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, { id }: Row) => {
    const index = lifted?.index ?? rows.findIndex((each) => each.id === id);
    const actions: Record<string, (() => void) | undefined> = lifted
      ? {
          ArrowUp: () => setLifted({ id, index: Math.max(0, index - 1) }),
          ArrowDown: () => setLifted({ id, index: Math.min(others.length, index + 1) }),
          Escape: () => setLifted(undefined),
          Enter: drop,
          ' ': drop,
        }
      : { Enter: () => setLifted({ id, index }), ' ': () => setLifted({ id, index }) };
    if (event.key === 'Tab') setLifted(undefined);
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    handle.current = event.currentTarget;
    action();
  };

  const dragProps = ({ id }: Row) => ({
    draggable: true,
    onDragStart: (event: DragEvent<HTMLElement>) => {
      event.dataTransfer.effectAllowed = 'move';
      handle.current = null;
      setLifted({ id, index: rows.findIndex((each) => each.id === id) });
    },
    onDragOver: (event: DragEvent<HTMLElement>) => {
      if (!lifted) return;
      event.preventDefault();
      const over = others.findIndex((each) => each.id === id);
      if (over < 0) return;
      const { top, height } = event.currentTarget.getBoundingClientRect();
      const index = event.clientY < top + height / 2 ? over : over + 1;
      if (index !== lifted.index) setLifted({ id: lifted.id, index });
    },
    onDrop: (event: DragEvent<HTMLElement>) => {
      event.preventDefault();
      drop();
    },
    onDragEnd: () => setLifted(undefined),
  });

  return { order, lifted: row, onKeyDown, dragProps };
}
