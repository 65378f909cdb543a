import { type ArticleListItem, deleteArticle, ifUnchanged, listArticles } from '@rubric/client';
import { infiniteQueryOptions, keepPreviousData, useMutation } from '@tanstack/react-query';
import { articleTotalQuery } from '../api/article-total.ts';
import { MAX_REFETCHED_PAGES, useForget } from '../api/trash.ts';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';
import { type ArticleSearch, queryOf } from './article-search.ts';

const PAGE = 100;

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
