import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** `rubric_<prefix>_<secret>`: 8 random bytes in hexadecimal and 32 in base64url. */
const TOKEN_PATTERN = /^rubric_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

export interface NewToken {
  /** The whole token. Shown once and never stored. */
  token: string;
  prefix: string;
  /** SHA-256 of the secret. A slow hash would add nothing to its 256 random bits. */
  hash: Buffer;
}

export function newToken(): NewToken {
  const prefix = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { token: `rubric_${prefix}_${secret}`, prefix, hash: sha256(secret) };
}

/** @returns the parts of a token, or null if it is malformed */
export function parseToken(token: string): { prefix: string; secret: string } | null {
  const match = TOKEN_PATTERN.exec(token);
  return match?.[1] && match[2] ? { prefix: match[1], secret: match[2] } : null;
}

/** Compares in constant time. */
export const isSecretOf = (secret: string, hash: Buffer) => timingSafeEqual(sha256(secret), hash);

const sha256 = (text: string) => createHash('sha256').update(text).digest();
