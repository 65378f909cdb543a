import type { Principal } from '../../access/principal.ts';
import type { IdOrSlug } from '../../http/wire.schema.ts';
import { fingerprint, peekCursor, unordered } from '../../pagination/cursor.ts';
import { envelope, pageRequestOf, pick } from '../../pagination/page.ts';
import { isUnlisted } from '../article-fields.ts';
import { ArticleListQuery, type ArticleSort } from '../articles.schema.ts';
import type { SnippetPart } from '../search/snippet.ts';
import { type FilterShape, filterOf } from './filters.ts';
import type { ListShape, ListSort, ListValues } from './list-shape.ts';
import { isUnranked, UNRANKED } from './rank-position.ts';
import { isSortKey, type ListedRow, publicationSort, sortKeyOf } from './sorts.queries.ts';

/** Query parameters that choose a page of a list, or what it shows, and do not change which rows the list holds. */
const PAGE_PARAMETERS = new Set(['limit', 'after', 'before', 'page', 'total', 'fields', 'facets', 'highlight']);

type Order = NonNullable<ArticleListQuery['sort']>;

/** Only what the client sent, nothing of how the list is found: cursors survive a change of the list engine. */
function fingerprintOf(query: ArticleListQuery, order: Order, category: IdOrSlug | null): string {
  const parameters: Record<string, unknown> = { ...query, sort: order };
  const names = Object.keys(ArticleListQuery.shape).filter((name) => !PAGE_PARAMETERS.has(name));
  const filterAndOrder = names.map((name) => [name, parameters[name]] as const);
  return fingerprint([unordered(filterAndOrder.filter(([, value]) => value !== undefined)), category]);
}

/**
 * Returns the order of a list, and the order whose cursors it takes. Without `sort`, the order of the articles of a category
 * is undefined: its ordering decides, which the statement looks up. But a walk keeps the order in which it began, which
 * the cursor tells, also when the ordering changes meanwhile.
 */
function ordersOf(query: ArticleListQuery, category: IdOrSlug | null): { order: Order | undefined; ofCursor: Order } {
  const { sort, descendants, after, before } = query;
  const cursor = after ?? before;
  if (sort !== undefined || category === null || descendants) {
    const order = sort ?? '-publishedAt';
    return { order, ofCursor: order };
  }
  const { fingerprint: given, hasPosition } = cursor === undefined ? NO_CURSOR : peekCursor(cursor);
  const ofCursor = given === fingerprintOf(query, 'rank', category) ? 'rank' : '-publishedAt';
  return { order: hasPosition ? ofCursor : undefined, ofCursor };
}
const NO_CURSOR = { fingerprint: undefined, hasPosition: false };

const withoutSortKey = ({ sortKey: _, ...row }: ListedRow): ListedRow => row;

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
  const pageRequest = pageRequestOf(query, fingerprintOf(query, ofCursor, category), isKey);
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
    toResponse: (rows: ListedRow[], total: number | undefined, snippets?: Map<number, SnippetPart[]>) => {
      const shownOrder = order ?? (typeof rows[0]?.sortKey === 'string' ? 'rank' : '-publishedAt');
      const shownSort = sortOf(shownOrder, filter.shape);
      return envelope(
        rows,
        { pageRequest, fingerprint: fingerprintOf(query, shownOrder, category), total },
        (row) => ({ key: sortKeyOf(shownSort, row, filter.shape), id: row.id }),
        (row) => ({
          ...pick(row.sortKey === undefined ? row : withoutSortKey(row), query.fields),
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
