import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { normalizePassword } from './normalize-password.ts';

/**
 * With the default `PASSWORD_HASH_COST` (log2 N) of 15, one guess costs 32 MiB and about a quarter of a second. This is one
 * of the configurations that OWASP recommends for scrypt. Each hash contains its own parameters, so the cost can be
 * raised at any time.
 */
const BLOCK_SIZE = 8;
const PARALLELIZATION = 3;
const KEY_BYTES = 32;

/**
 * Returns `scrypt$<log2 N>$<r>$<p>$<salt>$<key>`. Passwords of any length are hashed without truncation.
 *
 * @param log2N the setting `PASSWORD_HASH_COST`
 */
export async function hashPassword(password: string, log2N: number): Promise<string> {
  const salt = randomBytes(16);
  const cost = { log2N, r: BLOCK_SIZE, p: PARALLELIZATION };
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.log2N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Compares in constant time. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [scheme, log2N, r, p, salt, key] = hash.split('$');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64url');
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  const given = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

interface Cost {
  log2N: number;
  r: number;
  p: number;
}

function derive(password: string, salt: Buffer, { log2N, r, p }: Cost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** log2N, r, p, maxmem: 256 * r * (2 ** log2N + p) };
  return new Promise((resolve, reject) => {
    scrypt(normalizePassword(password), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
