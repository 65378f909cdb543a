import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import { acting, actorText } from '../database/acting.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { articles } from '../database/tables.ts';
import { writable } from './article-access.queries.ts';
import type { Writer } from './article-access.ts';
import { status } from './articles.queries.ts';

const p = sql.placeholder;
/** Milliseconds, rounded down: `listed_at` rounds, and an article rounded up would be scheduled for half of one. */
const thisInstant = sql`date_trunc('milliseconds', now())`;
/** The ids of a request with their order, as rows. */
const wanted = (ids: string) => sql`unnest(${p(ids)}::bigint[]) with ordinality as wanted (id, position)`;
/** The rows that `ids` name, as they appear inside an article, in the order of the request. */
const named = (table: 'categories' | 'authors', ids: string) => sql<{ id: number; name: string; slug: string }[]>`(
  select coalesce(json_agg(json_build_object('id', named.id, 'name', named.name, 'slug', named.slug)
    order by wanted.position), '[]')
  from ${wanted(ids)} join ${sql.identifier(table)} as named on named.id = wanted.id)`;

const insertArticleStatement = prepared('insert_article', (db) => {
  const article = db.$with('article').as(
    db
      .insert(articles)
      .values({
        title: p('title'),
        slug: p('slug'),
        excerpt: p('excerpt'),
        content: p('content'),
        contentFormat: p('contentFormat'),
        publishedAt: sql`case when ${p('publishNow')}::boolean then ${thisInstant} else ${p('publishedAt')}::timestamptz end`,
        ownerId: p('owner'),
      })
      .returning(),
  );
  const filed = db.$with('filed', {}).as(sql`
    insert into article_categories (article_id, category_id, position, listed_at)
    select article.id, wanted.id, wanted.position, article.listed_at from article cross join ${wanted('categoryIds')}`);
  const signed = db.$with('signed', {}).as(sql`
    insert into article_authors (article_id, author_id, position, listed_at)
    select article.id, wanted.id, wanted.position, article.listed_at from article cross join ${wanted('authorIds')}`);
  return db
    .with(article, filed, signed)
    .select({
      id: article.id,
      title: article.title,
      slug: article.slug,
      excerpt: article.excerpt,
      content: article.content,
      contentFormat: article.contentFormat,
      publishedAt: article.publishedAt,
      createdAt: article.createdAt,
      updatedAt: article.updatedAt,
      version: article.version,
      status: status(article),
      categories: named('categories', 'categoryIds'),
      authors: named('authors', 'authorIds'),
    })
    .from(article)
    .where(acting(p('actor')));
});

export interface NewArticle {
  title: string;
  slug: string;
  excerpt: string | null;
  content: string;
  contentFormat: 'markdown' | 'html';
  /** Undefined publishes at once, by PostgreSQL's clock: the one that lists go by. */
  publishedAt: Date | null | undefined;
  categoryIds: readonly string[];
  authorIds: readonly string[];
}

/** Writes an article and its links in one statement, which is one transaction and one round trip. */
export const insertArticle = (db: Database, article: NewArticle, { actor, owner }: Writer) =>
  insertArticleStatement(db).execute({
    ...article,
    owner,
    actor: actorText(actor),
    publishNow: article.publishedAt === undefined,
    publishedAt: article.publishedAt?.toISOString() ?? null,
  });

/**
 * The first steps of every write to an existing article. `locked` waits for other writers and is the row as they left
 * it; `seen` is the row in this statement's snapshot. Where the versions differ, the snapshot's links may be old too
 * (each change of a link raises the version): then nothing is `admitted`, and the caller runs the statement again.
 */
function admission(db: Database) {
  const seen = db.$with('seen').as(
    db
      .select({ version: articles.version })
      .from(articles)
      .where(eq(articles.id, p('id'))),
  );
  const locked = db.$with('locked').as(
    db
      .select({ id: articles.id, version: articles.version, listedAt: articles.listedAt })
      .from(articles)
      .where(and(eq(articles.id, p('id')), isNull(articles.deletedAt), writable(articles)))
      .for('no key update'),
  );
  const admitted = db.$with('admitted', {}).as(sql`
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
export interface Outcome {
  version: number;
  seen: number;
}

/** A write to one article: what every such statement takes. `expected` null admits any version. */
export interface Write {
  id: number;
  expected: readonly number[] | null;
  writer: Writer;
}

/** The values of a write, by the names of its placeholders. */
export const valuesOf = ({ id, expected, writer }: Write) => ({
  ...writer,
  id,
  expected,
  actor: actorText(writer.actor),
});

type Columns = Partial<
  Pick<typeof articles.$inferInsert, 'title' | 'slug' | 'excerpt' | 'content' | 'contentFormat'> & {
    publishedAt: Date | null;
  }
>;

export interface ArticleChanges {
  columns: Columns;
  /** Present: the links become exactly these, in this order; links that stay keep their row. */
  categoryIds?: readonly string[] | undefined;
  authorIds?: readonly string[] | undefined;
}

const unlink = (
  links: 'article_categories' | 'article_authors',
  linked: 'category_id' | 'author_id',
  ids: string,
) => sql`
  delete from ${sql.identifier(links)} where article_id in (select id from written)
  and ${sql.identifier(linked)} <> all(${p(ids)}::bigint[])`;

/** A list that stands as asked is left alone: gaps that a removed link left are nobody's change. */
const link = (links: 'article_categories' | 'article_authors', linked: 'category_id' | 'author_id', ids: string) => sql`
  insert into ${sql.identifier(links)} as link (article_id, ${sql.identifier(linked)}, position, listed_at)
  select written.id, wanted.id, wanted.position, written.listed_at from written cross join ${wanted(ids)}
  where ${p(ids)}::bigint[] is distinct from (
    select array_agg(${sql.identifier(linked)} order by position) from ${sql.identifier(links)} where article_id = written.id)
  on conflict (article_id, ${sql.identifier(linked)}) do update set position = excluded.position
  where link.position <> excluded.position`;

/**
 * Values that are there already are not written: a row that this transaction wrote counts as raised, and a change of its
 * links alone would keep the old version.
 */
function updateOf(db: Database, columns: readonly (keyof Columns)[]) {
  const values = Object.fromEntries(columns.map((column) => [column, p(column)]));
  const differs = columns.map(
    (column) => sql`${articles[column]} is distinct from ${sql.param(p(column), articles[column])}`,
  );
  return db
    .update(articles)
    .set(values)
    .where(and(sql`${articles.id} in (select id from admitted)`, or(...differs)))
    .returning({ id: articles.id, listedAt: articles.listedAt });
}

const updateStatementOf = (
  name: string,
  columns: readonly (keyof Columns)[],
  categoriesToo: boolean,
  authorsToo: boolean,
) =>
  prepared(name, (db) => {
    const { seen, locked, admitted, outcome } = admission(db);
    const steps: WithSubquery[] = [];
    if (columns.length > 0) steps.push(db.$with('changed').as(updateOf(db, columns)));
    const written = sql`select admitted.id, coalesce(changed.listed_at, admitted.listed_at) as listed_at
      from admitted left join changed on true`;
    steps.push(db.$with('written', {}).as(columns.length > 0 ? written : sql`select * from admitted`));
    if (categoriesToo) {
      steps.push(db.$with('unfiled', {}).as(unlink('article_categories', 'category_id', 'categoryIds')));
      steps.push(db.$with('filed', {}).as(link('article_categories', 'category_id', 'categoryIds')));
    }
    if (authorsToo) {
      steps.push(db.$with('unsigned', {}).as(unlink('article_authors', 'author_id', 'authorIds')));
      steps.push(db.$with('signed', {}).as(link('article_authors', 'author_id', 'authorIds')));
    }
    return db
      .with(seen, locked, admitted, ...steps)
      .select(outcome)
      .from(locked)
      .where(acting(p('actor')));
  });

const updateStatements = new Map<string, ReturnType<typeof updateStatementOf>>();
/** For the names of statements, which PostgreSQL cuts after 63 characters: two that are cut to one are an error. */
const LETTERS = { title: 't', slug: 's', excerpt: 'e', content: 'c', contentFormat: 'f', publishedAt: 'p' } as const;

/** One statement for each set of things that change: 2^8 at most, and a site uses a handful. */
function updateStatement({ columns, categoryIds, authorIds }: ArticleChanges) {
  const names = Object.keys(columns).sort() as (keyof Columns)[];
  const [categoriesToo, authorsToo] = [categoryIds !== undefined, authorIds !== undefined];
  const changes = [...names.map((column) => LETTERS[column]), categoriesToo && 'C', authorsToo && 'A'];
  const name = `update_article_${changes.filter(Boolean).join('')}`;
  const known = updateStatements.get(name) ?? updateStatementOf(name, names, categoriesToo, authorsToo);
  updateStatements.set(name, known);
  return known;
}

/** Changes columns and replaces links in one statement. No row: there is no such live article. */
export const updateArticle = (db: Database, write: Write, changes: ArticleChanges): Promise<Outcome[]> =>
  updateStatement(changes)(db).execute({
    ...valuesOf(write),
    ...changes.columns,
    publishedAt: changes.columns.publishedAt?.toISOString() ?? null,
    categoryIds: changes.categoryIds,
    authorIds: changes.authorIds,
  });

const insertLinkStatement = prepared('insert_article_category', (db) => {
  const { seen, locked, admitted, outcome } = admission(db);
  const filed = db.$with('filed', {}).as(sql`
    insert into article_categories (article_id, category_id, position, listed_at)
    select admitted.id, ${p('categoryId')}::bigint,
      (select coalesce(max(position), 0) + 1 from article_categories where article_id = admitted.id), admitted.listed_at
    from admitted
    on conflict do nothing`);
  return db
    .with(seen, locked, admitted, filed)
    .select(outcome)
    .from(locked)
    .where(acting(p('actor')));
});

/** Files an article under a category, after those it is under; a link that is there stays as it is. */
export const insertArticleCategory = (db: Database, write: Write, categoryId: number): Promise<Outcome[]> =>
  insertLinkStatement(db).execute({ ...valuesOf(write), categoryId });

const deleteLinkStatement = prepared('delete_article_category', (db) => {
  const { seen, locked, admitted, outcome } = admission(db);
  const unfiled = db.$with('unfiled', {}).as(sql`
    delete from article_categories where article_id in (select id from admitted) and category_id = ${p('categoryId')}::bigint`);
  return db
    .with(seen, locked, admitted, unfiled)
    .select(outcome)
    .from(locked)
    .where(acting(p('actor')));
});

/** Takes an article out of a category; nothing happens when it is not in it. */
export const deleteArticleCategory = (db: Database, write: Write, categoryId: number): Promise<Outcome[]> =>
  deleteLinkStatement(db).execute({ ...valuesOf(write), categoryId });
