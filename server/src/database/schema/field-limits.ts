/** Maximum lengths in characters (code points). The constraints of the tables and the schemas of requests use them. */
export const MAX = {
  title: 500,
  name: 200,
  slug: 200,
  excerpt: 10_000,
  description: 10_000,
  email: 254,
  bio: 10_000,
  idempotencyKey: 255,
  /** In bytes of JSON, all values together. */
  preferences: 65_536,
  /** Of an address of another system, in bytes. */
  path: 2_000,
  /** An entry of an index can have 2,700 bytes; a cursor contains one. */
  rank: 2_000,
} as const;

/** The pattern of slugs, in the syntax that PostgreSQL and JavaScript share. */
export const SLUG_PATTERN = '^[a-z0-9]+(-[a-z0-9]+)*$';
