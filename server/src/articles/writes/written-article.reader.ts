import { COMMAND, type Principal } from '../../access/principal.ts';
import type { Database } from '../../database/database.ts';
import { notFound } from '../../http/not-found.ts';
import { findArticle } from '../articles.queries.ts';
import { readScopeOf, withoutUnseenDraft } from '../visibility/visibility.ts';

/**
 * Reads an article back after a write, without access checks and including the trash: the write succeeded, so a concurrent
 * delete must not turn the response into a 404. The caller sees the working draft if its role can see working drafts.
 *
 * @throws Problem `not_found` if the article has been deleted permanently since
 */
export async function findWrittenArticle(db: Database, id: number, principal: Principal) {
  const { seesWorkingDrafts } = readScopeOf(principal);
  const article = await findArticle(db, { id }, { ...readScopeOf(COMMAND), seesWorkingDrafts }, true);
  if (!article) throw notFound('article', { id });
  return withoutUnseenDraft(article);
}
