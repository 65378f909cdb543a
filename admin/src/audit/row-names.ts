import { type AuditEntry, listArticles, listCategories } from '@rubric/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

/** What rows are called, by their kind and id. Those that are gone have no name any more. */
export type RowNames = ReadonlyMap<string, string>;

export const rowKey = (subject: string, id: number) => `${subject} ${id}`;

const STATUSES = ['draft', 'scheduled', 'published', 'trashed'] as const;

/** The names of the articles and categories of a page of the log, each kind by one request: entries have their ids alone. */
export const rowNamesQuery = (entries: readonly AuditEntry[]) => {
  const articles = idsOf(entries, 'article');
  const categories = idsOf(entries, 'category');
  return queryOptions({
    // They change with what they name.
    queryKey: ['audit', 'names', articles, categories],
    queryFn: async ({ signal }): Promise<[string, string][]> => {
      const [titled, named] = await Promise.all([
        articles.length === 0
          ? []
          : listArticles({
              query: { ids: articles, status: [...STATUSES], limit: 100, fields: ['id', 'title'] },
              signal,
            }).then(({ data }) => data),
        categories.length === 0
          ? []
          : listCategories({ query: { ids: categories, limit: 100, fields: ['id', 'name'] }, signal }).then(
              ({ data }) => data,
            ),
      ]);
      return [
        ...titled.map(({ id, title }): [string, string] => [rowKey('article', id), title]),
        ...named.map(({ id, name }): [string, string] => [rowKey('category', id), name]),
      ];
    },
    placeholderData: keepPreviousData,
  });
};

const idsOf = (entries: readonly AuditEntry[], kind: string): number[] => [
  ...new Set(entries.flatMap(({ subject, subjectId }) => (subject === kind && subjectId !== null ? [subjectId] : []))),
];
