import { COMMAND, type Principal } from '../../access/principal.ts';
import type { Database } from '../../database/database.ts';
import { notFound } from '../../http/not-found.ts';
import { findArticle } from '../articles.queries.ts';
import { readScopeOf, withoutUnseenDraft } from '../visibility/visibility.ts';

/**
 * Reads back what was written without access checks, trash included: the write succeeded, so a concurrent delete must not
 * turn the response into a 404. Who could write it sees its working draft, if the role sees any.
 *
 * @throws Problem `not_found` if the article was deleted for good since
 */
export async function findWrittenArticle(db: Database, id: number, principal: Principal) {
  const { seesWorkingDrafts } = readScopeOf(principal);
  const article = await findArticle(db, { id }, { ...readScopeOf(COMMAND), seesWorkingDrafts }, true);
  if (!article) throw notFound('article', { id });
  return withoutUnseenDraft(article);
}
