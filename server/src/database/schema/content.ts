import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  bytea,
  byteText,
  foreignId,
  identityId,
  maxLength,
  notBlank,
  oneOf,
  slugShape,
  timestampMs,
  timestampText,
  tsvector,
  versionedTimestamps,
  xid8,
} from './columns.ts';
import { CONTENT_FORMATS, MAX, ORDERINGS } from './field-limits.ts';
import { accounts, authors } from './identity.ts';

/** The fields of an article that clients write. Its working draft has the same columns and checks. */
export const fieldColumns = () => ({
  title: text('title').notNull(),
  slug: text('slug').notNull(),
  excerpt: text('excerpt'),
  content: text('content').notNull().default(''),
  contentFormat: text('content_format', { enum: CONTENT_FORMATS }).notNull().default('markdown'),
});

export const fieldChecks = (table: 'articles' | 'article_drafts') => [
  check(`${table}_title_check`, notBlank('title', MAX.title)),
  check(`${table}_slug_check`, slugShape()),
  check(`${table}_excerpt_check`, maxLength('excerpt', MAX.excerpt)),
  check(`${table}_content_format_check`, oneOf('content_format', CONTENT_FORMATS)),
];

export const articles = pgTable(
  'articles',
  {
    id: identityId(),
    ...fieldColumns(),
    publishedAt: timestampText('published_at'),
    deletedAt: timestampMs('deleted_at'),
    /** The default sort key of lists: the time when the article becomes visible, `infinity` for drafts and the trash. */
    listedAt: timestampMs('listed_at')
      .notNull()
      .generatedAlwaysAs(sql`case when deleted_at is null then coalesce(published_at, 'infinity') else 'infinity' end`),
    /** The account that created the article. Null when a command or a token of the installation created it. */
    ownerId: bigint('owner_id', { mode: 'number' }),
    ...versionedTimestamps(),
  },
  (t) => [
    foreignKey({ name: 'articles_owner_id_fkey', columns: [t.ownerId], foreignColumns: [accounts.id] }).onDelete(
      'set null',
    ),
    index('articles_owner_idx')
      .on(t.ownerId, t.listedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`owner_id is not null`),
    unique('articles_id_listed_at_key').on(t.id, t.listedAt),
    uniqueIndex('articles_slug_key').on(t.slug).where(sql`deleted_at is null`),
    // Apart from the slugs of live articles, so that only writes to the trash maintain it.
    index('articles_trashed_slug_idx').on(t.slug).where(sql`deleted_at is not null`),
    index('articles_listed_at_idx').on(t.listedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    // ICU's root collation sorts as readers expect (apple, Äpfel, Banana) under any collation of the database.
    index('articles_title_idx').on(sql`title collate "und-x-icu"`, t.id),
    index('articles_updated_at_idx').on(t.updatedAt, t.id),
    // For lists that include the trash.
    index('articles_published_at_idx').on(sql`coalesce(published_at, 'infinity')`, t.id),
    ...fieldChecks('articles'),
    check('articles_published_at_check', sql`isfinite(published_at)`),
    check('articles_version_check', sql`version > 0`),
  ],
);

export const categories = pgTable(
  'categories',
  {
    id: identityId(),
    name: text('name').notNull(),
    slug: text('slug').notNull(),
    description: text('description'),
    parentId: bigint('parent_id', { mode: 'number' }),
    position: integer('position').notNull().default(0),
    ordering: text('ordering', { enum: ORDERINGS }).notNull().default('newest'),
    ...versionedTimestamps(),
  },
  (t) => [
    foreignKey({ name: 'categories_parent_id_fkey', columns: [t.parentId], foreignColumns: [t.id] }),
    uniqueIndex('categories_slug_key').on(t.slug),
    // No two siblings have names that look the same. Also finds the children of a category.
    uniqueIndex('categories_sibling_name_key').on(sql`coalesce(parent_id, 0)`, sql`fold_category_name(name)`),
    index('categories_parent_id_idx').on(t.parentId),
    check('categories_name_check', notBlank('name', MAX.name)),
    check('categories_slug_check', slugShape()),
    check('categories_description_check', maxLength('description', MAX.description)),
    check('categories_parent_id_check', sql`parent_id <> id`),
    check('categories_ordering_check', oneOf('ordering', ORDERINGS)),
    check('categories_version_check', sql`version > 0`),
  ],
);

/**
 * The joining table: one row links one article to one category. The primary key is the pair, so that PostgreSQL rejects a
 * duplicate link. `listed_at` is a copy of the article's, which the composite foreign key keeps equal (on update cascade),
 * so that a page of a category is one index range at any depth. See docs/decisions/0001-link-row-carries-sort-key.md.
 * `rank` is the place of the article among the ranked ones of the category; null without one. See 0032-ranks.md there.
 */
export const articleCategories = pgTable(
  'article_categories',
  {
    articleId: foreignId('article_id'),
    categoryId: foreignId('category_id'),
    position: integer('position').notNull(),
    listedAt: timestampMs('listed_at').notNull(),
    rank: byteText('rank'),
  },
  (t) => [
    primaryKey({ name: 'article_categories_pkey', columns: [t.articleId, t.categoryId] }),
    foreignKey({
      name: 'article_categories_article_fkey',
      columns: [t.articleId, t.listedAt],
      foreignColumns: [articles.id, articles.listedAt],
    })
      .onUpdate('cascade')
      .onDelete('cascade'),
    foreignKey({
      name: 'article_categories_category_id_fkey',
      columns: [t.categoryId],
      foreignColumns: [categories.id],
    }).onDelete('cascade'),
    index('article_categories_listing_idx').on(
      t.categoryId,
      t.listedAt.desc().nullsFirst(),
      t.articleId.desc().nullsFirst(),
    ),
    // The categories of an article in order, without reading the links: a quarter less time for a list.
    index('article_categories_order_idx').on(t.articleId, t.position, t.categoryId),
    uniqueIndex('article_categories_rank_key').on(t.categoryId, t.rank).where(sql`rank is not null`),
    check('article_categories_rank_check', sql.raw(`rank ~ '^[0-9A-Za-z]+$' and char_length(rank) <= ${MAX.rank}`)),
  ],
);

/** Links articles to their authors, in order; built like `article_categories`. */
export const articleAuthors = pgTable(
  'article_authors',
  {
    articleId: foreignId('article_id'),
    authorId: foreignId('author_id'),
    position: integer('position').notNull(),
    listedAt: timestampMs('listed_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'article_authors_pkey', columns: [t.articleId, t.authorId] }),
    foreignKey({
      name: 'article_authors_article_fkey',
      columns: [t.articleId, t.listedAt],
      foreignColumns: [articles.id, articles.listedAt],
    })
      .onUpdate('cascade')
      .onDelete('cascade'),
    foreignKey({
      name: 'article_authors_author_id_fkey',
      columns: [t.authorId],
      foreignColumns: [authors.id],
    }).onDelete('cascade'),
    index('article_authors_listing_idx').on(
      t.authorId,
      t.listedAt.desc().nullsFirst(),
      t.articleId.desc().nullsFirst(),
    ),
    index('article_authors_order_idx').on(t.articleId, t.position, t.authorId),
  ],
);

/** In revisions and working drafts: the ids of the linked rows, in order, by the names that the links have in requests. */
export const linkedIdColumns = () => ({
  categoryIds: bigint('category_ids', { mode: 'number' }).array().notNull(),
  authorIds: bigint('author_ids', { mode: 'number' }).array().notNull(),
});

/**
 * One row. A transaction that renames or deletes categories or authors gives it a new `epoch` at its commit, so that servers
 * keep names in memory and know when these are stale, see docs/decisions/0022-names-from-memory.md. The epoch is random, so
 * that none is used twice, also after a failover that lost a rename.
 */
export const nameEpoch = pgTable(
  'name_epoch',
  {
    isOnlyRow: boolean('is_only_row').primaryKey().default(true),
    epoch: uuid('epoch').notNull().defaultRandom(),
    /** The transaction that set the epoch. Its other changes of names need not set it again. */
    transactionId: xid8('transaction_id'),
  },
  () => [check('name_epoch_is_only_row_check', sql`is_only_row`)],
);

/**
 * The state in which the counts include an article: the categories it is linked to, and from when on. Their ancestors
 * are in `category_paths`, so that a move of categories changes no row here. Only the function `recount_articles` writes it:
 * it compares the state with the current links and inserts the differences into `category_count_deltas`.
 */
export const countedArticles = pgTable('counted_articles', {
  articleId: bigint('article_id', { mode: 'number' }).primaryKey(),
  directIds: bigint('direct_ids', { mode: 'number' }).array().notNull(),
  listedAt: timestampMs('listed_at').notNull(),
});

/**
 * The tree by which the counts include articles: the ids of each category and its ancestors, in order. A deleted category
 * can be among them, and its counts are dropped. See docs/decisions/0023-counting-by-paths.md.
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
 * The old (-1) and new (1) states of articles that were counted while a move of categories was being computed, for the
 * move to catch up with. Empty otherwise, see docs/decisions/0019-large-changes.md.
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

/**
 * The search document of an article: its words, as `article_document` makes them. In a table of its own: in `articles` each
 * change of links would copy it. A document is stale while its article is in `search_backlog`; searches then use the
 * article itself.
 */
export const articleSearch = pgTable(
  'article_search',
  {
    articleId: bigint('article_id', { mode: 'number' }).primaryKey(),
    document: tsvector('document').notNull(),
    /** The version of the article that it was made from. */
    articleVersion: integer('article_version').notNull().default(0),
    /** The version of `article_document` that made it. Documents of an older one are made again in the background. */
    documentVersion: integer('document_version').notNull().default(1),
  },
  (t) => [
    foreignKey({
      name: 'article_search_article_id_fkey',
      columns: [t.articleId],
      foreignColumns: [articles.id],
    }).onDelete('cascade'),
    index('article_search_document_idx').using('gin', t.document),
  ],
);

/**
 * The articles whose words have changed since their documents were made, one row for each change. Without a key on the
 * article, so that a writer never waits for the worker that empties it.
 */
export const searchBacklog = pgTable('search_backlog', {
  id: identityId(),
  articleId: bigint('article_id', { mode: 'number' }).notNull(),
  /** The length of the article in bytes, by which writers limit what a search has to read. */
  bytes: integer('bytes').notNull(),
});

/**
 * Maps what an import read to the row that it wrote, so that a second import of the same file changes nothing. `source` is
 * the site, `kind` and `external_id` name the item in it, `digest` is a hash of what the file said about it.
 */
export const importedRows = pgTable(
  'imported_rows',
  {
    source: text('source').notNull(),
    kind: text('kind', { enum: ['article', 'category', 'author'] }).notNull(),
    externalId: text('external_id').notNull(),
    digest: bytea('digest').notNull(),
    articleId: bigint('article_id', { mode: 'number' }),
    categoryId: bigint('category_id', { mode: 'number' }),
    authorId: bigint('author_id', { mode: 'number' }),
  },
  (t) => [
    primaryKey({ name: 'imported_rows_pkey', columns: [t.source, t.kind, t.externalId] }),
    foreignKey({
      name: 'imported_rows_article_id_fkey',
      columns: [t.articleId],
      foreignColumns: [articles.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'imported_rows_category_id_fkey',
      columns: [t.categoryId],
      foreignColumns: [categories.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'imported_rows_author_id_fkey',
      columns: [t.authorId],
      foreignColumns: [authors.id],
    }).onDelete('cascade'),
    index('imported_rows_article_id_idx').on(t.articleId),
    index('imported_rows_category_id_idx').on(t.categoryId),
    index('imported_rows_author_id_idx').on(t.authorId),
    check('imported_rows_kind_check', sql`num_nonnulls(article_id, category_id, author_id) = 1`),
  ],
);
