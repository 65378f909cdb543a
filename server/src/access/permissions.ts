import { ROLES, type Role } from '../database/schema/field-limits.ts';

/**
 * How far a permission reaches: to every row, to those that belong to the caller's account, or to the drafts among
 * these.
 */
export type Reach = 'all' | 'own' | 'own drafts';

const NOT = undefined;
/** A cell for each role, in their order. */
type ForEach<Roles extends readonly Role[]> = { readonly [role in keyof Roles]: Reach | undefined };

/**
 * Who may do what. Controllers declare a permission with `@Needs`, the guard enforces it, and the services of articles
 * ask how far it reaches. Whatever is not in this table is allowed to nobody; what needs no permission is `@Public`.
 */
// biome-ignore format: it is a table
const TABLE = {
  //                       reader  contributor    author  editor  admin
  /** Drafts, scheduled articles and the trash. */
  'articles.see':         ['all',  'own',         'own',  'all',  'all'],
  /** Creating, changing, filing, trashing, restoring and removing. */
  'articles.write':       [NOT,    'own drafts',  'own',  'all',  'all'],
  /** Giving an article a date of publication, or taking it away. */
  'articles.publish':     [NOT,    NOT,           'own',  'all',  'all'],
  /** Whose byline an article may carry: one's own, or anybody's. */
  'articles.sign':        [NOT,    'own',         'own',  'all',  'all'],
  'categories.write':     [NOT,    NOT,           NOT,    'all',  'all'],
  'authors.write':        [NOT,    NOT,           NOT,    'all',  'all'],
  /** The e-mail addresses of authors. */
  'authors.contact':      ['all',  NOT,           NOT,    'all',  'all'],
  /** API tokens: those of one's account, or everybody's and the installation's. */
  'tokens.manage':        ['own',  'own',         'own',  'own',  'all'],
  /** Accounts, their roles, and invitations. */
  'accounts.manage':      [NOT,    NOT,           NOT,    NOT,    'all'],
  'audit.read':           [NOT,    NOT,           NOT,    NOT,    'all'],
} as const satisfies Record<string, ForEach<typeof ROLES>>;

export type Permission = keyof typeof TABLE;
export const PERMISSIONS = Object.keys(TABLE) as Permission[];

/** How far a permission of a role reaches; undefined where the role lacks it. */
export const reachOf = (role: Role, permission: Permission): Reach | undefined =>
  TABLE[permission][ROLES.indexOf(role)];

const WIDTH: Record<Reach, number> = { 'own drafts': 1, own: 2, all: 3 };
const width = (role: Role, permission: Permission) => {
  const reach = reachOf(role, permission);
  return reach === undefined ? 0 : WIDTH[reach];
};

/** May the one role do all that the other may? So a token's role can be held against that of its owner. */
export const includesRole = (role: Role, other: Role): boolean =>
  PERMISSIONS.every((permission) => width(role, permission) >= width(other, permission));
