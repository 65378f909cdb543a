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
 * Runs a statement that changes a live article. If another transaction committed while the statement waited for the row
 * lock, the statement wrote nothing, and runs again in a transaction that locks the row first, so that no writer can
 * overtake it.
 *
 * @throws Problem `not_found` if the caller has no live article with this id to change, or `version_mismatch`
 */
export async function writeLiveArticle(
  db: Database,
  { id, expectedVersions, scope }: ArticleWrite,
  statement: (db: Database) => Promise<WriteResult[]>,
): Promise<WriteResult> {
  let [result] = await withRetry(() => statement(db));
  if (result && wasOvertaken(result) && (expectedVersions?.includes(result.lockedVersion) ?? true)) {
    [result] = await withRetry(() =>
      db.transaction(async (tx) => {
        await lockArticle(tx, id);
        return statement(tx);
      }),
    );
  }
  if (!result) throw articleNotWritable({ id, scope });
  assertVersion(expectedVersions, result.lockedVersion);
  return result;
}

const wasOvertaken = ({ snapshotVersion, lockedVersion }: WriteResult) => snapshotVersion !== lockedVersion;
