import { classNames } from '../design/class-names.ts';
import { Icon } from '../design/icon.tsx';
import { texts } from '../texts/texts.ts';
import type { Sort } from './article-search.ts';
import { COLUMN_CLASSES, COLUMNS, type ColumnName } from './columns.ts';

/** The order that a click on a head asks for first, and the opposite, where the API can order by it. */
const SORTS: Partial<Record<ColumnName | 'title', readonly [Sort, Sort]>> = {
  title: ['title', '-title'],
  publishedAt: ['-publishedAt', 'publishedAt'],
  updatedAt: ['-updatedAt', 'updatedAt'],
};

interface ColumnHeadsProps {
  hidden: readonly string[];
  sort: Sort;
  onSort: (sort: Sort) => void;
}

export function ColumnHeads({ hidden, sort, onSort }: ColumnHeadsProps) {
  const columns = ['title' as const, ...COLUMNS.filter((column) => !hidden.includes(column))];
  return (
    <div
      role="rowgroup"
      className="sticky top-[3.0625rem] z-10 hidden rounded-t-lg bg-paper lg:top-0 inset-ring inset-ring-line @3xl:block"
    >
      <div role="row" aria-rowindex={1} className="flex items-center gap-4 px-4 text-xs text-soft">
        {columns.map((column) => {
          const [first, second] = SORTS[column] ?? [];
          const order =
            sort === first || sort === second ? (sort.startsWith('-') ? 'descending' : 'ascending') : undefined;
          return (
            <div
              key={column}
              role="columnheader"
              aria-sort={order}
              className={classNames(COLUMN_CLASSES[column], 'py-2')}
            >
              {first && second ? (
                <button
                  type="button"
                  onClick={() => onSort(sort === first ? second : first)}
                  className={classNames(
                    'inline-flex items-center gap-1 rounded-sm font-medium',
                    order ? 'text-ink' : 'hover:text-ink',
                  )}
                >
                  {texts.articles.columns[column]}
                  {order && <Icon name={order === 'ascending' ? 'up' : 'down'} className="size-3.5" />}
                </button>
              ) : (
                <span className="font-medium">{texts.articles.columns[column]}</span>
              )}
            </div>
          );
        })}
        <div role="columnheader" className={COLUMN_CLASSES.actions}>
          <span className="sr-only">{texts.articles.columns.actions}</span>
        </div>
      </div>
    </div>
  );
}
