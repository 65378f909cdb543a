import { sql } from 'drizzle-orm';
import { serializeActor, setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { nowMs } from '../../database/schema/columns.ts';
import { articles } from '../../database/schema/content.ts';
import { status } from '../articles.queries.ts';
import type { WriteScope } from '../visibility/visibility.ts';
import { wanted } from './locked-write.queries.ts';

const p = sql.placeholder;
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
        publishedAt: sql`case when ${p('publishNow')}::boolean then ${nowMs} else ${p('publishedAt')}::timestamptz end`,
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
    .where(setActor(p('actor')));
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
export const insertArticle = (db: Database, article: NewArticle, { actor, owner }: WriteScope) =>
  insertArticleStatement(db).execute({
    ...article,
    owner,
    actor: serializeActor(actor),
    publishNow: article.publishedAt === undefined,
    publishedAt: article.publishedAt?.toISOString() ?? null,
  });
