import { sql } from 'drizzle-orm';
import { serializeActor, setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { nowMs } from '../../database/schema/columns.ts';
import { articles } from '../../database/schema/content.ts';
import { statusOf } from '../articles.queries.ts';
import type { WriteScope } from '../visibility/visibility.ts';
import { requestedIds } from './locked-write.queries.ts';

const p = sql.placeholder;

/** The requested categories or authors as they appear inside an article, in the order of the request. */
const requestedReferences = (table: 'categories' | 'authors', placeholder: string) => sql<
  { id: number; name: string; slug: string }[]
>`(
  select coalesce(json_agg(json_build_object('id', reference.id, 'name', reference.name, 'slug', reference.slug)
    order by requested.position), '[]')
  from ${requestedIds(placeholder)} join ${sql.identifier(table)} as reference on reference.id = requested.id)`;

const insertArticleStatement = prepared('insert_article', (db) => {
  const insertedArticle = db.$with('inserted_article').as(
    db
      .insert(articles)
      .values({
        title: p('title'),
        slug: p('slug'),
        excerpt: p('excerpt'),
        content: p('content'),
        contentFormat: p('contentFormat'),
        publishedAt: sql`case when ${p('isPublishedNow')}::boolean then ${nowMs} else ${p('publishedAt')}::timestamptz end`,
        ownerId: p('ownerId'),
      })
      .returning(),
  );
  const insertedArticleCategories = db.$with('inserted_article_categories', {}).as(sql`
    insert into article_categories (article_id, category_id, position, listed_at)
    select inserted_article.id, requested.id, requested.position, inserted_article.listed_at
    from inserted_article cross join ${requestedIds('categoryIds')}`);
  const insertedArticleAuthors = db.$with('inserted_article_authors', {}).as(sql`
    insert into article_authors (article_id, author_id, position, listed_at)
    select inserted_article.id, requested.id, requested.position, inserted_article.listed_at
    from inserted_article cross join ${requestedIds('authorIds')}`);
  return db
    .with(insertedArticle, insertedArticleCategories, insertedArticleAuthors)
    .select({
      id: insertedArticle.id,
      title: insertedArticle.title,
      slug: insertedArticle.slug,
      excerpt: insertedArticle.excerpt,
      content: insertedArticle.content,
      contentFormat: insertedArticle.contentFormat,
      publishedAt: insertedArticle.publishedAt,
      createdAt: insertedArticle.createdAt,
      updatedAt: insertedArticle.updatedAt,
      version: insertedArticle.version,
      status: statusOf(insertedArticle),
      categories: requestedReferences('categories', 'categoryIds'),
      authors: requestedReferences('authors', 'authorIds'),
    })
    .from(insertedArticle)
    .where(setActor(p('actor')));
});

export interface NewArticle {
  title: string;
  slug: string;
  excerpt: string | null;
  content: string;
  contentFormat: 'markdown' | 'html';
  /** Undefined publishes at once, by the clock of PostgreSQL, which lists compare with as well. */
  publishedAt: Date | null | undefined;
  categoryIds: readonly string[];
  authorIds: readonly string[];
}

/** Inserts an article and its links in one statement, which is one transaction and one round trip. */
export const insertArticle = (db: Database, article: NewArticle, { actor, ownerId }: WriteScope) =>
  insertArticleStatement(db).execute({
    ...article,
    ownerId,
    actor: serializeActor(actor),
    isPublishedNow: article.publishedAt === undefined,
    publishedAt: article.publishedAt?.toISOString() ?? null,
  });
