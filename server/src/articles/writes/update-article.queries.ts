import { and, or, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import { setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { articles } from '../../database/schema/content.ts';
import { type ArticleWrite, admission, valuesOf, type WriteResult, wanted } from './locked-write.queries.ts';

const p = sql.placeholder;

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
      .where(setActor(p('actor')));
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
export const updateArticle = (db: Database, write: ArticleWrite, changes: ArticleChanges): Promise<WriteResult[]> =>
  updateStatement(changes)(db).execute({
    ...valuesOf(write),
    ...changes.columns,
    publishedAt: changes.columns.publishedAt?.toISOString() ?? null,
    categoryIds: changes.categoryIds,
    authorIds: changes.authorIds,
  });
