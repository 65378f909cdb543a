import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { failureText } from '../api/failure.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { texts } from '../texts/texts.ts';
import { ArticleRow } from './article-row.tsx';
import { type ArticleSearch, type Sort, sortOf } from './article-search.ts';
import { articlesQuery, totalQuery } from './articles.queries.ts';
import { ColumnHeads } from './column-heads.tsx';
import { useFullNames } from './full-names.ts';
import { NoArticles } from './no-articles.tsx';
import { useVirtualRows } from './use-virtual-rows.ts';

/** So many rows before the end of what is there, the next page is fetched. */
const AHEAD = 40;

interface ArticleTableProps {
  search: ArticleSearch;
  hidden: readonly string[];
  onSort: (sort: Sort) => void;
}

/** The table: as many rows in the DOM as fit, and of the rest as many pages as were scrolled to. */
export function ArticleTable({ search, hidden, onSort }: ArticleTableProps) {
  const filter = JSON.stringify(search);
  const list = useInfiniteQuery(articlesQuery(search));
  const total = useQuery(totalQuery(search)).data;
  const articles = useMemo(() => list.data?.pages.flatMap((page) => page.data) ?? [], [list.data]);
  const fullNames = useFullNames(articles);
  const waiting = list.hasNextPage ? Math.min(AHEAD, Math.max((total ?? 0) - articles.length, 1)) : 0;
  const { container, items, current, height } = useVirtualRows(
    articles.length + waiting,
    articles[0]?.snippet ? 'snippets' : 'plain',
  );

  const last = items.at(-1)?.index ?? 0;
  const { fetchNextPage, hasNextPage, isFetching, isError, isPlaceholderData } = list;
  const isNear = last >= articles.length - AHEAD;
  useEffect(() => {
    if (isNear && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [isNear, hasNextPage, isFetching, isError, fetchNextPage]);
  useToTop(filter);

  if (list.isError && articles.length === 0) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (list.isSuccess && !isPlaceholderData && articles.length === 0) return <NoArticles search={search} />;
  return (
    <>
      <div
        role="table"
        aria-label={texts.screens.articles}
        aria-rowcount={total === undefined ? -1 : total + 1}
        aria-busy={isPlaceholderData}
        ref={container}
        className="@container rounded-lg bg-paper text-sm inset-ring inset-ring-line"
      >
        <ColumnHeads hidden={hidden} sort={sortOf(search)} onSort={onSort} />
        <div role="rowgroup" className="relative" style={{ height }}>
          {items.map(({ index, offset, size }) => (
            <ArticleRow
              key={articles[index]?.id ?? `waiting ${index}`}
              article={articles[index]}
              index={index}
              isCurrent={index === current}
              hidden={hidden}
              fullNames={fullNames}
              offset={offset}
              size={size}
            />
          ))}
        </div>
      </div>
      {list.isFetchNextPageError && <Failure error={list.error} retry={() => void list.fetchNextPage()} />}
    </>
  );
}

/** Another filter begins at the top. Not on the way back, when the router restores where the page was. */
function useToTop(filter: string) {
  const shown = useRef(filter);
  useEffect(() => {
    if (shown.current !== filter) window.scrollTo({ top: 0 });
    shown.current = filter;
  }, [filter]);
}

const Failure = ({ error, retry }: { error: Error | null; retry: () => void }) => (
  <Notice
    tone="danger"
    role="alert"
    className="mt-3"
    actions={
      <Button size="sm" onClick={retry}>
        {texts.design.tryAgain}
      </Button>
    }
  >
    {failureText(error)}
  </Notice>
);
