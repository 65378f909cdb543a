import type { Actor } from '../database/actor.ts';
import type { Role } from '../database/schema/enums.ts';
import { type Permission, type Scope, scopeOfRole } from './permissions.ts';

/** The caller: anonymous (`role` is null), a signed-in user (`sessionId` is set) or an API token (`tokenId` is set). */
export interface Principal {
  role: Role | null;
  /** The account that is signed in or owns the token. Null for a token of the installation. */
  accountId: number | null;
  /** The byline of the account: the author that it is linked to. */
  authorId: number | null;
  /** Set for a signed-in user. */
  sessionId: number | null;
  tokenId: number | null;
  /** Whether the token is limited to GET and HEAD. */
  readOnly: boolean;
  /** The categories that the token is limited to. Null without a limit. */
  categoryIds: readonly number[] | null;
  /** The IP address of the client. Null for a command. */
  address: string | null;
  /** The name of the command that calls. Null for a client. */
  command: string | null;
}

export const ANONYMOUS: Principal = Object.freeze({
  role: null,
  accountId: null,
  authorId: null,
  sessionId: null,
  tokenId: null,
  readOnly: false,
  categoryIds: null,
  address: null,
  command: null,
});

/** The principal of a command: an admin without an account. */
export const commandPrincipal = (command: string): Principal => Object.freeze({ ...ANONYMOUS, role: 'admin', command });

/** The principal of `rubric` commands without a name of their own. */
export const COMMAND = commandPrincipal('rubric');

/** Returns the scope of a permission for a caller, or undefined if the caller lacks the permission. */
export function scopeOf(principal: Principal, permission: Permission): Scope | undefined {
  if (principal.role === null) return undefined;
  if (principal.categoryIds !== null && !permission.startsWith('articles.')) return undefined;
  const scope = scopeOfRole(principal.role, permission);
  // Only an admin's token can create tokens. Any other stolen token could leave copies of itself behind.
  if (permission === 'tokens.manage' && scope === 'own' && principal.sessionId === null) return undefined;
  return scope;
}

/** Returns the caller as the audit log records it. */
export const actorOf = ({ accountId, tokenId, address, command }: Principal): Actor => ({
  via: command === null ? 'http' : 'command',
  accountId,
  tokenId,
  address,
  command,
});

/**
 * Returns the account of a signed-in user.
 *
 * @throws Error if the route lacks `@RequireUser()`
 */
export function requireAccountId({ accountId }: Principal): number {
  if (accountId === null) throw new Error('the route admits callers without an account');
  return accountId;
}
