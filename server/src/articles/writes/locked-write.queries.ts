import { and, eq, isNull, sql } from 'drizzle-orm';
import { serializeActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { articles } from '../../database/schema/content.ts';
import { isWritable } from '../visibility/visibility.queries.ts';
import type { WriteScope } from '../visibility/visibility.ts';

/** Shared parts of the statements that write articles and their links. See docs/decisions/0003-one-statement-writes.md. */

const p = sql.placeholder;

/** The ids of a request as rows, with their position in the request. */
export const requestedIds = (placeholder: string) =>
  sql`unnest(${p(placeholder)}::bigint[]) with ordinality as requested (id, position)`;

/**
 * The first CTEs of every statement that changes a live article:
 *
 * - `snapshot` is the article's version in the snapshot of the statement.
 * - `locked` is the article under its row lock, as the last committed writer left it. Other writers wait.
 * - `allowed` is the locked article if the statement may write: the versions are equal, and the client expects it.
 *
 * Different versions mean that another transaction committed while this one waited for the lock. The links that the
 * statement reads from its snapshot can then be out of date (each change of a link raises the version), so it writes
 * nothing and the service runs it again.
 */
export function lockedWriteCtes(builder: Database) {
  const snapshot = builder.$with('snapshot').as(
    builder
      .select({ version: articles.version })
      .from(articles)
      .where(eq(articles.id, p('id'))),
  );
  const locked = builder.$with('locked').as(
    builder
      .select({ id: articles.id, version: articles.version, listedAt: articles.listedAt })
      .from(articles)
      .where(and(eq(articles.id, p('id')), isNull(articles.deletedAt), isWritable(articles)))
      .for('no key update'),
  );
  const allowed = builder.$with('allowed', {}).as(sql`
    select locked.id, locked.listed_at from locked join snapshot on snapshot.version = locked.version
    where ${p('expectedVersions')}::int[] is null or locked.version = any(${p('expectedVersions')}::int[])`);
  return {
    snapshot,
    locked,
    allowed,
    result: { lockedVersion: locked.version, snapshotVersion: sql<number>`(select version from snapshot)` },
  };
}

/** The row that these statements return; no row if the caller has no live article with this id to change. */
export interface WriteResult {
  /** The version under the row lock, before the write. */
  lockedVersion: number;
  /** The version in the snapshot of the statement. If it differs from `lockedVersion`, nothing was written. */
  snapshotVersion: number;
  /** Only if a link is deleted: the token is limited to categories, and this is the last link of the article. */
  isLinkRequired?: boolean;
  /** Only if a link is inserted: the article is already in the maximum number of categories. */
  isFull?: boolean;
}

/** The parameters of every write to an existing article. */
export interface ArticleWrite {
  id: number;
  /** The versions that the client expects; undefined for any. */
  expectedVersions: readonly number[] | undefined;
  scope: WriteScope;
}

/** The parameters of a write, by the names of their placeholders. */
export const writeParameters = ({ id, expectedVersions, scope }: ArticleWrite) => ({
  ...scope,
  id,
  expectedVersions: expectedVersions ?? null,
  actor: serializeActor(scope.actor),
});
