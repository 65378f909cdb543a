import { randomBytes, timingSafeEqual } from 'node:crypto';
import { hashOfSecret, newSecret } from '../../access/secret.ts';

/** `rubric_<prefix>_<secret>`: 8 random bytes in hexadecimal and 32 in base64url. */
const TOKEN_PATTERN = /^rubric_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

export interface NewToken {
  /** The whole token. Shown once and never stored. */
  token: string;
  prefix: string;
  /** The hash of the secret, see `access/secret.ts`. */
  hash: Buffer;
}

export function newToken(): NewToken {
  const prefix = randomBytes(8).toString('hex');
  const secret = newSecret();
  return { token: `rubric_${prefix}_${secret}`, prefix, hash: hashOfSecret(secret) };
}

/** @returns the parts of a token, or null if it is malformed */
export function parseToken(token: string): { prefix: string; secret: string } | null {
  const match = TOKEN_PATTERN.exec(token);
  return match?.[1] && match[2] ? { prefix: match[1], secret: match[2] } : null;
}

/** Compares in constant time. */
export const isSecretOf = (secret: string, hash: Buffer) => timingSafeEqual(hashOfSecret(secret), hash);
