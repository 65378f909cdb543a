import { defineRelations } from 'drizzle-orm';
import { bigint, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

export const articles = pgTable(
  'articles',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    title: text('title').notNull(),
    content: text('content').notNull().default(''),
    publishedAt: timestamp('published_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index('articles_published_at_idx').on(t.publishedAt)],
);

export const categories = pgTable('categories', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  name: text('name').notNull(),
  slug: text('slug').notNull().unique(),
  parentId: bigint('parent_id', { mode: 'number' }),
  position: integer('position').notNull().default(0),
});

export const articleCategories = pgTable(
  'article_categories',
  {
    articleId: bigint('article_id', { mode: 'number' })
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    categoryId: bigint('category_id', { mode: 'number' })
      .notNull()
      .references(() => categories.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.categoryId] }),
    index('article_categories_category_id_idx').on(t.categoryId),
  ],
);

export const relations = defineRelations({ articles, categories, articleCategories }, (r) => ({
  articles: {
    categories: r.many.categories({
      from: r.articles.id.through(r.articleCategories.articleId),
      to: r.categories.id.through(r.articleCategories.categoryId),
    }),
  },
  categories: {
    articles: r.many.articles({
      from: r.categories.id.through(r.articleCategories.categoryId),
      to: r.articles.id.through(r.articleCategories.articleId),
    }),
  },
}));
