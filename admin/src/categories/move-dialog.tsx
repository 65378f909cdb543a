import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Check } from '../design/check.tsx';
import { Dialog, DialogActions } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { CategoryPicker } from '../pickers/category-picker.tsx';
import { texts } from '../texts/texts.ts';
import { type CategoryTree, nodeOf, ROOT } from './category-tree.ts';

interface MoveDialogProps {
  name: string;
  id: string;
  tree: CategoryTree;
  isPossible: (parentId: string) => boolean;
  onMove: (parentId: string) => void;
  onClose: () => void;
}

/** Moves a category below another one that is far away in the tree: found by name, not dragged to. */
export function MoveDialog({ name, id, tree, isPossible, onMove, onClose }: MoveDialogProps) {
  const now = nodeOf(tree, id).parentId;
  const [parentId, setParentId] = useState<string>();
  const isRefused = parentId !== undefined && !isPossible(parentId);
  return (
    <Dialog open onClose={onClose} title={texts.categories.moveTitle(name)}>
      <div className="flex flex-col gap-4">
        <CategoryPicker
          label={texts.categories.newParent}
          ids={parentId === undefined || parentId === ROOT ? [] : [Number(parentId)]}
          onChange={(ids) => setParentId(ids.at(-1)?.toString())}
        />
        {now !== ROOT && (
          <Check checked={parentId === ROOT} onChange={(top) => setParentId(top ? ROOT : undefined)}>
            {texts.categories.toTheTop}
          </Check>
        )}
        {isRefused && (
          <Notice tone="danger" role="alert">
            {texts.categories.insideItself}
          </Notice>
        )}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{texts.design.cancel}</Button>
        <Button
          look="primary"
          disabled={parentId === undefined || isRefused}
          onClick={() => {
            if (parentId !== undefined) onMove(parentId);
            onClose();
          }}
        >
          {texts.categories.moveAction}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
