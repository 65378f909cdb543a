import type { ArticleListItem } from '@rubric/client';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { Badge } from '../design/badge.tsx';
import { classNames } from '../design/class-names.ts';
import { Time } from '../design/time.tsx';
import { texts } from '../texts/texts.ts';
import { COLUMN_CLASSES, COLUMNS, type ColumnName } from './columns.ts';
import { RowActions } from './row-actions.tsx';
import { Snippet } from './snippet.tsx';

const TONES = { draft: 'plain', scheduled: 'due', trashed: 'danger' } as const;

interface ArticleRowProps {
  /** Absent while it is on its way. */
  article: ArticleListItem | undefined;
  index: number;
  isCurrent: boolean;
  hidden: readonly string[];
  /** Of categories whose name says too little. */
  fullNames: ReadonlyMap<number, string>;
  offset: number;
  size: number;
}

/** One article. Its title is a link, so that it opens in another tab as any link does. */
export const ArticleRow = memo(function ArticleRow({
  article,
  index,
  isCurrent,
  hidden,
  fullNames,
  offset,
  size,
}: ArticleRowProps) {
  const place = { height: size, transform: `translateY(${offset}px)` };
  if (!article) return <WaitingRow place={place} />;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      style={place}
      className={classNames(
        'group absolute inset-x-0 top-0 flex flex-wrap content-center items-center gap-x-4 gap-y-0.5 overflow-hidden px-4 @3xl:flex-nowrap',
        'border-b border-line last:border-0 hover:bg-wash/60 has-[a:focus-visible]:bg-wash has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-2 has-[a:focus-visible]:outline-focus',
      )}
    >
      <div role="rowheader" className={COLUMN_CLASSES.title}>
        <Link
          to="/articles/$articleId"
          params={{ articleId: String(article.id) }}
          title={article.title}
          tabIndex={isCurrent ? 0 : -1}
          className="block truncate text-base font-medium no-underline outline-none group-hover:underline group-hover:decoration-line group-hover:underline-offset-3"
        >
          {article.title}
        </Link>
        {article.snippet && <Snippet parts={article.snippet} />}
      </div>
      {COLUMNS.map(
        (column) =>
          !hidden.includes(column) && (
            <div key={column} role="cell" className={classNames(COLUMN_CLASSES[column], 'truncate text-soft')}>
              <Value article={article} column={column} fullNames={fullNames} />
            </div>
          ),
      )}
      <div role="cell" className={COLUMN_CLASSES.actions}>
        <RowActions article={article} isCurrent={isCurrent} />
      </div>
    </div>
  );
});

function Value({
  article,
  column,
  fullNames,
}: Pick<ArticleRowProps, 'fullNames'> & { article: ArticleListItem; column: ColumnName }) {
  switch (column) {
    case 'status':
      // Most are published: that is said quietly, so that the others stand out.
      return article.status !== 'published' ? (
        <Badge tone={TONES[article.status]}>{texts.articles.statuses[article.status]}</Badge>
      ) : article.hasDraft ? (
        <Badge tone="rubric">{texts.articles.changedSince}</Badge>
      ) : (
        texts.articles.statuses.published
      );
    case 'categories':
      return article.categories.length > 0 ? (
        <InFull text={article.categories.map(({ id, name }) => fullNames.get(id) ?? name).join(', ')} />
      ) : (
        <span className="text-faint">–</span>
      );
    case 'authors':
      return <InFull text={article.authors.map(({ name }) => name).join(', ')} />;
    case 'publishedAt':
      return article.publishedAt && <Time at={article.publishedAt} relative={false} />;
    case 'updatedAt':
      return <Time at={article.updatedAt} />;
  }
}

/** What the column cuts is in its title. */
const InFull = ({ text }: { text: string }) => <span title={text}>{text}</span>;

const WaitingRow = ({ place }: { place: { height: number; transform: string } }) => (
  <div
    aria-hidden="true"
    style={place}
    className="absolute inset-x-0 top-0 flex items-center border-b border-line px-4"
  >
    <div className="h-3 w-2/5 rounded-sm bg-wash" />
  </div>
);
