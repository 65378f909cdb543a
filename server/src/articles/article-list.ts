import { fingerprint } from '../listing/cursor.ts';
import { envelope, pick, sliceOf } from '../listing/page.ts';
import type { ListShape, ListValues } from './article-lists.queries.ts';
import type { ArticleField, ArticleListQuery } from './articles.schema.ts';

const isInstant = (key: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(key) && !Number.isNaN(Date.parse(key));

/** What a list request asks of the database, and how its rows become the answer. Pure. */
export function planList(query: ArticleListQuery, categoryId: number | null) {
  const mark = fingerprint([categoryId]);
  const slice = sliceOf(query, mark, isInstant);
  const fields: readonly ArticleField[] | undefined = query.fields;
  const shape: ListShape = {
    of: categoryId === null ? 'all' : 'category',
    backward: slice.backward,
    withContent: fields?.includes('content') ?? false,
  };
  const values: ListValues = { categoryId, from: slice.from, fetch: slice.limit + 1, offset: slice.offset };
  return {
    shape,
    values,
    /** @param rows what `listArticles` gave; @param total what `countArticles` gave, when it was asked */
    answer: <Row extends { id: number; publishedAt: Date | null }>(rows: Row[], total: number | undefined) =>
      envelope(
        rows,
        { slice, fingerprint: mark, total },
        (row) => ({ key: row.publishedAt?.toISOString() ?? '', id: row.id }),
        (row) => pick(row, fields),
      ),
  };
}
