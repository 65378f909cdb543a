import type { Principal } from '../../access/principal.ts';
import type { Database } from '../../database/database.ts';
import { type RequestedIds, uniqueIds } from '../article-relations.ts';
import { findArticle } from '../articles.queries.ts';
import { foreignAuthorId, readScopeOf } from './visibility.ts';

/**
 * Removes `authorIds` from the body of a change if they equal the current ones: a client may send back what it has read,
 * also bylines that the caller may not set. They are removed, not written again, so that an editor who changes them between
 * this read and the write is not overruled. Reads nothing for callers that may set the bylines of the body.
 *
 * @param findDraftIds finds the authors of the working draft, which replace those of the article; undefined without a draft
 */
export async function withoutUnchangedAuthors<Body extends RequestedIds>(
  db: Database,
  id: number,
  body: Body,
  principal: Principal,
  findDraftIds: () => Promise<readonly number[] | undefined> = () => Promise.resolve(undefined),
): Promise<Body> {
  if (body.authorIds === undefined || foreignAuthorId(principal, body.authorIds) === undefined) return body;
  const ids = (await findDraftIds()) ?? (await findAuthorIds(db, id, principal));
  if (uniqueIds(body.authorIds).join() !== ids.join()) return body;
  return { ...body, authorIds: undefined };
}

async function findAuthorIds(db: Database, id: number, principal: Principal): Promise<readonly number[]> {
  const article = await findArticle(db, { id }, readScopeOf(principal));
  return article?.authors.map((author) => author.id) ?? [];
}
