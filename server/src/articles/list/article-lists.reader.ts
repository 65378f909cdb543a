import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../access/principal.ts';
import { BoundedReads, type ReadOptions } from '../../bounded-reads/bounded-reads.ts';
import type { Requester } from '../../bounded-reads/requester.ts';
import { CategorySizes } from '../../categories/category-counts/category-sizes.reader.ts';
import { CONFIG, type Config } from '../../config.ts';
import type { Database } from '../../database/database.ts';
import { Problem } from '../../http/problems.ts';
import type { IdOrSlug } from '../../http/wire.schema.ts';
import { LinkedNames } from '../linked-names/linked-names.reader.ts';
import { snippetsOf } from '../search/snippet.ts';
import { findSnippetSources } from '../search/snippets.queries.ts';
import { assertAnswerFits } from './answer-size.ts';
import type { ArticleListQuery } from './article-list.schema.ts';
import { hasStoredCount } from './filters.ts';
import { isSingleIndexRange } from './keyset.queries.ts';
import { countArticles, listArticles, listFacets } from './list.queries.ts';
import {
  estimateFacetRows,
  estimatePageRows,
  estimateTotalRows,
  hasKnownMatches,
  MICROSECONDS_PER_ROW,
} from './list-cost.ts';
import { planList } from './list-plan.reader.ts';
import type { ListShape, ListValues } from './list-shape.ts';
import { listSizesOf } from './list-sizes.ts';
import { listByRelevance } from './relevance.reader.ts';
import { publicationSort } from './sorts.queries.ts';
import { tooExpensive } from './too-expensive.ts';

type ListPlan = ReturnType<typeof planList>;

/** A page counts as expensive if it can take this many times longer than expected. */
const RARELY = 10;
/** How many manual categories a server remembers: 1 MB. */
const MAX_MANUAL_IDS = 10_000;
const milliseconds = (rows: number) => (rows * MICROSECONDS_PER_ROW) / 1_000;

/** The entry point of the list engine: every service that returns a list of articles calls it. */
@Injectable()
export class ArticleLists {
  /** Categories that were manual when they were last listed. */
  private readonly manualIds = new Set<string>();

  constructor(
    private readonly reads: BoundedReads,
    private readonly names: LinkedNames,
    private readonly sizes: CategorySizes,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Returns a page of articles. Rows, total and facets come from one snapshot.
   *
   * @param category the category of the path, for `GET /categories/:idOrSlug/articles`
   * @throws Problem for a cursor of another list, for a filter that the caller is not allowed to use, `answer_too_large`
   * and `too_expensive`
   */
  async findAll(query: ArticleListQuery, principal: Principal, requester: Requester, category: IdOrSlug | null) {
    const plan = planList(query, principal, category);
    const cost = await this.costOf(query, plan, requester);
    const onSnapshot = query.total || query.facets !== undefined || query.highlight || plan.shape.sort === 'relevance';
    try {
      return await this.names.run({ ...cost, requester, onSnapshot }, (db) => this.readPage(db, query, plan));
    } catch (error) {
      throw error instanceof Problem && error.code === 'too_expensive' ? tooExpensive(query, error.message) : error;
    }
  }

  /** @throws Problem `too_expensive` if the total and the facets are known to take longer than MAX_LIST_MS */
  private async costOf(
    query: ArticleListQuery,
    { filter, shape }: ListPlan,
    requester: Requester,
  ): Promise<Pick<ReadOptions, 'cost' | 'share'>> {
    const isOneRange = isSingleIndexRange(shape) && !shape.hasUnlisted;
    if (isOneRange && (!query.total || hasStoredCount(filter.shape)) && !query.facets) return { cost: 'fast' };
    const { limits, database } = this.config;
    const sizes = listSizesOf(filter, await this.sizes.current());
    const page = estimatePageRows(shape, sizes);
    const counted =
      (query.total ? estimateTotalRows(filter.shape, sizes) : 0) +
      (query.facets ? estimateFacetRows(filter.shape, sizes) : 0);
    if (hasKnownMatches(filter.shape) && milliseconds(counted) > database.expensiveTimeoutMs) {
      const reason = 'This list would take too much of the time of PostgreSQL; it was not started.';
      return this.reads.refuse(requester, tooExpensive(query, reason));
    }
    const share = milliseconds(page.most) / (RARELY * limits.expensiveListMs);
    const isExpensive = milliseconds(page.expected + counted) >= limits.expensiveListMs || share >= 1;
    // Long texts would delay the other statements on their connection, so such a list takes a whole share.
    return isExpensive ? { cost: 'expensive' } : { cost: 'ordinary', share: shape.hasUnlisted ? 1 : share };
  }

  /**
   * Lists a category in its own order. The statement for both orders takes 100 µs more than the one by publication, so it
   * is used only for categories that were manual when they were last listed. The statement by publication also returns
   * whether the category is manual; if it is, the page is read again.
   */
  private async listInCategoryOrder(db: Database, shape: ListShape, values: ListValues) {
    const id = String((values['allIds'] as readonly string[])[0]);
    const isExpected = this.manualIds.has(id);
    const rows = await listArticles(db, isExpected ? shape : { ...shape, sort: publicationSort(shape) }, values);
    if (typeof rows[0]?.sortKey !== 'string') {
      if (rows.length > 0) this.manualIds.delete(id);
      return rows;
    }
    if (isExpected) return rows;
    if (this.manualIds.size >= MAX_MANUAL_IDS) this.manualIds.clear();
    this.manualIds.add(id);
    return listArticles(db, { ...shape, isRankIfManual: false }, values);
  }

  private listRows(db: Database, shape: ListShape, values: ListValues) {
    if (shape.sort === 'relevance') return listByRelevance(db, shape, values);
    return shape.isRankIfManual ? this.listInCategoryOrder(db, shape, values) : listArticles(db, shape, values);
  }

  /**
   * Creates the whole response inside the bounded read, so that the main thread also works on only a few long lists and
   * snippets at a time.
   */
  private async readPage(db: Database, query: ArticleListQuery, { filter, shape, values, toResponse }: ListPlan) {
    const [rows, counted, categories] = await Promise.all([
      this.listRows(db, shape, values),
      query.total ? countArticles(db, filter.shape, filter.values) : undefined,
      query.facets ? listFacets(db, filter.shape, filter.values) : undefined,
    ]);
    const named = await this.names.nameRows(db, rows);
    const shownIds = rows.slice(0, query.limit).map(({ id }) => id);
    const snippets =
      query.q !== undefined && query.highlight
        ? await snippetsOf(await findSnippetSources(db, shownIds), query.q)
        : undefined;
    const answer = {
      ...toResponse(named, counted?.[0]?.total, snippets),
      ...(categories && { facets: { categories } }),
    };
    await assertAnswerFits(named, answer);
    return answer;
  }
}
