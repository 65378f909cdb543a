import {
  type ArticleList,
  type ArticleListItem,
  isProblem,
  listArticlesOfCategory,
  rankArticleInCategory,
  takeAwayRankOfArticleInCategory,
} from '@rubric/client';
import { type InfiniteData, infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';

const PAGE = 50;

/** The published articles of a category as readers get them: by hand or newest first. */
export const categoryArticlesQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['articles', 'of category', id],
    queryFn: ({ pageParam, signal }) =>
      listArticlesOfCategory({
        path: { idOrSlug: String(id) },
        query: {
          limit: PAGE,
          fields: ['id', 'title', 'publishedAt'],
          ...(pageParam !== null && { after: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.next,
  });

interface Placement {
  article: ArticleListItem;
  /** The list as it will be. */
  order: readonly ArticleListItem[];
}

/** Gives an article a place by hand, or takes its place away. The list shows it at once. */
export function useRanks(categoryId: number) {
  const queryClient = useQueryClient();
  const { queryKey } = categoryArticlesQuery(categoryId);
  const onSettled = () => queryClient.invalidateQueries({ queryKey });
  const place = useMutation({
    mutationFn: ({ article, order }: Placement) =>
      rankAt(
        categoryId,
        order.filter((each) => each.id !== article.id).map(({ id }) => id),
        article.id,
        order.indexOf(article),
      ),
    onMutate: async ({ order }) => {
      await queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData<InfiniteData<ArticleList>>(queryKey, (list) => list && inOrder(list, order));
    },
    onSettled,
    meta: { failure: texts.categories.rankFailed },
  });
  const release = useMutation({
    mutationFn: ({ id: articleId }: ArticleListItem) =>
      takeAwayRankOfArticleInCategory({ path: { id: categoryId, articleId } }),
    // It may be where it was: the list alone would not say that something was done.
    onSuccess: (_, { title }) => toast.done({ title: texts.categories.isByDate(title) }),
    onSettled,
    meta: { failure: texts.categories.rankFailed },
  });
  return { place: place.mutate, release: release.mutate };
}

/**
 * Puts an article behind the one before it. That one needs a place by hand too: where it has none, it gets one first, and
 * so do those before it.
 */
async function rankAt(id: number, others: readonly number[], articleId: number, index: number): Promise<void> {
  const before = others[index - 1];
  const path = { id, articleId };
  if (before === undefined) {
    await rankArticleInCategory({ path, body: { first: true } });
    return;
  }
  try {
    await rankArticleInCategory({ path, body: { after: before } });
  } catch (error) {
    if (!isProblem(error, 'not_ranked')) throw error;
    await rankAt(id, others.slice(0, index - 1), before, index - 1);
    await rankArticleInCategory({ path, body: { after: before } });
  }
}

/** The same pages with the rows in another order. */
function inOrder(list: InfiniteData<ArticleList>, order: readonly ArticleListItem[]): InfiniteData<ArticleList> {
  const rest = [...order];
  return { ...list, pages: list.pages.map((page) => ({ ...page, data: rest.splice(0, page.data.length) })) };
}
