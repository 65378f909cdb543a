import type { ProblemCode } from './problems.ts';

interface ConstraintProblem {
  code: ProblemCode;
  pointer: string;
  detail: string;
}

/**
 * The problem for each constraint that a request can violate, by the name of the constraint. The constraint is the check:
 * Rubric does not query before it writes. The foreign keys of links are in `ARTICLE_RELATIONS`: their problem names every
 * unknown id. A test compares these names with `pg_constraint` and the unique indexes, both ways.
 */
export const CONSTRAINT_PROBLEMS: Record<string, ConstraintProblem> = {
  categories_sibling_name_key: {
    code: 'name_taken',
    pointer: '/name',
    detail: 'A sibling category has this name, or one that looks the same.',
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
    detail: 'A category cannot become a child of one of its own descendants.',
  },
  accounts_email_key: { code: 'email_taken', pointer: '/email', detail: 'Another account has this email address.' },
  accounts_author_id_key: {
    code: 'byline_taken',
    pointer: '/authorId',
    detail: 'Another account is linked to this author.',
  },
  accounts_author_id_fkey: { code: 'unknown_author', pointer: '/authorId', detail: 'The author does not exist.' },
  redirects_path_key: { code: 'path_taken', pointer: '/path', detail: 'The path has a redirect already.' },
  redirects_article_id_fkey: { code: 'unknown_target', pointer: '/target/id', detail: 'The article does not exist.' },
  redirects_category_id_fkey: { code: 'unknown_target', pointer: '/target/id', detail: 'The category does not exist.' },
  redirects_author_id_fkey: { code: 'unknown_target', pointer: '/target/id', detail: 'The author does not exist.' },
  invitations_author_id_fkey: { code: 'unknown_author', pointer: '/authorId', detail: 'The author does not exist.' },
};

/**
 * Returns the problem for a row that PostgreSQL rejected because of this constraint; undefined for a constraint that no
 * request can violate. The unique index on the slugs of a table is called `<table>_slug_key`.
 */
export const constraintProblem = (constraint: string): ConstraintProblem | undefined =>
  CONSTRAINT_PROBLEMS[constraint] ??
  (constraint.endsWith('_slug_key')
    ? { code: 'slug_taken', pointer: '/slug', detail: 'The slug is already in use.' }
    : undefined);
