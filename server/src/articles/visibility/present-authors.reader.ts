import type { Principal } from '../../access/principal.ts';
import type { Database } from '../../database/database.ts';
import { type RequestedIds, uniqueIds } from '../article-relations.ts';
import { findArticle } from '../articles.queries.ts';
import { foreignAuthorId, readScopeOf } from './visibility.ts';

/**
 * Removes from the body of a change `authorIds` that are the present ones: a client may send back what it has read, also
 * bylines that the caller may not set. They are left out, not written again, so that an editor who changes them between
 * this read and the write is not overruled. Reads nothing for callers that may set the bylines of the body.
 *
 * @param findOtherIds finds the present ids where these are not the article's; undefined if they are
 */
export async function withoutPresentAuthors<Body extends RequestedIds>(
  db: Database,
  id: number,
  body: Body,
  principal: Principal,
  findOtherIds: () => Promise<readonly number[] | undefined> = () => Promise.resolve(undefined),
): Promise<Body> {
  if (body.authorIds === undefined || foreignAuthorId(principal, body.authorIds) === undefined) return body;
  const ids = (await findOtherIds()) ?? (await findAuthorIds(db, id, principal));
  if (uniqueIds(body.authorIds).join() !== ids.join()) return body;
  return { ...body, authorIds: undefined };
}

async function findAuthorIds(db: Database, id: number, principal: Principal): Promise<readonly number[]> {
  const article = await findArticle(db, { id }, readScopeOf(principal));
  return article?.authors.map((author) => author.id) ?? [];
}
