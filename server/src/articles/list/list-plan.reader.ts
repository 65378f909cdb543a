import type { Principal } from '../../access/principal.ts';
import type { IdOrSlug } from '../../http/wire.schema.ts';
import { fingerprint, peekCursor, unordered } from '../../pagination/cursor.ts';
import { envelope, pageRequestOf, pick } from '../../pagination/page.ts';
import { isUnlisted } from '../article-fields.ts';
import { HAS_DRAFT } from '../articles.schema.ts';
import type { SnippetPart } from '../search/snippet.ts';
import { withoutUnseenDraft } from '../visibility/visibility.ts';
import { ArticleListQuery, type ArticleSort } from './article-list.schema.ts';
import { type FilterShape, filterOf } from './filters.ts';
import type { ListShape, ListSort, ListValues } from './list-shape.ts';
import { isUnranked, UNRANKED } from './rank-position.ts';
import { isSortKey, type ListedRow, publicationSort, sortKeyOf } from './sorts.queries.ts';

/** Query parameters that select a page or its fields, and do not change which rows the list contains. */
const PAGE_PARAMETERS = new Set(['limit', 'after', 'before', 'page', 'total', 'fields', 'facets', 'highlight']);

/** In the order of the schema: a different order would invalidate the cursors of earlier versions. */
const FILTER_AND_ORDER = Object.keys(ArticleListQuery.shape).filter((name) => !PAGE_PARAMETERS.has(name));

type Order = NonNullable<ArticleListQuery['sort']>;

/**
 * Depends only on the parameters of the client, not on the plan, so that cursors stay valid when the list engine changes.
 */
function fingerprintOf(query: ArticleListQuery, order: Order, category: IdOrSlug | null): string {
  const parameters: Record<string, unknown> = { ...query, sort: order };
  const named = FILTER_AND_ORDER.map((name) => [name, parameters[name]] as const);
  return fingerprint([unordered(named.filter(([, value]) => value !== undefined)), category]);
}

/**
 * Returns the order of a list, and the order whose cursors it accepts. Without `sort`, the order of the articles of a
 * category is undefined: the ordering of the category decides, which the statement looks up. With a cursor, it is the order
 * in which the walk began, even if the ordering has changed since.
 */
function ordersOf(query: ArticleListQuery, category: IdOrSlug | null): { order: Order | undefined; ofCursor: Order } {
  const { sort, descendants, after, before } = query;
  if (sort !== undefined || category === null || descendants) {
    const order = sort ?? '-publishedAt';
    return { order, ofCursor: order };
  }
  const cursor = after ?? before;
  if (cursor === undefined) return { order: undefined, ofCursor: '-publishedAt' };
  const { fingerprint: given, hasPosition } = peekCursor(cursor);
  const ofCursor = given === fingerprintOf(query, 'rank', category) ? 'rank' : '-publishedAt';
  return { order: hasPosition ? ofCursor : undefined, ofCursor };
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
  const { order, ofCursor } = ordersOf(query, category);
  const sort = sortOf(order ?? 'rank', filter.shape);
  const isKey = (key: string) => isSortKey(sort, key, filter.shape);
  const listFingerprint = fingerprintOf(query, ofCursor, category);
  const pageRequest = pageRequestOf(query, listFingerprint, isKey);
  const isSortDescending = order === undefined || order.startsWith('-') || sort === 'relevance' || sort === 'rank';
  const position = pageRequest.from;
  const cursorPart = sort !== 'rank' || !position ? null : isUnranked(position.key) ? 'unranked' : 'ranked';
  const shape: ListShape = {
    ...filter.shape,
    sort,
    isDescending: isSortDescending !== pageRequest.backward,
    hasCursor: position !== null,
    hasOffset: pageRequest.offset > 0,
    hasUnlisted: query.fields?.some(isUnlisted) ?? false,
    showsDrafts: filter.seesWorkingDrafts && (query.fields?.includes(HAS_DRAFT) ?? true),
    maxRows: pageRequest.limit <= 20 ? 21 : 101,
    relevancePart: null,
    isRankIfManual: order === undefined,
    cursorPart,
    rankPart: null,
  };
  const values: ListValues = {
    ...filter.values,
    key: (cursorPart === 'unranked' ? position?.key.slice(UNRANKED.length) : position?.key) ?? null,
    id: position?.id ?? null,
    rankCutoff: null,
    fetch: pageRequest.fetch,
    offset: pageRequest.offset,
  };
  return {
    filter,
    shape,
    values,
    /**
     * @param rows from `listArticles`
     * @param total from `countArticles`, if the request wants it
     * @param snippets from `snippetsOf`, if the request wants them
     */
    toResponse: (rows: ListedRow[], total: number | undefined, snippets?: Map<number, SnippetPart[]>) => {
      const shownOrder = order ?? (typeof rows[0]?.sortKey === 'string' ? 'rank' : '-publishedAt');
      const shownSort = sortOf(shownOrder, filter.shape);
      return envelope(
        rows,
        {
          pageRequest,
          fingerprint: shownOrder === ofCursor ? listFingerprint : fingerprintOf(query, shownOrder, category),
          total,
        },
        (row) => ({ key: sortKeyOf(shownSort, row, filter.shape), id: row.id }),
        (row) => ({
          ...pick(shownRow(row), query.fields),
          ...(snippets && { snippet: snippets.get(row.id) ?? [] }),
        }),
      );
    },
  };
}

function sortOf(order: Order, filter: FilterShape): ListSort {
  const sort = order.replace(/^-/, '') as ArticleSort;
  return sort === 'publishedAt' ? publicationSort(filter) : sort;
}
