import { databaseError, rootCause } from '../database/errors.ts';

/** What went wrong, in a sentence for the person at the terminal: no stack, and no SQL with the values of rows. */
export function errorMessage(error: unknown): string {
  const { code, message } = rootCause(error);
  // What was thrown for a person ends like a sentence; the words of PostgreSQL, its driver and the system do not.
  if (/[.!?]$/.test(message) || !databaseError(error)) return message;
  return `PostgreSQL could not do this: ${message || code}.`;
}
