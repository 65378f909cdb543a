import { getCategory, ifUnchanged, isProblem, listCategories, updateCategory } from '@rubric/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { failureText } from '../api/failure.ts';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';
import { type CategoryTree, nodeOf, ROOT, toTree, withMove } from './category-tree.ts';
import { planMove } from './plan-move.ts';

const treeKey = ['categories', 'tree'];

/** The whole tree in one answer. */
export const treeQuery = queryOptions({
  queryKey: treeKey,
  queryFn: async ({ signal }): Promise<CategoryTree> => {
    const answer = await listCategories({ query: { tree: true }, signal });
    return toTree(answer.data as Parameters<typeof toTree>[0]);
  },
  // Comparing 10,000 nodes with those before takes longer than drawing the few that are visible.
  structuralSharing: false,
});

export const categoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['categories', 'one', id],
    queryFn: ({ signal }) => getCategory({ path: { idOrSlug: id }, signal }),
  });

export interface Move {
  id: string;
  parentId: string;
  /** Among the children of the parent without itself. */
  index: number;
}

/** Where a category stands now, as a move that brings it back. */
export function placeOf(tree: CategoryTree, id: string): Move {
  const { parentId } = nodeOf(tree, id);
  return { id, parentId, index: nodeOf(tree, parentId).children.indexOf(id) };
}

/** Moves a category. The tree shows it at once; a toast can undo it. */
export function useMove(): (move: Move, tree: CategoryTree) => void {
  const queryClient = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ move, tree }: { move: Move; tree: CategoryTree }) => writeMove(tree, move),
    onMutate: async ({ move, tree }) => {
      await queryClient.cancelQueries({ queryKey: treeKey });
      queryClient.setQueryData(treeKey, withMove(tree, move.id, move.parentId, move.index));
    },
    onSuccess: (_, { move, tree }) => {
      const back = placeOf(tree, move.id);
      toast.done({
        title: placeText(withMove(tree, move.id, move.parentId, move.index), move.id),
        undo: () => void undo(back),
      });
    },
    onError: (error) => {
      const detail = isProblem(error, 'version_mismatch') ? texts.categories.changedMeanwhile : failureText(error);
      toast.failed({ title: texts.categories.moveFailed, detail });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['categories'] }),
    meta: { failure: null },
  });
  const undo = async (back: Move) => {
    const tree = await queryClient.fetchQuery({ ...treeQuery, staleTime: 0 });
    if (tree.has(back.id) && tree.has(back.parentId)) mutate({ move: back, tree });
  };
  return (move, tree) => {
    const now = placeOf(tree, move.id);
    if (now.parentId !== move.parentId || now.index !== move.index) mutate({ move, tree });
  };
}

/** "Ferries: 3 of 7 in The City", for the eye and for screen readers. */
export function placeText(tree: CategoryTree, id: string): string {
  const { name, parentId } = nodeOf(tree, id);
  const parent = nodeOf(tree, parentId);
  return texts.categories.place(name, {
    place: parent.children.indexOf(id) + 1,
    of: parent.children.length,
    parent: parentId === ROOT ? undefined : parent.name,
  });
}

/** Writes the positions that have to change, the category itself last: until then nobody sees a difference. */
async function writeMove(tree: CategoryTree, { id, parentId, index }: Move) {
  const siblings = nodeOf(tree, parentId)
    .children.filter((child) => child !== id)
    .map((child) => ({ id: Number(child), position: nodeOf(tree, child).position }));
  for (const { id: written, position } of planMove(siblings, Number(id), index)) {
    const { version } = nodeOf(tree, String(written));
    const parent = parentId === ROOT ? null : Number(parentId);
    await updateCategory({
      ...ifUnchanged({ id: written, version }),
      body: { position, ...(String(written) === id && { parentId: parent }) },
    });
  }
}
