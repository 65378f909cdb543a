import { createHash } from 'node:crypto';

/** Stands before the token of a link to a new password, as better-auth writes it. */
export const PASSWORD_RESET_PREFIX = 'reset-password:';

/** How a promise (a challenge, a mailed link) is found in `verifications`, which keeps no more than its SHA-256. */
export const hashIdentifier = (identifier: string) => createHash('sha256').update(identifier).digest('base64url');
