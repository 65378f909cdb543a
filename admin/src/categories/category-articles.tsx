import { type CategoryWithArticles, ifUnchanged, updateCategory } from '@rubric/client';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { failureText } from '../api/failure.ts';
import { Button } from '../design/button.tsx';
import { TextLink } from '../design/link.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/page.tsx';
import { SelectField } from '../design/select.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';
import { OrderedArticles } from './ordered-articles.tsx';
import { categoryArticlesQuery } from './ranks.queries.ts';

const ORDERINGS = ['newest', 'manual'] as const;

/** What readers find in a category, in the order in which they find it. */
export function CategoryArticles({ category, canWrite }: { category: CategoryWithArticles; canWrite: boolean }) {
  const list = useInfiniteQuery(categoryArticlesQuery(category.id));
  const articles = list.data?.pages.flatMap(({ data }) => data) ?? [];
  const setOrdering = useOrdering(category);
  return (
    <div className="mt-8 border-t border-line pt-6">
      <Section
        title={texts.categories.articles}
        lead={category.ordering === 'manual' && canWrite ? texts.categories.manualLead : undefined}
      >
        {canWrite && articles.length > 0 && (
          <SelectField
            className="mb-3 max-w-64"
            label={texts.categories.ordering}
            value={category.ordering}
            options={ORDERINGS.map((value) => ({ value, ...texts.categories.orderings[value] }))}
            onChange={setOrdering}
          />
        )}
        {list.isPending && <Skeleton lines={4} />}
        {list.isError && (
          <Notice
            tone="danger"
            role="alert"
            actions={
              <Button size="sm" onClick={() => void list.refetch()}>
                {texts.design.tryAgain}
              </Button>
            }
          >
            {failureText(list.error)}
          </Notice>
        )}
        {list.isSuccess && articles.length === 0 && <p className="text-soft">{texts.categories.noArticles}</p>}
        <OrderedArticles
          categoryId={category.id}
          articles={articles}
          canOrder={canWrite && category.ordering === 'manual'}
        />
        <div className="mt-3 flex items-center gap-4 text-sm">
          {list.hasNextPage && (
            <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {texts.design.more}
            </Button>
          )}
          <TextLink to="/articles" search={{ any: category.id }}>
            {texts.categories.allArticles}
          </TextLink>
        </div>
      </Section>
    </div>
  );
}

function useOrdering(category: CategoryWithArticles) {
  const queryClient = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (ordering: CategoryWithArticles['ordering']) =>
      updateCategory({ ...ifUnchanged(category), body: { ordering } }),
    onSuccess: ({ ordering }) =>
      toast.done({ title: texts.categories.orderingSet(texts.categories.orderings[ordering].label) }),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['categories', 'one', String(category.id)] }),
        queryClient.invalidateQueries({ queryKey: categoryArticlesQuery(category.id).queryKey }),
      ]),
    meta: { failure: texts.categories.orderingFailed },
  });
  return (ordering: CategoryWithArticles['ordering']) => mutate(ordering);
}
