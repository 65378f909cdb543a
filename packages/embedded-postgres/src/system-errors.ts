import { getSystemErrorMessage } from 'node:util';

/** Returns the code of a system error, for example `EACCES`, or an empty string. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Replaces the message of a system error with a sentence that names the path. Returns other errors as they are. */
export function describeError(error: unknown, directory: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (!('errno' in error) || typeof error.errno !== 'number') return error;
  const path = 'path' in error ? String(error.path) : directory;
  return new Error(`PostgreSQL cannot use ${path}: ${getSystemErrorMessage(error.errno)}.`, { cause: error });
}
