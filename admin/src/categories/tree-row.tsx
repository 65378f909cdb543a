import type { ItemInstance } from '@headless-tree/core';
import type { MouseEvent } from 'react';
import { classNames } from '../design/class-names.ts';
import { Icon } from '../design/icon.tsx';
import { texts } from '../texts/texts.ts';
import type { TreeNode } from './category-tree.ts';

export const INDENT_REM = 1.25;

interface TreeRowProps {
  item: ItemInstance<TreeNode>;
  isSelected: boolean;
  start: number;
  size: number;
}

/** One category. A click opens its page, a click on its arrow what is below it; the arrow keys do that by keyboard. */
export function TreeRow({ item, isSelected, start, size }: TreeRowProps) {
  const node = item.getItemData();
  const { level } = item.getItemMeta();
  const isMoved = item
    .getTree()
    .getState()
    .dnd?.draggedItems?.some((dragged) => dragged.getId() === node.id);
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    item.setFocused();
    if (item.isExpanded()) item.collapse();
    else item.expand();
  };
  return (
    // Its keys are those of the tree: use-category-tree.ts.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      {...item.getProps()}
      role="treeitem"
      tabIndex={item.isFocused() ? 0 : -1}
      // Named by what is in it, and how much.
      aria-label={undefined}
      aria-selected={isSelected}
      onClick={() => {
        item.setFocused();
        item.primaryAction();
      }}
      style={{ height: size, transform: `translateY(${start}px)`, paddingLeft: `${level * INDENT_REM + 0.375}rem` }}
      className={classNames(
        'absolute inset-x-0 top-0 flex items-center rounded-md pr-3 text-sm select-none focus-visible:-outline-offset-2',
        isSelected ? 'bg-rubric-wash font-medium' : 'hover:bg-wash/60',
        item.isUnorderedDragTarget() && 'bg-rubric-wash outline-2 -outline-offset-2 outline-rubric',
        isMoved && 'opacity-50',
      )}
    >
      {/* The row says whether it is open; this is for the pointer. */}
      <span
        aria-hidden="true"
        className="flex size-6 shrink-0 items-center justify-center text-soft"
        {...(item.isFolder() && { onClick: toggle })}
      >
        {item.isFolder() && (
          <Icon
            name="down"
            className={classNames('size-3.5 transition-transform duration-100', !item.isExpanded() && '-rotate-90')}
          />
        )}
      </span>
      <span className="min-w-0 flex-1 truncate">{node.name}</span>
      <span className="sr-only">{texts.categories.countsOf(node.articleCount, node.articleCountDeep)}</span>
      <span aria-hidden="true" className="w-14 text-right text-soft tabular-nums">
        {texts.categories.number(node.articleCount)}
      </span>
      <span aria-hidden="true" className="w-16 text-right text-soft tabular-nums">
        {node.articleCountDeep === node.articleCount ? '' : texts.categories.number(node.articleCountDeep)}
      </span>
    </div>
  );
}
