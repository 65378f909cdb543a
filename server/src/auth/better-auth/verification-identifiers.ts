import { createHash } from 'node:crypto';

/** The prefix of better-auth for the identifiers of password reset tokens. */
export const PASSWORD_RESET_PREFIX = 'reset-password:';

/** Hashes the identifier of a challenge or a mailed link. `verifications` stores only this SHA-256. */
export const hashIdentifier = (identifier: string) => createHash('sha256').update(identifier).digest('base64url');
