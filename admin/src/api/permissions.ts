import type { Account } from '@rubric/client';

export type Role = Account['role'];
/** The rows that a permission reaches. */
export type Scope = 'all' | 'own' | 'own drafts';

const NONE = undefined;
export const ROLES = ['reader', 'contributor', 'author', 'editor', 'admin'] as const satisfies readonly Role[];

/** The table in docs/security.md, for the roles in the order of `ROLES`. A test compares it with the server's. */
const SCOPES = {
  'articles.readUnpublished': ['all', 'own', 'own', 'all', 'all'],
  'articles.write': [NONE, 'own drafts', 'own', 'all', 'all'],
  'articles.publish': [NONE, NONE, 'own', 'all', 'all'],
  'articles.readWorkingDrafts': ['all', NONE, 'own', 'all', 'all'],
  'articles.writeWorkingDrafts': [NONE, NONE, 'own', 'all', 'all'],
  'articles.setAuthors': [NONE, 'own', 'own', 'all', 'all'],
  'articles.readPreviews': ['all', NONE, 'own', 'all', 'all'],
  'articles.preview': [NONE, NONE, 'own', 'all', 'all'],
  'categories.write': [NONE, NONE, NONE, 'all', 'all'],
  'authors.write': [NONE, NONE, NONE, 'all', 'all'],
  'authors.readEmail': ['all', NONE, NONE, 'all', 'all'],
  'redirects.manage': [NONE, NONE, NONE, 'all', 'all'],
  'tokens.manage': ['own', 'own', 'own', 'own', 'all'],
  'accounts.manage': [NONE, NONE, NONE, NONE, 'all'],
  'audit.read': [NONE, NONE, NONE, NONE, 'all'],
} as const satisfies Record<string, readonly (Scope | undefined)[]>;

export type Permission = keyof typeof SCOPES;
export const PERMISSIONS = Object.keys(SCOPES) as Permission[];

export const scopeOf = (role: Role, permission: Permission): Scope | undefined =>
  SCOPES[permission][ROLES.indexOf(role)];
