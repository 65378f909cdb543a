import { and, eq, isNull, sql } from 'drizzle-orm';
import { serializeActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { articles } from '../../database/schema/content.ts';
import { isWritable } from '../visibility/visibility.queries.ts';
import type { WriteScope } from '../visibility/visibility.ts';

/** Steps that the statements which write articles and their links have in common. */

const p = sql.placeholder;

/** The ids of a request with their order, as rows. */
export const wanted = (ids: string) => sql`unnest(${p(ids)}::bigint[]) with ordinality as wanted (id, position)`;

/**
 * The first steps of every write to an existing article. `locked` waits for other writers and is the row as they left
 * it; `seen` is the row in this statement's snapshot. Where the versions differ, the snapshot's links may be old too
 * (each change of a link raises the version): then nothing is `admitted`, and the caller runs the statement again.
 */
export function admission(builder: Database) {
  const seen = builder.$with('seen').as(
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
  const admitted = builder.$with('admitted', {}).as(sql`
    select locked.id, locked.listed_at from locked join seen on seen.version = locked.version
    where ${p('expected')}::int[] is null or locked.version = any(${p('expected')}::int[])`);
  return {
    seen,
    locked,
    admitted,
    outcome: { version: locked.version, seen: sql<number>`(select version from seen)` },
  };
}

/** The version before the write, and the one in the statement's snapshot: where they differ nothing was written. */
export interface WriteResult {
  version: number;
  seen: number;
  /** A link that a limited token may not take away, since it could not change the article any more. */
  kept?: boolean;
}

/** A write to one article: what every such statement takes. `expected` null admits any version. */
export interface ArticleWrite {
  id: number;
  expected: readonly number[] | null;
  writer: WriteScope;
}

/** The values of a write, by the names of its placeholders. */
export const valuesOf = ({ id, expected, writer }: ArticleWrite) => ({
  ...writer,
  id,
  expected,
  actor: serializeActor(writer.actor),
});
