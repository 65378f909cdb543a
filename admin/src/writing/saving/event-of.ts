import { ConnectionError, isProblem } from '@rubric/client';
import { FIELD_NAMES, type FieldName } from './fields.ts';
import type { Event } from './machine.ts';

/** They say nothing about what was sent: not even whether an earlier attempt has created the article. */
const FOR_LATER = [
  'unauthorized',
  'request_timeout',
  'rate_limited',
  'write_conflict',
  'idempotency_in_flight',
] as const;

/** What an error means for the machine. */
export function eventOf(error: unknown): Event {
  if (error instanceof ConnectionError) return { type: 'unreachable' };
  if (!isProblem(error)) {
    // A mistake in the site: it is said where mistakes are, and what was written is sent again.
    reportError(error);
    return { type: 'unreachable' };
  }
  if (isProblem(error, 'version_mismatch', 'not_published')) return { type: 'stale' };
  if (isProblem(error, 'not_found')) return { type: 'gone' };
  if (error.status >= 500 || isProblem(error, ...FOR_LATER)) return { type: 'unreachable' };
  // Nothing else of an article is that long: its other fields can be saved.
  if (isProblem(error, 'body_too_large')) return { type: 'refused', names: ['content'], detail: error.message };
  const errors = 'errors' in error.problem ? (error.problem.errors ?? []) : [];
  const names = errors
    .map(({ pointer }) => pointer.split('/')[1] as FieldName)
    .filter((name) => FIELD_NAMES.includes(name));
  return { type: 'refused', names, detail: errors[0]?.detail ?? error.message };
}
