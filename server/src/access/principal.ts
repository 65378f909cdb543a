import type { Actor } from '../database/actor.ts';
import type { Role } from '../database/schema/field-limits.ts';
import { type Permission, type Scope, scopeOfRole } from './permissions.ts';

/** Who calls: nobody in particular (`role` null), somebody who is signed in, or the holder of a token. */
export interface Principal {
  role: Role | null;
  /** The account that is signed in, or that the token belongs to; null for a token of the installation. */
  accountId: number | null;
  /** The byline of that account. */
  authorId: number | null;
  /** Set for a person who is signed in. */
  sessionId: number | null;
  tokenId: number | null;
  /** A token that changes nothing. */
  readOnly: boolean;
  /** A token that is good only for articles under these categories. */
  categoryIds: readonly number[] | null;
  /** Where the call comes from; null for a command. */
  address: string | null;
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
});

/** Somebody with a shell on the machine: a command may do everything, and owns nothing. */
export const COMMAND: Principal = Object.freeze({ ...ANONYMOUS, role: 'admin' });

/** How far a permission of the caller reaches; undefined where there is none. */
export function scopeOf(principal: Principal, permission: Permission): Scope | undefined {
  if (principal.role === null) return undefined;
  if (principal.categoryIds !== null && !permission.startsWith('articles.')) return undefined;
  const found = scopeOfRole(principal.role, permission);
  // A token makes no tokens, but for admins: a stolen one could leave copies of itself behind.
  if (permission === 'tokens.manage' && found === 'own' && principal.sessionId === null) return undefined;
  return found;
}

/** The caller as the audit log notes it. */
export const actorOf = ({ accountId, tokenId, address }: Principal): Actor => ({
  via: address === null ? 'command' : 'http',
  accountId,
  tokenId,
  address,
});

/**
 * The account of a person who is signed in.
 *
 * @throws Error for a caller whom the guard should have stopped
 */
export function requireAccountId({ accountId }: Principal): number {
  if (accountId === null) throw new Error('the route lets in callers without an account');
  return accountId;
}
