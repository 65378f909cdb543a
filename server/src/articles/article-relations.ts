/**
 * The two many-to-many relations of an article, by the request field that sets their links: the table at the other end,
 * the joining table and its column, and how a client learns that an id does not exist. The tables themselves are in
 * `database/schema/content.ts`.
 */
export const ARTICLE_RELATIONS = {
  categoryIds: {
    table: 'categories',
    linkTable: 'article_categories',
    linkColumn: 'category_id',
    foreignKey: 'article_categories_category_id_fkey',
    unknownCode: 'unknown_category',
    noun: 'category',
  },
  authorIds: {
    table: 'authors',
    linkTable: 'article_authors',
    linkColumn: 'author_id',
    foreignKey: 'article_authors_author_id_fkey',
    unknownCode: 'unknown_author',
    noun: 'author',
  },
} as const;

export type RelationField = keyof typeof ARTICLE_RELATIONS;
export const RELATION_FIELDS = Object.keys(ARTICLE_RELATIONS) as RelationField[];
