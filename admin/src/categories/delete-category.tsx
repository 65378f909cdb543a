import { deleteCategory, ifUnchanged } from '@rubric/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { linkedTotalQuery } from '../api/article-total.ts';
import { Confirm } from '../design/dialog.tsx';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';
import { type CategoryTree, nodeOf, ROOT } from './category-tree.ts';

interface DeleteCategoryProps {
  category: { id: number; name: string; version: number };
  tree: CategoryTree;
  onClose: () => void;
}

/** Says what will happen to the articles and to the categories below, then deletes the category. */
export function DeleteCategory({ category, tree, onClose }: DeleteCategoryProps) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const links = useQuery(linkedTotalQuery({ 'categories[any]': [String(category.id)] }));
  const { children, parentId } = nodeOf(tree, String(category.id));
  const remove = useMutation({
    mutationFn: () => deleteCategory(ifUnchanged(category)),
    onSuccess: async () => {
      toast.done({ title: texts.categories.deleted(category.name) });
      await navigate(parentId === ROOT ? { to: '/categories' } : { to: '/categories/$id', params: { id: parentId } });
      queryClient.removeQueries({ queryKey: ['categories', 'one', String(category.id)] });
      void queryClient.invalidateQueries({ queryKey: ['categories'] });
      void queryClient.invalidateQueries({ queryKey: ['articles'] });
    },
    onSettled: onClose,
    meta: { failure: texts.categories.deleteFailed },
  });
  return (
    <Confirm
      open
      title={texts.categories.deleteTitle(category.name)}
      action={texts.categories.delete}
      danger
      busy={remove.isPending || links.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <ul className="list-disc pl-5">
        <li>{links.data === undefined ? texts.categories.counting : texts.categories.linksGo(links.data)}</li>
        {children.length > 0 && (
          <li>
            {texts.categories.childrenMove(
              children.length,
              parentId === ROOT ? undefined : nodeOf(tree, parentId).name,
            )}
          </li>
        )}
      </ul>
    </Confirm>
  );
}
