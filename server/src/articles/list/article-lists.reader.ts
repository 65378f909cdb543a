import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../access/principal.ts';
import { BoundedReads, type ReadCost } from '../../bounded-reads/bounded-reads.ts';
import type { Requester } from '../../bounded-reads/requester.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import type { IdOrSlug } from '../../http/wire.schema.ts';
import type { ArticleListQuery } from '../articles.schema.ts';
import { isSingleIndexRange } from './keyset.queries.ts';
import { countArticles, hasStoredCount, listArticles, listFacets } from './list.queries.ts';
import { planList } from './list-plan.reader.ts';
import { listByRelevance } from './relevance.reader.ts';

type ListPlan = ReturnType<typeof planList>;

/** The entry point of the list engine: every service that returns a list of articles calls it. */
@Injectable()
export class ArticleLists {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly reads: BoundedReads,
  ) {}

  /**
   * Returns a page of articles. Its rows, total and facets are of one instant.
   *
   * @param category the category of the path, for `GET /categories/:idOrSlug/articles`
   * @throws Problem for a cursor of another list, for a filter that the caller is not allowed to use, and `too_expensive`
   */
  async findPage(query: ArticleListQuery, principal: Principal, requester: Requester, category: IdOrSlug | null) {
    const plan = planList(query, principal, category);
    const cost = costOf(query, plan);
    const isSingleStatement = !query.total && !query.facets && plan.shape.sort !== 'relevance';
    if (isSingleStatement && cost !== 'expensive') {
      return this.reads.run(cost, requester, () => readPage(this.db, query, plan));
    }
    return this.reads.runOnSnapshot(cost, requester, (db) => readPage(db, query, plan));
  }
}

async function readPage(db: Database, query: ArticleListQuery, { filter, shape, values, toResponse }: ListPlan) {
  const [rows, counted, categories] = await Promise.all([
    shape.sort === 'relevance' ? listByRelevance(db, shape, values) : listArticles(db, shape, values),
    query.total ? countArticles(db, filter.shape, filter.values) : undefined,
    query.facets ? listFacets(db, filter.shape, filter.values) : undefined,
  ]);
  return { ...toResponse(rows, counted?.[0]?.total), ...(categories && { facets: { categories } }) };
}

function costOf(query: ArticleListQuery, { filter, shape }: ListPlan): ReadCost {
  const isFast = isSingleIndexRange(shape) && (!query.total || hasStoredCount(filter.shape)) && !query.facets;
  return isFast ? 'fast' : 'ordinary';
}
