/**
 * The longest values that a row may hold, in characters (code points). The constraints of the tables and the schemas of
 * the wire read the same numbers.
 */
export const MAX = {
  title: 500,
  name: 200,
  slug: 200,
  excerpt: 10_000,
  description: 10_000,
  email: 254,
  bio: 10_000,
} as const;

/** What a slug looks like, as PostgreSQL and JavaScript both read it. */
export const SLUG_PATTERN = '^[a-z0-9]+(-[a-z0-9]+)*$';

export const CONTENT_FORMATS = ['markdown', 'html'] as const;

/** How a deed came about: over HTTP, by a command, or by somebody with a connection of their own to the database. */
export const AUDIT_SOURCES = ['http', 'command', 'database'] as const;

/** What each may do is in `access/permissions.ts`. */
export const ROLES = ['reader', 'contributor', 'author', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];
