import { ROLES, type Role } from '../database/schema/field-limits.ts';

/**
 * How far a permission reaches: to every row, to those that belong to the caller's account, or to the drafts among
 * these.
 */
export type Scope = 'all' | 'own' | 'own drafts';

const NONE = undefined;
/** A cell for each role, in their order. */
type PerRole<Roles extends readonly Role[]> = { readonly [role in keyof Roles]: Scope | undefined };

/**
 * Who may do what. Controllers declare a permission with `@Needs`, the guard enforces it, and the services of articles
 * ask how far it reaches. Whatever is not in this table is allowed to nobody; what needs no permission is `@Public`.
 */
// biome-ignore format: it is a table
const ROLE_SCOPES = {
  //                       reader  contributor    author  editor  admin
  /** Drafts, scheduled articles and the trash. */
  'articles.readUnpublished':         ['all',  'own',         'own',  'all',  'all'],
  /** Creating, changing, filing, trashing, restoring and removing. */
  'articles.write':       [NONE,    'own drafts',  'own',  'all',  'all'],
  /** Giving an article a date of publication, or taking it away. */
  'articles.publish':     [NONE,    NONE,           'own',  'all',  'all'],
  /** Whose byline an article may carry: one's own, or anybody's. */
  'articles.setAuthors':        [NONE,    'own',         'own',  'all',  'all'],
  'categories.write':     [NONE,    NONE,           NONE,    'all',  'all'],
  'authors.write':        [NONE,    NONE,           NONE,    'all',  'all'],
  /** The e-mail addresses of authors. */
  'authors.readEmail':      ['all',  NONE,           NONE,    'all',  'all'],
  /** API tokens: those of one's account, or everybody's and the installation's. */
  'tokens.manage':        ['own',  'own',         'own',  'own',  'all'],
  /** Accounts, their roles, and invitations. */
  'accounts.manage':      [NONE,    NONE,           NONE,    NONE,    'all'],
  'audit.read':           [NONE,    NONE,           NONE,    NONE,    'all'],
} as const satisfies Record<string, PerRole<typeof ROLES>>;

export type Permission = keyof typeof ROLE_SCOPES;
export const PERMISSIONS = Object.keys(ROLE_SCOPES) as Permission[];

/** How far a permission of a role reaches; undefined where the role lacks it. */
export const scopeOfRole = (role: Role, permission: Permission): Scope | undefined =>
  ROLE_SCOPES[permission][ROLES.indexOf(role)];

const SCOPE_RANK: Record<Scope, number> = { 'own drafts': 1, own: 2, all: 3 };
const rankOf = (role: Role, permission: Permission) => {
  const reach = scopeOfRole(role, permission);
  return reach === undefined ? 0 : SCOPE_RANK[reach];
};

/** May the one role do all that the other may? So a token's role can be held against that of its owner. */
export const roleIncludes = (role: Role, other: Role): boolean =>
  PERMISSIONS.every((permission) => rankOf(role, permission) >= rankOf(other, permission));
