import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token as its holder sends it: `rubric_<prefix>_<secret>`, 8 and 32 random bytes in hexadecimal and base64url. */
const TOKEN_PATTERN = /^rubric_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

export interface NewToken {
  /** The whole token; shown once, kept nowhere. */
  token: string;
  prefix: string;
  /** SHA-256 of the secret. It has 256 random bits, so a slow hash would add nothing. */
  hash: Buffer;
}

export function newToken(): NewToken {
  const prefix = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { token: `rubric_${prefix}_${secret}`, prefix, hash: sha256(secret) };
}

/** @returns the parts of a token, or null when it does not look like one */
export function parseToken(token: string): { prefix: string; secret: string } | null {
  const match = TOKEN_PATTERN.exec(token);
  return match?.[1] && match[2] ? { prefix: match[1], secret: match[2] } : null;
}

/** Compares in constant time. */
export const isSecretOf = (secret: string, hash: Buffer) => timingSafeEqual(sha256(secret), hash);

const sha256 = (text: string) => createHash('sha256').update(text).digest();
