import { deleteCategory, ifUnchanged } from '@rubric/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { linkedTotalQuery, totalText } from '../api/article-total.ts';
import { ConfirmMutation } from '../forms/confirm-mutation.tsx';
import { texts } from '../texts/texts.ts';
import { categoryQuery } from './categories.queries.ts';
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
  const remove = async () => {
    await deleteCategory(ifUnchanged(category));
    // Its own screen is left before it is read again.
    await navigate(parentId === ROOT ? { to: '/categories' } : { to: '/categories/$id', params: { id: parentId } });
    queryClient.removeQueries(categoryQuery(String(category.id)));
  };
  return (
    <ConfirmMutation
      danger
      title={texts.categories.deleteTitle(category.name)}
      action={texts.categories.delete}
      isWaiting={links.isPending}
      run={remove}
      invalidates={['categories', 'articles']}
      done={texts.categories.deleted(category.name)}
      failure={texts.categories.deleteFailed}
      onClose={onClose}
    >
      <ul className="list-disc pl-5">
        <li>{totalText(links, texts.categories.counting, texts.categories.linksGo)}</li>
        {children.length > 0 && (
          <li>
            {texts.categories.childrenMove(
              children.length,
              parentId === ROOT ? undefined : nodeOf(tree, parentId).name,
            )}
          </li>
        )}
      </ul>
    </ConfirmMutation>
  );
}
