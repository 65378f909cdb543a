import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits in base64url. Shown once and never stored. */
export const newPreviewSecret = () => randomBytes(32).toString('base64url');

/** What is stored. A slow hash would add nothing to the random bits. */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
