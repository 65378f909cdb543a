import type { Principal } from '../../access/principal.ts';
import type { IdOrSlug } from '../../http/wire.schema.ts';
import { fingerprint, unordered } from '../../pagination/cursor.ts';
import { envelope, pageRequestOf, pick } from '../../pagination/page.ts';
import { isUnlisted } from '../article-fields.ts';
import { type ArticleListQuery, type ArticleSort, HAS_DRAFT } from '../articles.schema.ts';
import type { SnippetPart } from '../search/snippet.ts';
import { withoutUnseenDraft } from '../visibility/visibility.ts';
import { filterOf } from './filters.ts';
import type { ListShape, ListValues } from './list-shape.ts';
import { isSortKey, type ListedRow, sortKeyOf } from './sorts.queries.ts';

/** Query parameters that choose a page of a list, or what it shows, and do not change which rows the list holds. */
const PAGE_PARAMETERS = new Set(['limit', 'after', 'before', 'page', 'total', 'fields', 'facets', 'highlight']);

/** Only what the client sent, nothing of how the list is found: cursors survive a change of the list engine. */
function fingerprintOf(query: ArticleListQuery, category: IdOrSlug | null): string {
  const filterAndOrder = Object.entries(query).filter(([name]) => !PAGE_PARAMETERS.has(name));
  return fingerprint([unordered(filterAndOrder), category]);
}

/** A row without its sort key, and without `hasDraft` if the caller cannot see the working draft. */
function shownRow(row: ListedRow): ListedRow {
  if (row.sortKey === undefined && row.hasDraft === undefined) return row;
  const { sortKey: _, ...shown } = row;
  return withoutUnseenDraft(shown);
}

/**
 * Translates a list request into the shape and the values of its statements, and their rows into the response. Pure.
 *
 * @param category the category of the path, for `GET /categories/:idOrSlug/articles`
 */
export function planList(query: ArticleListQuery, principal: Principal, category: IdOrSlug | null) {
  const filter = filterOf(query, principal, category);
  const requestedSort = query.sort.replace(/^-/, '') as ArticleSort;
  const includesTrash = filter.shape.statuses.includes('trashed');
  const sort = requestedSort === 'publishedAt' && includesTrash ? 'publishedAtWithTrash' : requestedSort;
  const listFingerprint = fingerprintOf(query, category);
  const pageRequest = pageRequestOf(query, listFingerprint, (key) => isSortKey(sort, key, filter.shape));
  const isSortDescending = query.sort.startsWith('-') || sort === 'relevance';
  const shape: ListShape = {
    ...filter.shape,
    sort,
    isDescending: isSortDescending !== pageRequest.backward,
    hasCursor: pageRequest.from !== null,
    hasOffset: pageRequest.offset > 0,
    hasUnlisted: query.fields?.some(isUnlisted) ?? false,
    showsDrafts: filter.seesWorkingDrafts && (query.fields?.includes(HAS_DRAFT) ?? true),
    maxRows: pageRequest.limit <= 20 ? 21 : 101,
    relevancePart: null,
  };
  const values: ListValues = {
    ...filter.values,
    key: pageRequest.from?.key ?? null,
    id: pageRequest.from?.id ?? null,
    rankCutoff: null,
    fetch: pageRequest.limit + 1,
    offset: pageRequest.offset,
  };
  return {
    filter,
    shape,
    values,
    /**
     * @param rows from `listArticles`
     * @param total from `countArticles`, if the request wants it
     * @param snippets from `readSnippets`, if the request wants them
     */
    toResponse: (rows: ListedRow[], total: number | undefined, snippets?: Map<number, SnippetPart[]>) =>
      envelope(
        rows,
        { pageRequest, fingerprint: listFingerprint, total },
        (row) => ({ key: sortKeyOf(sort, row), id: row.id }),
        (row) => ({
          ...pick(shownRow(row), query.fields),
          ...(snippets && { snippet: snippets.get(row.id) ?? [] }),
        }),
      ),
  };
}
