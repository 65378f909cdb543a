import { EmptyState } from '../design/empty-state.tsx';
import { ButtonLink } from '../design/link.tsx';
import { texts } from '../texts/texts.ts';
import { type ArticleSearch, countFilters } from './article-search.ts';

/** Says why nothing is there: nothing yet, or nothing that matches. */
export function NoArticles({ search }: { search: ArticleSearch }) {
  const { articles } = texts;
  if (search.q !== undefined || countFilters(search) > 0)
    return (
      <EmptyState
        title={articles.noMatch}
        action={
          <ButtonLink to="/articles" search={search.status === undefined ? {} : { status: search.status }}>
            {articles.clearFilters}
          </ButtonLink>
        }
      >
        {articles.noMatchHint}
      </EmptyState>
    );
  if (search.status === 'trashed')
    return <EmptyState title={articles.emptyTrash}>{articles.emptyTrashHint}</EmptyState>;
  return <EmptyState title={articles.none}>{articles.noneHint}</EmptyState>;
}
