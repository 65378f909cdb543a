import type { Principal } from '../../access/principal.ts';
import type { Database } from '../../database/database.ts';
import type { IdOrSlug } from '../../http/wire.schema.ts';
import type { ArticleListQuery } from '../articles.schema.ts';
import { assertAnswerFits } from './answer-size.ts';
import { countArticles, listArticles, listFacets } from './list.queries.ts';
import { planList } from './list-plan.reader.ts';
import { listByRelevance } from './relevance.reader.ts';

/**
 * Returns a page of articles. The entry point of the list engine: every service that returns a list of articles calls it.
 *
 * @param category the category of the path, for `GET /categories/:idOrSlug/articles`
 * @throws Problem for a cursor of another list, for a filter that the caller is not allowed to use, and for an answer that
 *   would be too large
 */
export async function listArticlesPage(
  db: Database,
  query: ArticleListQuery,
  principal: Principal,
  category: IdOrSlug | null,
) {
  const { filter, shape, values, toResponse } = planList(query, principal, category);
  const [rows, counted, categories] = await Promise.all([
    shape.sort === 'relevance' ? listByRelevance(db, shape, values) : listArticles(db, shape, values),
    query.total ? countArticles(db, filter.shape, filter.values) : undefined,
    query.facets ? listFacets(db, filter.shape, filter.values) : undefined,
  ]);
  const answer = { ...toResponse(rows, counted?.[0]?.total), ...(categories && { facets: { categories } }) };
  assertAnswerFits(rows, answer);
  return answer;
}
