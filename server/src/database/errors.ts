import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';

/** What PostgreSQL or the connection to it said: `code` is a SQLSTATE or a system error such as ECONNREFUSED. */
export interface DatabaseError {
  code: string | undefined;
  constraint: string | undefined;
  message: string;
  /** The session is over: PostgreSQL is stopping, takes no more connections, or takes none of ours. */
  fatal: boolean;
}

/** The database's own words inside an error, or undefined when the error did not come from the database. */
export function databaseError(error: unknown): DatabaseError | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(cause instanceof Error)) return undefined;
  const { code, constraint, severity } = cause as Error & { code?: string; constraint?: string; severity?: string };
  // Connecting for a transaction fails without Drizzle around it.
  const fromDatabase = error instanceof DrizzleQueryError || cause instanceof pg.DatabaseError;
  if (!fromDatabase && !isConnectionLoss(cause.message, code)) return undefined;
  return { code, constraint, message: cause.message, fatal: severity === 'FATAL' || severity === 'PANIC' };
}

/** What is at the bottom of an error: the database's own words, or why none of a host's addresses answered. */
export function rootCause(error: unknown): { code: string | undefined; message: string } {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  const root: unknown = cause instanceof AggregateError ? (cause.errors[0] ?? cause) : cause;
  if (!(root instanceof Error)) return { code: undefined, message: String(root) };
  return { code: 'code' in root && typeof root.code === 'string' ? root.code : undefined, message: root.message };
}

/** Did PostgreSQL refuse a row because of this constraint? */
export const isConstraintViolation = (error: unknown, constraint: string) =>
  databaseError(error)?.constraint === constraint;

/**
 * Is PostgreSQL away? Class 08 is a broken connection, 57P an operator's intervention, 53 a lack of resources; the
 * messages are those of `pg` and its pool, which give them no code.
 */
export function isUnavailable({ code, message, fatal }: DatabaseError): boolean {
  return fatal || /^(08|57P|53)/.test(code ?? '') || isConnectionLoss(message, code);
}

function isConnectionLoss(message: string, code: string | undefined): boolean {
  return (
    /^(ECONN|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENETUNREACH)/.test(code ?? '') ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after|Query read timeout/.test(
      message,
    )
  );
}

/** Deadlocks and failed serialisation: the same transaction, run again, may well succeed. */
export const isRetryable = (error: unknown) => ['40P01', '40001'].includes(databaseError(error)?.code ?? '');
