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
import { authors } from './authors.ts';
import {
  byteText,
  foreignId,
  identityId,
  maxLength,
  notBlank,
  oneOf,
  slugShape,
  timestampMs,
  timestampText,
  versionedTimestamps,
  xid8,
} from './columns.ts';
import { CONTENT_FORMATS, ORDERINGS } from './enums.ts';
import { MAX } from './field-limits.ts';
import { accounts } from './identity.ts';

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
 * One row. A transaction that renames or deletes categories or authors sets a new `epoch` when it commits, so that servers
 * can keep names in memory and detect when they are stale, see docs/decisions/0022-names-from-memory.md. The epoch is
 * random, so that none is used twice, even after a failover that lost a rename.
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
