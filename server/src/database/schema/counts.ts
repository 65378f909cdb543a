import { bigint, foreignKey, index, integer, pgTable } from 'drizzle-orm/pg-core';
import { foreignId, timestampMs } from './columns.ts';
import { categories } from './content.ts';

/**
 * The state of an article that the counts include: its categories, and the time from which it counts. The ancestors are in
 * `category_paths`, so that a move of categories changes no row here. Only the function `recount_articles` writes it: it
 * compares the state with the current links and inserts the differences into `category_count_deltas`.
 */
export const countedArticles = pgTable('counted_articles', {
  articleId: bigint('article_id', { mode: 'number' }).primaryKey(),
  directIds: bigint('direct_ids', { mode: 'number' }).array().notNull(),
  listedAt: timestampMs('listed_at').notNull(),
});

/**
 * The tree that the counts are based on: the ids of each category and its ancestors, in order. Deleted categories can be
 * among them; their counts are dropped. See docs/decisions/0023-counting-by-paths.md.
 */
export const categoryPaths = pgTable(
  'category_paths',
  {
    categoryId: bigint('category_id', { mode: 'number' }).primaryKey(),
    ancestorIds: bigint('ancestor_ids', { mode: 'number' }).array().notNull(),
  },
  (t) => [
    foreignKey({
      name: 'category_paths_category_id_fkey',
      columns: [t.categoryId],
      foreignColumns: [categories.id],
    }).onDelete('cascade'),
  ],
);

/**
 * The old (-1) and new (1) states of articles that were counted while a move of categories was being computed; the move
 * applies them at its end. Otherwise empty, see docs/decisions/0019-large-changes.md.
 */
export const countedArticleChanges = pgTable('counted_article_changes', {
  sign: integer('sign').notNull(),
  directIds: bigint('direct_ids', { mode: 'number' }).array().notNull(),
  listedAt: timestampMs('listed_at').notNull(),
});

/** Articles that a transaction counts at its commit. Committed rows do not exist: a deferred trigger deletes them. */
export const uncountedArticles = pgTable('uncounted_articles', {
  articleIds: bigint('article_ids', { mode: 'number' }).array().notNull(),
});

/** Deltas not yet added to `category_counts`. Writers only insert here, so that no writer waits for another. */
export const categoryCountDeltas = pgTable(
  'category_count_deltas',
  {
    categoryId: foreignId('category_id'),
    effectiveAt: timestampMs('effective_at').notNull(),
    direct: integer('direct').notNull(),
    deep: integer('deep').notNull(),
  },
  (t) => [index('category_count_deltas_idx').on(t.categoryId, t.effectiveAt)],
);

/** The sum of the deltas added up so far. The count of a category is this sum plus its deltas that are due. */
export const categoryCounts = pgTable(
  'category_counts',
  {
    categoryId: bigint('category_id', { mode: 'number' }).primaryKey(),
    direct: integer('direct').notNull(),
    deep: integer('deep').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'category_counts_category_id_fkey',
      columns: [t.categoryId],
      foreignColumns: [categories.id],
    }).onDelete('cascade'),
  ],
);
