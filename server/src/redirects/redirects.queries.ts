import { and, eq, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../database/actor.ts';
import type { Database } from '../database/database.ts';
import { redirects } from '../database/schema/addresses.ts';
import { keysetCondition, type PageRange } from '../pagination/keyset-condition.queries.ts';
import type { TargetColumns } from './redirect-target.ts';

const redirectSelection = {
  id: redirects.id,
  path: redirects.path,
  articleId: redirects.articleId,
  categoryId: redirects.categoryId,
  authorId: redirects.authorId,
  createdAt: redirects.createdAt,
};

const hasPath = (path: string | undefined) => (path === undefined ? undefined : eq(redirects.path, path));

/**
 * Lists one page of redirects, the newest first.
 *
 * @param path only the redirect of this path
 */
export const listRedirects = (db: Database, path: string | undefined, { backward, from, fetch, offset }: PageRange) => {
  const direction = backward ? 'asc' : 'desc';
  return db
    .select(redirectSelection)
    .from(redirects)
    .where(and(hasPath(path), from ? keysetCondition([redirects.id], [from.id], direction) : undefined))
    .orderBy(sql`${redirects.id} ${sql.raw(direction)}`)
    .limit(fetch)
    .offset(offset);
};

export const countRedirects = (db: Database, path: string | undefined) =>
  db
    .select({ total: sql<number>`count(*)`.mapWith(Number) })
    .from(redirects)
    .where(hasPath(path));

export const findRedirect = (db: Database, id: number) =>
  db.select(redirectSelection).from(redirects).where(eq(redirects.id, id));

export const insertRedirect = (db: Database, actor: Actor, redirect: { path: string } & TargetColumns) => {
  const insertedRedirect = db
    .$with('inserted_redirect')
    .as(db.insert(redirects).values(redirect).returning(redirectSelection));
  return db.with(insertedRedirect).select().from(insertedRedirect).where(setActor(actor));
};

export const deleteRedirect = (db: Database, actor: Actor, id: number) =>
  db
    .delete(redirects)
    .where(sql`${eq(redirects.id, id)} and ${setActor(actor)}`)
    .returning({ id: redirects.id });
