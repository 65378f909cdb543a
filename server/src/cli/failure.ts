import { databaseError, rootOf } from '../database/errors.ts';

/** What went wrong, in a sentence for the person at the terminal: no stack, and no SQL with the values of rows. */
export function explain(error: unknown): string {
  const { code, message } = rootOf(error);
  if (databaseError(error)) return `PostgreSQL could not do this: ${message || code}.`;
  return message;
}
