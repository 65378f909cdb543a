import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { preferenceOf, preferencesQuery, savePreference } from '../api/preferences.ts';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';
import { type ArticleSearch, parseArticleSearch } from './article-search.ts';
import { COLUMNS, type ColumnName } from './columns.ts';

/** A filter that was kept under a name, with the columns it is looked at in. */
export interface View {
  name: string;
  search: ArticleSearch;
  hidden: readonly ColumnName[];
}

const VIEWS = 'articles.views';
const HIDDEN = 'articles.hidden';

/** The views that the person has kept, and the columns: those of the view that the URL shows, else the person's own. */
export function useViews(search: ArticleSearch) {
  const queryClient = useQueryClient();
  const { data } = useQuery(preferencesQuery);
  const { mutate } = useMutation({
    mutationFn: ({ key, value }: { key: string; value: object }) =>
      savePreference(queryClient, key, value as Parameters<typeof savePreference>[2]),
    meta: { failure: texts.articles.viewNotKept },
  });
  const views = (data && preferenceOf(data, VIEWS, isViews)) ?? [];
  const ownHidden = (data && preferenceOf(data, HIDDEN, isHidden)) ?? [];
  const current = views.find((view) => isSame(view.search, search));
  const write = (next: readonly View[]) => mutate({ key: VIEWS, value: next });
  return {
    views,
    current,
    hidden: current?.hidden ?? ownHidden,
    hide: (hidden: readonly ColumnName[]) =>
      current
        ? write(views.map((view) => (view === current ? { ...view, hidden } : view)))
        : mutate({ key: HIDDEN, value: hidden }),
    keep: (name: string) => write([...views.filter((view) => view.name !== name), { name, search, hidden: ownHidden }]),
    forget: (gone: View) => {
      write(views.filter((view) => view !== gone));
      toast.done({ title: texts.articles.viewForgotten(gone.name), undo: () => write(views) });
    },
  };
}

export const isSame = (one: ArticleSearch, other: ArticleSearch): boolean => canonical(one) === canonical(other);

const canonical = (search: ArticleSearch) =>
  JSON.stringify(Object.entries(search).sort(([a], [b]) => (a < b ? -1 : 1)));

const isHidden = (value: unknown): value is ColumnName[] =>
  Array.isArray(value) && value.every((each) => COLUMNS.includes(each as ColumnName));

/** What an earlier version of the site wrote need not be a filter of this one. */
const isViews = (value: unknown): value is View[] =>
  Array.isArray(value) &&
  value.every(
    ({ name, search, hidden }: Partial<View>) =>
      typeof name === 'string' &&
      typeof search === 'object' &&
      isSame(parseArticleSearch({ ...search }), search) &&
      isHidden(hidden),
  );
