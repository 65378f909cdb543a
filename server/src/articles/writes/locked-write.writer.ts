import type { Principal } from '../../access/principal.ts';
import type { Database } from '../../database/database.ts';
import { withRetry } from '../../database/retry.ts';
import { assertVersion, type ExpectedVersions } from '../../http/conditional-requests.ts';
import { articleNotWritable } from '../article-problems.ts';
import { lockArticle } from '../articles.queries.ts';
import { writeScopeOf } from '../visibility/visibility.ts';
import type { ArticleWrite, WriteResult } from './locked-write.queries.ts';

export const articleWrite = (id: number, principal: Principal, expectedVersions: ExpectedVersions): ArticleWrite => ({
  id,
  expectedVersions,
  scope: writeScopeOf(principal),
});

/**
 * Runs a statement that changes a live article, and reads its response. If another transaction committed while the statement
 * waited for the row lock, the statement wrote nothing, and runs again in a transaction that locks the row first, so that no
 * writer can overtake it. The response is read before this transaction ends: behind many writers of one article, each would
 * otherwise return what a later one wrote.
 *
 * @throws Problem `not_found` if the caller has no live article with this id to change, or `version_mismatch`
 */
export async function writeLiveArticle<Response>(
  db: Database,
  { id, expectedVersions, scope }: ArticleWrite,
  statement: (db: Database) => Promise<WriteResult[]>,
  read: (db: Database, result: WriteResult) => Response | Promise<Response>,
): Promise<Response> {
  const run = async (connection: Database) => {
    const [result] = await statement(connection);
    if (!result) throw articleNotWritable({ id, scope });
    const isExpected = expectedVersions?.includes(result.lockedVersion) ?? true;
    if (isExpected && wasOvertaken(result)) return undefined;
    assertVersion(expectedVersions, result.lockedVersion);
    return result;
  };
  const result = await withRetry(() => run(db));
  if (result) return read(db, result);
  return withRetry(() =>
    db.transaction(async (tx) => {
      await lockArticle(tx, id);
      const locked = await run(tx);
      if (!locked) throw new Error('another writer changed an article that was locked');
      return read(tx, locked);
    }),
  );
}

const wasOvertaken = ({ snapshotVersion, lockedVersion }: WriteResult) => snapshotVersion !== lockedVersion;
