import {
  type ArticleList,
  type ArticleListItem,
  deleteArticle,
  ifUnchanged,
  listArticles,
  restoreArticle,
} from '@rubric/client';
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { articleTotalQuery } from '../api/article-total.ts';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';
import { type ArticleSearch, queryOf } from './article-search.ts';

const PAGE = 100;
/** A list that was scrolled further than this is not fetched again from its start when the screen is opened again. */
const MAX_REFETCHED_PAGES = 20;

type ArticlePages = InfiniteData<ArticleList, string | null>;

/** The rows of the list, by keyset: the cost of a page does not depend on its depth. */
export const articlesQuery = (search: ArticleSearch) =>
  infiniteQueryOptions({
    queryKey: ['articles', 'list', queryOf(search)],
    queryFn: ({ pageParam, signal }) =>
      listArticles({
        query: { ...queryOf(search), limit: PAGE, ...(pageParam !== null && { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.next,
    placeholderData: keepPreviousData,
    refetchOnMount: ({ state }) => (state.data?.pages.length ?? 0) <= MAX_REFETCHED_PAGES,
  });

/** Apart from the rows, which need not wait for a count. */
export const totalQuery = (search: ArticleSearch) => {
  const { sort: _sort, highlight: _highlight, ...query } = queryOf(search);
  return { ...articleTotalQuery(query), placeholderData: keepPreviousData };
};

/** Puts articles into the trash and takes them out; each can be undone by the other. */
export function useTrash() {
  const gone = useForget();
  const restore = useMutation({
    mutationFn: (article: ArticleListItem) => restoreArticle({ path: { id: article.id } }),
    onSuccess: (_, article) => {
      gone(article);
      toast.done({ title: texts.articles.restored(article.title) });
    },
    meta: { failure: texts.articles.restoreFailed },
  });
  const trash = useMutation({
    mutationFn: (article: ArticleListItem) => deleteArticle(ifUnchanged(article)),
    onSuccess: (_, article) => {
      gone(article);
      toast.done({ title: texts.articles.trashed(article.title), undo: () => restore.mutate(article) });
    },
    meta: { failure: texts.articles.trashFailed },
  });
  return { trash: trash.mutate, restore: restore.mutate };
}

/** Deletes an article for good. The screen asks before. */
export function useDeleteForGood() {
  const gone = useForget();
  return useMutation({
    mutationFn: (article: ArticleListItem) => deleteArticle({ ...ifUnchanged(article), query: { permanent: true } }),
    onSuccess: (_, article) => {
      gone(article);
      toast.done({ title: texts.articles.deleted(article.title) });
    },
    meta: { failure: texts.articles.deleteFailed },
  });
}

/** Takes a row out of the lists at once, where it stands, and then asks for what is near. */
function useForget() {
  const queryClient = useQueryClient();
  return ({ id }: ArticleListItem) => {
    queryClient.setQueriesData<ArticlePages>({ queryKey: ['articles', 'list'] }, (list) => list && without(list, id));
    void queryClient.invalidateQueries({
      queryKey: ['articles'],
      predicate: ({ state }) => ((state.data as Partial<ArticlePages>)?.pages?.length ?? 0) <= MAX_REFETCHED_PAGES,
    });
  };
}

const without = (list: ArticlePages, id: number): ArticlePages => ({
  ...list,
  pages: list.pages.map((page) => ({ ...page, data: page.data.filter((article) => article.id !== id) })),
});
