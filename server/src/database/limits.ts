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

export const CONTENT_FORMATS = ['markdown', 'html'] as const;

/** From the least to the most: each may do all that those before it may. */
export const TOKEN_ROLES = ['reader', 'editor', 'admin'] as const;
export type Role = (typeof TOKEN_ROLES)[number];
