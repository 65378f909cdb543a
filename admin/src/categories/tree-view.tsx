import type { ItemInstance } from '@headless-tree/core';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { texts } from '../texts/texts.ts';
import type { CategoryTree, TreeNode } from './category-tree.ts';
import { DragAnnouncements } from './drag-announcements.tsx';
import { INDENT_REM, TreeRow } from './tree-row.tsx';
import { useCategoryTree } from './use-category-tree.ts';

const ROW_REM = 2;
const OVERSCAN = 6;

interface TreeViewProps {
  tree: CategoryTree;
  /** What a search leaves; everything without one. */
  shown: ReadonlySet<string> | undefined;
  selected: string | undefined;
  canMove: boolean;
  onOpen: (id: string) => void;
}

/** The tree: as many rows in the DOM as fit. What is announced and the line of a drag are beside it, not in it. */
export function TreeView({ tree, shown, selected, canMove, onOpen }: TreeViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const scrollTo = useRef((_index: number) => {});
  const view = useCategoryTree({
    tree,
    shown,
    selected,
    canMove,
    onOpen,
    indent: INDENT_REM * rem,
    scrollTo: (index) => scrollTo.current(index),
  });
  const items = view.getItems();
  const focused = view.getFocusedItem()?.getItemMeta().index ?? 0;
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_REM * rem,
    overscan: OVERSCAN,
    // Tab reaches the focused row wherever the tree is scrolled to.
    rangeExtractor: (range: Range) => withRow(defaultRangeExtractor(range), focused, range.count),
  });
  useEffect(() => {
    scrollTo.current = (index) => virtualizer.scrollToIndex(index);
  }, [virtualizer]);
  useSelectedInView(selected, items, (index) => virtualizer.scrollToIndex(index, { align: 'auto' }));

  const target = view.getDragTarget();
  return (
    <div
      ref={scroller}
      className="h-[calc(100dvh-19rem)] min-h-80 overflow-y-auto rounded-lg bg-paper py-1 inset-ring inset-ring-line"
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        <div
          {...view.getContainerProps(texts.screens.categories)}
          aria-describedby="tree-drag"
          className="absolute! inset-0 outline-none"
        >
          {virtualizer.getVirtualItems().map(({ index, start, size }) => {
            const item = items[index];
            return (
              item && (
                <TreeRow
                  key={item.getId()}
                  item={item}
                  isSelected={item.getId() === selected}
                  start={start}
                  size={size}
                />
              )
            );
          })}
        </div>
        {target && 'dragLineIndex' in target && (
          <div
            aria-hidden="true"
            className="pointer-events-none absolute right-2 h-0.5 rounded-sm bg-rubric"
            style={{
              top: target.dragLineIndex * ROW_REM * rem - 1,
              left: (target.dragLineLevel * INDENT_REM + 1) * rem,
            }}
          />
        )}
      </div>
      <DragAnnouncements id="tree-drag" view={view} canMove={canMove} />
    </div>
  );
}

const withRow = (rows: number[], row: number, count: number) =>
  row < 0 || row >= count || rows.includes(row) ? rows : [...rows, row].sort((a, b) => a - b);

/** Shows the chosen category once, when it is another one: by a link, by the way back, or new. */
function useSelectedInView(
  selected: string | undefined,
  items: ItemInstance<TreeNode>[],
  scrollTo: (index: number) => void,
) {
  const shown = useRef<string>(undefined);
  useEffect(() => {
    if (selected === shown.current) return;
    const index = items.findIndex((item) => item.getId() === selected);
    if (index >= 0) scrollTo(index);
    if (index >= 0 || selected === undefined) shown.current = selected;
  });
}
