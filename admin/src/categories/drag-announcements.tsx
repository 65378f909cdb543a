import { AssistiveDndState, type TreeInstance } from '@headless-tree/core';
import { texts } from '../texts/texts.ts';
import { ROOT, type TreeNode } from './category-tree.ts';

/** Says how to move a category, where it would land with each step, and where it has landed. */
export function DragAnnouncements({
  id,
  view,
  canMove,
}: {
  id: string;
  view: TreeInstance<TreeNode>;
  canMove: boolean;
}) {
  const { assistiveDndState } = view.getState();
  const isMoving = assistiveDndState === AssistiveDndState.Started || assistiveDndState === AssistiveDndState.Dragging;
  return (
    <div className={isMoving ? shownClass : 'sr-only'}>
      <span id={id} aria-live="assertive">
        {canMove && announcement(view)}
      </span>
      {assistiveDndState === AssistiveDndState.Dragging && (
        <span aria-hidden="true" className="block text-xs text-soft">
          {texts.categories.moveKeys}
        </span>
      )}
    </div>
  );
}

/** At the lower edge of the tree, wherever it is scrolled to. */
const shownClass =
  'sticky bottom-1 z-10 mx-2 rounded-md bg-sheet px-3 py-2 text-sm shadow-pop inset-ring inset-ring-line';

function announcement(view: TreeInstance<TreeNode>): string {
  const { dnd, assistiveDndState } = view.getState();
  const name = dnd?.draggedItems?.[0]?.getItemName();
  const place = landing(view);
  switch (assistiveDndState) {
    case AssistiveDndState.Started:
      return name && place ? `${texts.categories.wouldBe(name, place)} ${texts.categories.moveKeys}` : '';
    case AssistiveDndState.Dragging:
      return name && place ? texts.categories.wouldBe(name, place) : '';
    default:
      return texts.categories.moveHint;
  }
}

/** Where the moved category would be. */
function landing(view: TreeInstance<TreeNode>) {
  const target = view.getDragTarget();
  if (!target) return undefined;
  const parent = target.item.getId() === ROOT ? undefined : target.item.getItemName();
  const moved = view.getState().dnd?.draggedItems?.[0]?.getId();
  const others = target.item.getItemData().children.filter((child) => child !== moved).length;
  const index = 'insertionIndex' in target ? target.insertionIndex : others;
  return { place: index + 1, of: others + 1, parent };
}
