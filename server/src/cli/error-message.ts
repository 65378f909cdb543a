import { databaseError, rootCause } from '../database/errors.ts';

/** Returns an error message for the terminal: no stack, and no SQL with the values of rows. */
export function errorMessage(error: unknown): string {
  const { code, message } = rootCause(error);
  // Rubric's own messages end with a period; those of PostgreSQL, its driver and the system do not.
  if (/[.!?]$/.test(message) || !databaseError(error)) return message;
  return `PostgreSQL error: ${message || code}.`;
}
