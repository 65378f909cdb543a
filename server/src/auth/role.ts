import { type Role, TOKEN_ROLES } from '../database/limits.ts';

/** Who calls: nobody in particular (`role` null), or the holder of a token. */
export interface Caller {
  role: Role | null;
  tokenId: number | null;
}

export const ANONYMOUS: Caller = Object.freeze({ role: null, tokenId: null });

/** May this caller do what needs that role? Roles are ordered: an admin may do all that an editor may. */
export function hasRole(caller: Caller, needed: Role): boolean {
  return caller.role !== null && TOKEN_ROLES.indexOf(caller.role) >= TOKEN_ROLES.indexOf(needed);
}
