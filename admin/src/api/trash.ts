import { type Article, type ArticleList, deleteArticle, ifUnchanged, restoreArticle } from '@rubric/client';
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';

/** A list that was scrolled further than this is not fetched again from its start when the screen is opened again. */
export const MAX_REFETCHED_PAGES = 20;

type ArticlePages = InfiniteData<ArticleList, string | null>;
/** As lists have it, and as its own screen does. */
type Trashed = Pick<Article, 'id' | 'title' | 'version'>;

/** Puts articles into the trash and takes them out; each can be undone by the other. */
export function useTrash() {
  const gone = useForget();
  const restore = useMutation({
    mutationFn: (article: Trashed) => restoreArticle({ path: { id: article.id } }),
    onSuccess: (_, article) => {
      gone(article);
      toast.done({ title: texts.articles.restored(article.title) });
    },
    meta: { failure: texts.articles.restoreFailed },
  });
  const trash = useMutation({
    mutationFn: (article: Trashed) => deleteArticle(ifUnchanged(article)),
    onSuccess: (_, article) => {
      gone(article);
      toast.done({ title: texts.articles.trashed(article.title), undo: () => restore.mutate(article) });
    },
    meta: { failure: texts.articles.trashFailed },
  });
  return { trash: trash.mutate, restore: restore.mutate };
}

/** Takes a row out of the lists at once, where it stands, and then asks for what is near. */
export function useForget() {
  const queryClient = useQueryClient();
  return ({ id }: Pick<Article, 'id'>) => {
    queryClient.setQueriesData<ArticlePages>({ queryKey: ['articles', 'list'] }, (list) => list && without(list, id));
    void queryClient.invalidateQueries({
      queryKey: ['articles'],
      // Not the text on the screen that is about to be left.
      predicate: ({ queryKey, state }) =>
        queryKey[2] !== 'writing' && ((state.data as Partial<ArticlePages>)?.pages?.length ?? 0) <= MAX_REFETCHED_PAGES,
    });
  };
}

const without = (list: ArticlePages, id: number): ArticlePages => ({
  ...list,
  pages: list.pages.map((page) => ({ ...page, data: page.data.filter((article) => article.id !== id) })),
});
