import { IDEMPOTENT_POSTS } from './generated/idempotent-posts.ts';

/** A key for a write that has to happen at most once, however often it is sent. */
export const newIdempotencyKey = (): string => crypto.randomUUID();

/**
 * Every POST of content has a key of its own. A PATCH has one where the caller set it. That of a working draft never does:
 * it is sent with every pause in typing, and `If-Match` already makes sending it again safe.
 */
export const keyFor = ({ method, headers }: Request, path: string): string | undefined =>
  method === 'POST' && IDEMPOTENT_POSTS.has(path) && !headers.has('Idempotency-Key') ? newIdempotencyKey() : undefined;
