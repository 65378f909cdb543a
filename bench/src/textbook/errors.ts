import { DrizzleQueryError } from 'drizzle-orm';

export const UNIQUE_VIOLATION = '23505';
export const FOREIGN_KEY_VIOLATION = '23503';

/** Returns PostgreSQL's code of an error that Drizzle threw, if it has one. */
export function errorCode(error: unknown): unknown {
  const cause = error instanceof DrizzleQueryError ? error.cause : undefined;
  return cause && 'code' in cause ? cause.code : undefined;
}
