import { bigint, foreignKey, index, integer, pgTable } from 'drizzle-orm/pg-core';
import { identityId, tsvector } from './columns.ts';
import { articles } from './content.ts';

/**
 * The search document of an article: its words, created by `article_document`. Not a column of `articles`, where each
 * change of links would copy it. While the article is in `search_backlog`, its document is stale, and searches use the
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
    // A writer adds lexemes to the pending list, up to 64 MB; the worker moves them into the index.
    index('article_search_document_idx').using('gin', t.document).with({ gin_pending_list_limit: 65_536 }),
  ],
);

/**
 * The articles whose words have changed since their documents were created, one row for each change. No key on the article,
 * so that a writer never waits for the worker that empties the table.
 */
export const searchBacklog = pgTable('search_backlog', {
  id: identityId(),
  articleId: bigint('article_id', { mode: 'number' }).notNull(),
  /** The length of the article in bytes. Writers limit the total, which searches have to read. */
  bytes: integer('bytes').notNull(),
});
