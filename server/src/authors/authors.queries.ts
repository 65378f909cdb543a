import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../database/actor.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { authors } from '../database/schema/authors.ts';
import { keysetCondition, type PageRange } from '../pagination/keyset-condition.queries.ts';

const p = sql.placeholder;

/** The columns of an author in the order of the response. */
const authorSelection = {
  id: authors.id,
  name: authors.name,
  slug: authors.slug,
  email: authors.email,
  bio: authors.bio,
  version: authors.version,
  createdAt: authors.createdAt,
  updatedAt: authors.updatedAt,
};

const findAuthorStatement = prepared('author_by_key', (db) =>
  db
    .select(authorSelection)
    .from(authors)
    .where(or(sql`${authors.id} = ${p('id')}::bigint`, sql`${authors.slug} = ${p('slug')}`)),
);

export const findAuthor = (db: Database, key: { id: number } | { slug: string }) =>
  findAuthorStatement(db).execute({ id: 'id' in key ? key.id : null, slug: 'slug' in key ? key.slug : null });

export type AuthorRow = Awaited<ReturnType<typeof findAuthor>>[number];

/** Lists one page of authors by name, then id. */
export const listAuthors = (db: Database, { backward, from, fetch, offset }: PageRange) => {
  const direction = backward ? 'desc' : 'asc';
  const name = sql`${authors.name} collate "und-x-icu"`;
  return db
    .select(authorSelection)
    .from(authors)
    .where(from ? keysetCondition([name, authors.id], [from.key, from.id], direction) : undefined)
    .orderBy(sql`${name} ${sql.raw(direction)}`, sql`${authors.id} ${sql.raw(direction)}`)
    .limit(fetch)
    .offset(offset);
};

export const countAuthors = (db: Database) => db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(authors);

export const insertAuthor = (db: Database, actor: Actor, author: typeof authors.$inferInsert) => {
  const insertedAuthor = db.$with('inserted_author').as(db.insert(authors).values(author).returning(authorSelection));
  return db.with(insertedAuthor).select().from(insertedAuthor).where(setActor(actor));
};

const hasExpectedVersion = (expectedVersions: readonly number[] | undefined) =>
  expectedVersions === undefined ? undefined : inArray(authors.version, [...expectedVersions]);

/**
 * Updates an author. Without changes it sets the version to itself, which the trigger ignores, and still returns the
 * author if it exists in an expected version.
 */
export const updateAuthor = (
  db: Database,
  actor: Actor,
  id: number,
  changes: Partial<typeof authors.$inferInsert>,
  expectedVersions: readonly number[] | undefined,
) =>
  db
    .update(authors)
    .set({ version: sql`version`, ...changes })
    .where(and(eq(authors.id, id), hasExpectedVersion(expectedVersions), setActor(actor)))
    .returning(authorSelection);

/** Locks the articles of an author in the order of their ids, before its links are deleted and their versions rise. */
export const lockArticlesOfAuthor = (db: Database, id: number) =>
  db.execute(sql`select from articles where id in (select article_id from article_authors where author_id = ${id})
    order by id for no key update`);

/** Deletes an author. The foreign key deletes the links to its articles. */
export const deleteAuthor = (db: Database, actor: Actor, id: number, expectedVersions: readonly number[] | undefined) =>
  db
    .delete(authors)
    .where(and(eq(authors.id, id), hasExpectedVersion(expectedVersions), setActor(actor)))
    .returning({ id: authors.id });
