import { ROLES, type Role } from '../database/schema/enums.ts';

/** The rows that a permission covers: all, those that the account of the caller owns, or the drafts among these. */
export type Scope = 'all' | 'own' | 'own drafts';

const NONE = undefined;
/** One cell per role, in the order of ROLES. */
type PerRole<Roles extends readonly Role[]> = { readonly [role in keyof Roles]: Scope | undefined };

/**
 * The permissions of each role, with their scope. Controllers declare a permission with `@RequirePermission`, the guard
 * enforces it, and services enforce the scope. A role without a cell lacks the permission. Routes that need no
 * permission are `@Public`.
 */
// biome-ignore format: it is a table
const ROLE_SCOPES = {
  //                           reader  contributor    author  editor  admin
  /** Drafts, scheduled articles, the trash, and the revisions of every article. */
  'articles.readUnpublished': ['all',  'own',         'own',  'all',  'all'],
  /** Create, update, trash, restore and delete articles, and link them to categories. */
  'articles.write':           [NONE,   'own drafts',  'own',  'all',  'all'],
  /** Set or clear the publication date of an article. */
  'articles.publish':         [NONE,   NONE,          'own',  'all',  'all'],
  /** Set the authors of an article: only the caller's own byline, or any author. */
  'articles.setAuthors':      [NONE,   'own',         'own',  'all',  'all'],
  /** The working drafts of published articles, and which articles have one. */
  'articles.readWorkingDrafts':  ['all',  NONE,       'own',  'all',  'all'],
  /** Save, publish and discard working drafts. */
  'articles.writeWorkingDrafts': [NONE,   NONE,       'own',  'all',  'all'],
  /** List the previews of an article. */
  'articles.readPreviews':    ['all',  NONE,          'own',  'all',  'all'],
  /** Create and revoke previews of an article. */
  'articles.preview':         [NONE,   NONE,          'own',  'all',  'all'],
  'categories.write':         [NONE,   NONE,          NONE,   'all',  'all'],
  'authors.write':            [NONE,   NONE,          NONE,   'all',  'all'],
  /** The email addresses of authors. */
  'authors.readEmail':        ['all',  NONE,          NONE,   'all',  'all'],
  /** The redirects of paths of other systems. */
  'redirects.manage':         [NONE,   NONE,          NONE,   'all',  'all'],
  /** API tokens: the ones of the caller's account, or all of them including the installation's. */
  'tokens.manage':            ['own',  'own',         'own',  'own',  'all'],
  /** Accounts, their roles, and invitations. */
  'accounts.manage':          [NONE,   NONE,          NONE,   NONE,   'all'],
  'audit.read':               [NONE,   NONE,          NONE,   NONE,   'all'],
} as const satisfies Record<string, PerRole<typeof ROLES>>;

export type Permission = keyof typeof ROLE_SCOPES;
export const PERMISSIONS = Object.keys(ROLE_SCOPES) as Permission[];

/** Returns the scope of a permission for a role, or undefined if the role lacks the permission. */
export const scopeOfRole = (role: Role, permission: Permission): Scope | undefined =>
  ROLE_SCOPES[permission][ROLES.indexOf(role)];

const SCOPE_RANK: Record<Scope, number> = { 'own drafts': 1, own: 2, all: 3 };
const rankOf = (role: Role, permission: Permission) => {
  const scope = scopeOfRole(role, permission);
  return scope === undefined ? 0 : SCOPE_RANK[scope];
};

/** Returns whether `role` has every permission of `other`, with at least the same scope. */
export const roleIncludes = (role: Role, other: Role): boolean =>
  PERMISSIONS.every((permission) => rankOf(role, permission) >= rankOf(other, permission));
