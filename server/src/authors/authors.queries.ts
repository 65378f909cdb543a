import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../database/actor.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { authors } from '../database/schema/identity.ts';

const p = sql.placeholder;

/** What of an author is read, in the order of the answer. */
const row = {
  id: authors.id,
  name: authors.name,
  slug: authors.slug,
  email: authors.email,
  bio: authors.bio,
  version: authors.version,
  createdAt: authors.createdAt,
  updatedAt: authors.updatedAt,
};

const byKey = prepared('author_by_key', (db) =>
  db
    .select(row)
    .from(authors)
    .where(or(sql`${authors.id} = ${p('id')}::bigint`, sql`${authors.slug} = ${p('slug')}`)),
);

export const findAuthor = (db: Database, key: { id: number } | { slug: string }) =>
  byKey(db).execute({ id: 'id' in key ? key.id : null, slug: 'slug' in key ? key.slug : null });

export type AuthorRow = Awaited<ReturnType<typeof findAuthor>>[number];

/** Authors by name, then id, from after (backward: before) the given place. */
export const listAuthors = (
  db: Database,
  {
    backward,
    from,
    fetch,
    offset,
  }: { backward: boolean; from: { key: string; id: number } | null; fetch: number; offset: number },
) => {
  const direction = sql.raw(backward ? 'desc' : 'asc');
  const name = sql`${authors.name} collate "und-x-icu"`;
  const beyond = sql`(${name}, ${authors.id}) ${sql.raw(backward ? '<' : '>')} (${from?.key}, ${from?.id})`;
  return db
    .select(row)
    .from(authors)
    .where(from ? beyond : undefined)
    .orderBy(sql`${name} ${direction}`, sql`${authors.id} ${direction}`)
    .limit(fetch)
    .offset(offset);
};

export const countAuthors = (db: Database) => db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(authors);

export const insertAuthor = (db: Database, actor: Actor, author: typeof authors.$inferInsert) => {
  const inserted = db.$with('inserted').as(db.insert(authors).values(author).returning(row));
  return db.with(inserted).select().from(inserted).where(setActor(actor));
};

const unexpired = (expected: readonly number[] | undefined) =>
  expected === undefined ? undefined : inArray(authors.version, [...expected]);

/** A change of nothing writes nothing, but tells whether the author is there, in an expected version. */
export const updateAuthor = (
  db: Database,
  actor: Actor,
  id: number,
  change: Partial<typeof authors.$inferInsert>,
  expected: readonly number[] | undefined,
) =>
  db
    .update(authors)
    .set({ version: sql`version`, ...change })
    .where(and(eq(authors.id, id), unexpired(expected), setActor(actor)))
    .returning(row);

/** Locks the articles of an author, in the order of their ids, before their bylines go and their versions rise. */
export const lockArticlesOfAuthor = (db: Database, id: number) =>
  db.execute(sql`select from articles where id in (select article_id from article_authors where author_id = ${id})
    order by id for no key update`);

/** Removes an author, and by the foreign key the bylines. */
export const deleteAuthor = (db: Database, actor: Actor, id: number, expected: readonly number[] | undefined) =>
  db
    .delete(authors)
    .where(and(eq(authors.id, id), unexpired(expected), setActor(actor)))
    .returning({ id: authors.id });
