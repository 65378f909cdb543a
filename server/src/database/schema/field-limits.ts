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

export const CONTENT_FORMATS = ['markdown', 'html'] as const;

/** The kinds of rows that have an address: a slug of their own. */
export const ADDRESSED_TYPES = ['article', 'category', 'author'] as const;

/** How a category is ordered without `sort`: the newest first, or by the ranks of its articles. */
export const ORDERINGS = ['newest', 'manual'] as const;

/** The origin of an audit entry: HTTP, a command, or another connection to the database such as psql. */
export const AUDIT_SOURCES = ['http', 'command', 'database'] as const;

/** What a revision of an article came from. `publish` made the article public, `restore` took it from the trash or from an older revision. */
export const REVISION_KINDS = ['create', 'change', 'publish', 'restore', 'import'] as const;

/** Roles, from the least to the most. `access/permissions.ts` lists what each can do. */
export const ROLES = ['reader', 'contributor', 'author', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The types of events. */
export const EVENT_TYPES = [
  'article.created',
  'article.deleted',
  'article.trashed',
  'article.restored',
  'article.published',
  'article.unpublished',
  'article.updated',
  'category.created',
  'category.deleted',
  'category.updated',
  'category.reordered',
  'author.created',
  'author.deleted',
  'author.updated',
] as const;
