import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useScope } from '../api/account.ts';
import { ButtonLink } from '../design/link.tsx';
import { Page } from '../design/page.tsx';
import { texts } from '../texts/texts.ts';
import { ArticleFilters, ClearFilters } from './article-filters.tsx';
import type { ArticleSearch } from './article-search.ts';
import { ArticleTable } from './article-table.tsx';
import { totalQuery } from './articles.queries.ts';
import { KeepView } from './keep-view.tsx';
import { SearchField } from './search-field.tsx';
import { StatusViews } from './status-views.tsx';
import { useViews } from './use-views.ts';
import { ViewMenu } from './view-menu.tsx';

const route = getRouteApi('/signed-in/articles');

/** All articles, by a filter that is in the URL. */
export function ArticlesScreen() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { views, current, hidden, hide, keep, forget } = useViews(search);
  const canWrite = useScope('articles.write') !== undefined;
  const change = (next: Partial<Record<keyof ArticleSearch, ArticleSearch[keyof ArticleSearch]>>) =>
    void navigate({ search: (present: ArticleSearch) => ({ ...present, ...next }) as ArticleSearch, replace: true });
  return (
    <Page
      title={texts.screens.articles}
      lead={<Total search={search} />}
      width="full"
      actions={
        canWrite && (
          <ButtonLink look="primary" icon="add" to="/articles/$articleId" params={{ articleId: 'new' }}>
            {texts.articles.new}
          </ButtonLink>
        )
      }
    >
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <SearchField q={search.q ?? ''} onChange={(q) => change({ q: q || undefined, sort: undefined })} />
        <ArticleFilters search={search} onChange={change} />
        <ViewMenu
          search={search}
          onSort={(sort) => change({ sort })}
          hidden={hidden}
          onHide={hide}
          current={current}
          onForget={forget}
        />
      </div>
      <StatusViews search={search} views={views} current={current}>
        {/* One thing beside the tabs, so that its gap is not that of tabs. */}
        <span className="-ml-2 flex items-center">
          {!current && canBeKept(search) && <KeepView onKeep={keep} />}
          <ClearFilters search={search} onChange={change} />
        </span>
      </StatusViews>
      <ArticleTable search={search} hidden={hidden} onSort={(sort) => change({ sort })} />
    </Page>
  );
}

/** A status alone has a name already. */
const canBeKept = ({ status: _status, ...others }: ArticleSearch) => Object.keys(others).length > 0;

/** Announced when it changes, which is when a filter was changed. */
function Total({ search }: { search: ArticleSearch }) {
  const { data } = useQuery(totalQuery(search));
  return (
    <span role="status" className="tabular-nums">
      {data === undefined ? ' ' : texts.articles.total(data)}
    </span>
  );
}
