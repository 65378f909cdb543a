import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useScope } from '../api/account.ts';
import { bylinesQuery } from '../api/bylines.ts';
import { Button } from '../design/button.tsx';
import { Check } from '../design/check.tsx';
import { classNames } from '../design/class-names.ts';
import { TextField } from '../design/field.tsx';
import { lazyComponent } from '../design/lazy-component.ts';
import { Popover } from '../design/popover.tsx';
import { categoriesByIdQuery } from '../pickers/categories.queries.ts';
import { texts } from '../texts/texts.ts';
import { type ArticleSearch, CATEGORY_FILTERS, countFilters, readIds, writeIds } from './article-search.ts';

/** They come when a filter is opened: with them, the first screen is 14 kB larger. */
const CategoryPicker = lazyComponent(async () => (await import('../pickers/category-picker.tsx')).CategoryPicker);
const AuthorPicker = lazyComponent(async () => (await import('../pickers/author-picker.tsx')).AuthorPicker);

type Change = (next: Partial<Record<keyof ArticleSearch, ArticleSearch[keyof ArticleSearch]>>) => void;

interface ArticleFiltersProps {
  search: ArticleSearch;
  onChange: Change;
}

/** The filters besides words and status, each in a popover whose button says what it is set to. */
export function ArticleFilters({ search, onChange }: ArticleFiltersProps) {
  const canReadDrafts = useScope('articles.readWorkingDrafts') !== undefined;
  return (
    <div className="contents">
      <CategoryFilter search={search} onChange={onChange} />
      <AuthorFilter search={search} onChange={onChange} />
      <DateFilter search={search} onChange={onChange} />
      {canReadDrafts && (
        <Button
          aria-pressed={search.changed ?? false}
          className={filterClass(search.changed ?? false)}
          onClick={() => onChange({ changed: search.changed ? undefined : true })}
        >
          {texts.articles.filters.changed}
        </Button>
      )}
    </div>
  );
}

/** Not among the filters, where the first one that is set would push it, and the list, down a line. */
export function ClearFilters({ search, onChange }: ArticleFiltersProps) {
  if (countFilters(search) === 0) return null;
  return (
    <Button look="quiet" size="sm" onClick={() => onChange(CLEARED)}>
      {texts.articles.clearFilters}
    </Button>
  );
}

const CLEARED = {
  any: undefined,
  all: undefined,
  none: undefined,
  below: undefined,
  uncategorised: undefined,
  changed: undefined,
  author: undefined,
  from: undefined,
  to: undefined,
} as const;

function CategoryFilter({ search, onChange }: { search: ArticleSearch; onChange: Change }) {
  const ids = CATEGORY_FILTERS.flatMap((name) => readIds(search[name]));
  const names = useQuery(categoriesByIdQuery(ids)).data?.map(({ name }) => name) ?? [];
  const value = search.uncategorised ? texts.articles.uncategorised : texts.articles.someOf(names);
  return (
    <Filter label={texts.articles.filters.categories} value={value} isSet={search.uncategorised ?? ids.length > 0}>
      <div className="flex flex-col gap-3">
        {CATEGORY_FILTERS.map((name) => (
          <div key={name}>
            <CategoryPicker
              label={texts.articles.categoryFilters[name]}
              ids={readIds(search[name])}
              onChange={(next) => onChange({ [name]: writeIds(next), uncategorised: undefined })}
            />
          </div>
        ))}
        <Check checked={search.below ?? false} onChange={(below) => onChange({ below: below || undefined })}>
          {texts.articles.below}
        </Check>
        <Check
          checked={search.uncategorised ?? false}
          onChange={(on) => onChange({ ...CLEARED_CATEGORIES, uncategorised: on || undefined })}
        >
          {texts.articles.onlyUncategorised}
        </Check>
      </div>
    </Filter>
  );
}

const CLEARED_CATEGORIES = { any: undefined, all: undefined, none: undefined, below: undefined } as const;

function AuthorFilter({ search, onChange }: { search: ArticleSearch; onChange: Change }) {
  const ids = readIds(search.author);
  const authors = useQuery({ ...bylinesQuery, enabled: ids.length > 0 }).data ?? [];
  const names = authors.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return (
    <Filter label={texts.articles.filters.authors} value={texts.articles.someOf(names)} isSet={ids.length > 0}>
      <AuthorPicker
        label={texts.articles.filters.authors}
        ids={ids}
        onChange={(next) => onChange({ author: writeIds(next) })}
      />
    </Filter>
  );
}

function DateFilter({ search: { from, to }, onChange }: { search: ArticleSearch; onChange: Change }) {
  return (
    <Filter
      label={texts.articles.filters.published}
      value={texts.articles.days(from, to)}
      isSet={from !== undefined || to !== undefined}
    >
      <div className="flex flex-col gap-3">
        <TextField
          type="date"
          label={texts.articles.from}
          value={from ?? ''}
          max={to}
          onChange={(day) => onChange({ from: day || undefined })}
        />
        <TextField
          type="date"
          label={texts.articles.to}
          value={to ?? ''}
          min={from}
          onChange={(day) => onChange({ to: day || undefined })}
        />
      </div>
    </Filter>
  );
}

const filterClass = (isSet: boolean) =>
  classNames('order-2 max-w-72', isSet ? 'bg-rubric-wash! text-rubric-deep' : 'text-soft');

function Filter({
  label,
  value,
  isSet,
  children,
}: {
  label: string;
  value: string;
  isSet: boolean;
  children: ReactNode;
}) {
  return (
    <Popover
      label={label}
      className="w-80"
      trigger={
        <Button className={filterClass(isSet)}>
          <span className="truncate">{isSet && value ? `${label}: ${value}` : label}</span>
        </Button>
      }
    >
      <Suspense>
        <FocusFirst>{children}</FocusFirst>
      </Suspense>
    </Popover>
  );
}

/** Pickers arrive after the popover has looked for a field to focus. */
function FocusFirst({ children }: { children: ReactNode }) {
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => fields.current?.querySelector('input')?.focus(), []);
  return <div ref={fields}>{children}</div>;
}
