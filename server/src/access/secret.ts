import { createHash, randomBytes } from 'node:crypto';

/** Returns 256 random bits in base64url: the secret of an API token, an invitation or a preview. Shown once, never stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Returns the SHA-256 that is stored in place of a secret. A slow hash would add nothing to 256 random bits. */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
