import { fieldProblem } from '../http/problems.ts';
import { EventPosition } from './events.schema.ts';

/**
 * Parses `Last-Event-ID`, which clients send when they connect again.
 *
 * @throws Problem `invalid_request` if it is not the id of an event
 */
export function lastEventIdOf(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  const parsed = EventPosition.safeParse(header);
  if (parsed.success) return parsed.data;
  throw fieldProblem('invalid_request', '/Last-Event-ID', 'Last-Event-ID must be the id of an event.', 'invalid_value');
}
