import { IDEMPOTENT_POSTS } from './generated/idempotent-posts.ts';

/** A key for a write that has to happen at most once, however often it is sent. */
export const newIdempotencyKey = (): string => crypto.randomUUID();

/**
 * Returns a new key for a POST that changes content and has no key yet; undefined for every other request. A PATCH has a
 * key only if the caller sets it. The PATCH of a working draft needs none: it is sent at every pause in typing, and
 * `If-Match` already makes it safe to send again.
 */
export const keyFor = ({ method, headers }: Request, path: string): string | undefined =>
  method === 'POST' && IDEMPOTENT_POSTS.has(path) && !headers.has('Idempotency-Key') ? newIdempotencyKey() : undefined;
