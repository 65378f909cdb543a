/** The formats of `content`. */
export const CONTENT_FORMATS = ['markdown', 'html'] as const;

/** The kinds of rows that have an address: a slug of their own. */
export const ADDRESSED_TYPES = ['article', 'category', 'author'] as const;

/** How a category is ordered without `sort`: the newest first, or by the ranks of its articles. */
export const ORDERINGS = ['newest', 'manual'] as const;

/** The origin of an audit entry: HTTP, a command, or another connection to the database such as psql. */
export const AUDIT_SOURCES = ['http', 'command', 'database'] as const;

/** The cause of a revision. `publish` made the article public; `restore` restored it from the trash or from an older revision. */
export const REVISION_KINDS = ['create', 'change', 'publish', 'restore', 'import'] as const;

/** Roles, in ascending order of permissions, which `access/permissions.ts` lists. */
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
