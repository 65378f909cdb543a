import type { ProblemCode } from '../http/problems.ts';

/**
 * What it means when PostgreSQL refuses a row, by the constraint's name: the constraint is the check, nothing looks
 * before it writes. A test compares these names with `pg_constraint` and the unique indexes, both ways. A constraint
 * without an answer repeats what the wire's schema has refused already, or guards what no request can reach.
 */
export const CONSTRAINTS: Record<string, { code: ProblemCode; pointer: string; detail: string } | null> = {
  articles_slug_key: { code: 'slug_taken', pointer: '/slug', detail: 'Another article has this slug.' },
  categories_slug_key: { code: 'slug_taken', pointer: '/slug', detail: 'Another category has this slug.' },
  authors_slug_key: { code: 'slug_taken', pointer: '/slug', detail: 'Another author has this slug.' },
  categories_sibling_name_key: {
    code: 'name_taken',
    pointer: '/name',
    detail: 'A category beside it has this name, ignoring case.',
  },
  categories_parent_id_fkey: {
    code: 'unknown_category',
    pointer: '/parentId',
    detail: 'The parent category does not exist.',
  },
  categories_parent_id_check: {
    code: 'category_cycle',
    pointer: '/parentId',
    detail: 'A category cannot be its own parent.',
  },
  categories_cycle_check: {
    code: 'category_cycle',
    pointer: '/parentId',
    detail: 'A category cannot move below one of its own descendants.',
  },
  article_categories_category_id_fkey: {
    code: 'unknown_category',
    pointer: '/categoryIds',
    detail: 'A category does not exist.',
  },
  article_authors_author_id_fkey: {
    code: 'unknown_author',
    pointer: '/authorIds',
    detail: 'An author does not exist.',
  },

  articles_pkey: null,
  articles_id_listed_at_key: null,
  articles_title_check: null,
  articles_slug_check: null,
  articles_excerpt_check: null,
  articles_content_format_check: null,
  articles_published_at_check: null,
  articles_version_check: null,
  categories_pkey: null,
  categories_name_check: null,
  categories_slug_check: null,
  categories_description_check: null,
  categories_version_check: null,
  authors_pkey: null,
  authors_name_check: null,
  authors_slug_check: null,
  authors_email_check: null,
  authors_bio_check: null,
  authors_version_check: null,
  article_categories_pkey: null,
  article_categories_article_fkey: null,
  article_authors_pkey: null,
  article_authors_article_fkey: null,
  api_tokens_pkey: null,
  api_tokens_prefix_key: null,
  api_tokens_name_check: null,
  api_tokens_role_check: null,
  api_tokens_hash_check: null,
  counted_articles_pkey: null,
  category_counts_pkey: null,
  category_counts_category_id_fkey: null,
  article_search_pkey: null,
  article_search_article_id_fkey: null,
  imported_rows_pkey: null,
  imported_rows_article_id_fkey: null,
  imported_rows_category_id_fkey: null,
  imported_rows_author_id_fkey: null,
  imported_rows_kind_check: null,
};
