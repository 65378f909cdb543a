import { Link } from '@tanstack/react-router';
import { classNames } from '../design/class-names.ts';
import { texts } from '../texts/texts.ts';
import type { ArticleSearch } from './article-search.ts';

const VIEWS = [undefined, 'draft', 'scheduled', 'published', 'trashed'] as const;

/** The statuses, each with an address of its own; the rest of the filter stays. */
export function StatusViews({ status }: { status: string | undefined }) {
  return (
    <nav aria-label={texts.articles.statusViews} className="flex gap-5 overflow-x-auto text-sm">
      {VIEWS.map((view) => (
        <Link
          key={view ?? ''}
          to="/articles"
          search={(search) => ({ ...(search as ArticleSearch), status: view }) as ArticleSearch}
          aria-current={status === view ? 'page' : undefined}
          activeProps={{}}
          className={classNames(
            'border-b-2 py-2 font-medium whitespace-nowrap no-underline',
            status === view ? 'border-rubric text-ink' : 'border-transparent text-soft hover:text-ink',
          )}
        >
          {texts.articles.views[view ?? 'all']}
        </Link>
      ))}
    </nav>
  );
}
