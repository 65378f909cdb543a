import {
  type DragTarget,
  dragAndDropFeature,
  hotkeysCoreFeature,
  keyboardDragAndDropFeature,
  syncDataLoaderFeature,
  type TreeInstance,
} from '@headless-tree/core';
import { useTree } from '@headless-tree/react';
import { useEffect, useMemo, useState } from 'react';
import { useMove } from './categories.queries.ts';
import { ancestorsOf, type CategoryTree, firstOpen, ROOT, type TreeNode } from './category-tree.ts';

interface Options {
  tree: CategoryTree;
  shown: ReadonlySet<string> | undefined;
  selected: string | undefined;
  canMove: boolean;
  onOpen: (id: string) => void;
  indent: number;
  scrollTo: (index: number) => void;
}

/** A row that was deleted meanwhile may still be asked for once. */
const GONE: TreeNode = {
  id: '',
  name: '',
  parentId: ROOT,
  position: 0,
  articleCount: 0,
  articleCountDeep: 0,
  version: 0,
  children: [],
};

/** The state of the tree on the screen: what is open, what has the focus, what is being moved and where to. */
export function useCategoryTree({
  tree,
  shown,
  selected,
  canMove,
  onOpen,
  indent,
  scrollTo,
}: Options): TreeInstance<TreeNode> {
  const move = useMove();
  const [open, setOpen] = useState(() => withPathTo(firstOpen(tree), tree, selected));
  // The same array as long as it says the same: the library compares it.
  const openByFound = useMemo(() => shown && [...shown], [shown]);
  const childrenOf = (id: string) => (tree.get(id) ?? GONE).children.filter((child) => !shown || shown.has(child));
  const view = useTree<TreeNode>({
    rootItemId: ROOT,
    features: [syncDataLoaderFeature, hotkeysCoreFeature, dragAndDropFeature, keyboardDragAndDropFeature],
    dataLoader: { getItem: (id) => tree.get(id) ?? GONE, getChildren: (id) => [...childrenOf(id)] },
    getItemName: (item) => item.getItemData().name,
    // Any category can get children, so anything can be dropped on any.
    isItemFolder: (item) => item.getItemData().children.length > 0,
    state: { expandedItems: openByFound ?? open },
    setExpandedItems: (next) => !shown && setOpen(next),
    onPrimaryAction: (item) => onOpen(item.getId()),
    scrollToItem: (item) => scrollTo(item.getItemMeta().index),
    indent,
    canReorder: true,
    canDrag: () => canMove,
    canDrop: () => true,
    onDrop: ([item], target) => {
      if (!item) return;
      const place = placeOfTarget(tree, item.getId(), target);
      // It stays in sight, and keeps the focus.
      setOpen((before) => [...new Set([...before, place.parentId])]);
      move({ id: item.getId(), ...place }, tree);
    },
    hotkeys: {
      startDrag: { hotkey: 'KeyM', isEnabled: (instance) => canMove && !instance.getState().dnd },
      customOpen: {
        hotkey: 'Enter',
        isEnabled: (instance) => !instance.getState().dnd,
        handler: (_, instance) => onOpen(instance.getFocusedItem().getId()),
      },
    },
  });
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the library reads them through the loader above
  useEffect(() => view.rebuildTree(), [view, tree, shown]);
  useOpenPathTo(selected, tree, setOpen);
  return view;
}

/** The parent and the place among its children, without the moved one, that a target means. */
export function placeOfTarget(tree: CategoryTree, id: string, target: DragTarget<TreeNode>) {
  const parentId = target.item.getId();
  if ('insertionIndex' in target) return { parentId, index: target.insertionIndex };
  return { parentId, index: (tree.get(parentId)?.children ?? []).filter((child) => child !== id).length };
}

const withPathTo = (open: readonly string[], tree: CategoryTree, id: string | undefined): string[] =>
  id === undefined ? [...open] : [...new Set([...open, ...ancestorsOf(tree, id)])];

/** Opens what is above the chosen category, when another one was chosen or it was moved. */
function useOpenPathTo(
  selected: string | undefined,
  tree: CategoryTree,
  setOpen: (next: (open: string[]) => string[]) => void,
) {
  const path = selected === undefined ? '' : ancestorsOf(tree, selected).join();
  useEffect(() => {
    if (path === '') return;
    const ids = path.split(',');
    setOpen((open) => (ids.every((id) => open.includes(id)) ? open : [...new Set([...open, ...ids])]));
  }, [path, setOpen]);
}
