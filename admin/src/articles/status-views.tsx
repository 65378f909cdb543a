import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { classNames } from '../design/class-names.ts';
import { texts } from '../texts/texts.ts';
import { type ArticleSearch, withoutEmpty } from './article-search.ts';
import type { View } from './use-views.ts';

const STATUSES = [undefined, 'draft', 'scheduled', 'published', 'trashed'] as const;

interface StatusViewsProps {
  search: ArticleSearch;
  views: readonly View[];
  current: View | undefined;
  children: ReactNode;
}

/** The statuses, which keep the rest of the filter, and the views that were kept by name, which replace all of it. */
export function StatusViews({ search, views, current, children }: StatusViewsProps) {
  return (
    <nav aria-label={texts.articles.statusViews} className="flex flex-wrap items-center gap-x-5 text-sm">
      {STATUSES.map((status) => (
        <Tab
          key={status ?? ''}
          search={withoutEmpty({ ...search, status })}
          isCurrent={!current && search.status === status}
        >
          {texts.articles.views[status ?? 'all']}
        </Tab>
      ))}
      {views.map((view) => (
        <Tab key={view.name} search={view.search} isCurrent={view === current}>
          {view.name}
        </Tab>
      ))}
      {children}
    </nav>
  );
}

const Tab = ({ search, isCurrent, children }: { search: ArticleSearch; isCurrent: boolean; children: ReactNode }) => (
  <Link
    to="/articles"
    search={search}
    // The router compares with the whole URL, which a kept view and a status can share.
    activeOptions={{ exact: true }}
    activeProps={{}}
    aria-current={isCurrent ? 'page' : undefined}
    className={classNames(
      'border-b-2 py-2 font-medium whitespace-nowrap no-underline -outline-offset-2!',
      isCurrent ? 'border-rubric text-ink' : 'border-transparent text-soft hover:text-ink',
    )}
  >
    {children}
  </Link>
);
