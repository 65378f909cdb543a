import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';

/** An error of PostgreSQL or of the connection to it: `code` is a SQLSTATE or a system error such as ECONNREFUSED. */
export interface DatabaseError {
  code: string | undefined;
  constraint: string | undefined;
  message: string;
  /** The session ended: PostgreSQL is stopping, accepts no more connections, or rejected this one. */
  fatal: boolean;
}

/** Returns the database error inside an error, or undefined for an error that did not come from the database. */
export function databaseError(error: unknown): DatabaseError | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(cause instanceof Error)) return undefined;
  const { code, constraint, severity } = cause as Error & { code?: string; constraint?: string; severity?: string };
  // Drizzle does not wrap the error when connecting for a transaction fails.
  const fromDatabase = error instanceof DrizzleQueryError || cause instanceof pg.DatabaseError;
  if (!fromDatabase && !isConnectionLoss(cause.message, code)) return undefined;
  return { code, constraint, message: cause.message, fatal: severity === 'FATAL' || severity === 'PANIC' };
}

/** Returns the innermost cause: the database's message, or why the first address of a host could not be reached. */
export function rootCause(error: unknown): { code: string | undefined; message: string } {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  const root: unknown = cause instanceof AggregateError ? (cause.errors[0] ?? cause) : cause;
  if (!(root instanceof Error)) return { code: undefined, message: String(root) };
  return { code: 'code' in root && typeof root.code === 'string' ? root.code : undefined, message: root.message };
}

/** Returns whether PostgreSQL rejected a row because of this constraint. */
export const isConstraintViolation = (error: unknown, constraint: string) =>
  databaseError(error)?.constraint === constraint;

/** PostgreSQL accepts no writes: it is a standby, or its operator made it read-only, for example because the disk is full. */
export const READ_ONLY = '25006';

/**
 * Returns whether PostgreSQL cannot be reached or cannot do its work. Class 08 is a connection exception, 57P operator
 * intervention, 53 insufficient resources, 58030 an I/O error. The messages are from `pg` and its pool, which set no code.
 */
export function isUnavailable({ code, message, fatal }: DatabaseError): boolean {
  return fatal || code === READ_ONLY || /^(08|57P|53|58030)/.test(code ?? '') || isConnectionLoss(message, code);
}

function isConnectionLoss(message: string, code: string | undefined): boolean {
  return (
    /^(ECONN|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENETUNREACH)/.test(code ?? '') ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after|Query read timeout/.test(
      message,
    )
  );
}

/** Returns whether the same transaction can succeed when it is run again: after a deadlock or a serialization failure. */
export const isRetryable = (error: unknown) => ['40P01', '40001'].includes(databaseError(error)?.code ?? '');
