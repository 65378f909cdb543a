import { hash } from 'node:crypto';
import { fieldProblem } from '../http/problems.ts';

/** A place in a list: the sort key and the id of a row. */
export interface CursorPosition {
  key: string;
  id: number;
}

const MAX_KEY = 2_000;

/** A place, or null for where the list ends, seen from the direction of travel: its start forward, its end backward. */
export type Start = CursorPosition | null;

/**
 * A cursor is opaque to clients: base64url of the list's fingerprint, the sort key and the id. It holds nothing secret
 * and is not signed: who changes it changes where their own page begins, no more.
 */
export function encodeCursor(place: Start, mark: string): string {
  return Buffer.from(JSON.stringify(place ? [mark, place.key, place.id] : [mark])).toString('base64url');
}

/**
 * @param isKey whether a sort key is one that this list could have given
 * @param parameter `after` or `before`, to name in the problem
 * @throws Problem `invalid_cursor` for a cursor of another filter or order, or one that was tampered with
 */
export function decodeCursor(cursor: string, mark: string, isKey: (key: string) => boolean, parameter: string): Start {
  const refuse = (detail: string) => fieldProblem('invalid_cursor', `/${parameter}`, detail);
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refuse('The cursor is not one that this server gave.');
  }
  const [of, ...place] = Array.isArray(read) ? (read as unknown[]) : [];
  const [key, id, ...more] = place;
  const isPlace =
    typeof key === 'string' && key.length <= MAX_KEY && isKey(key) && Number.isSafeInteger(id) && Number(id) > 0;
  if (typeof of !== 'string' || more.length > 0 || (place.length > 0 && !isPlace)) {
    throw refuse('The cursor is not one that this server gave.');
  }
  if (of !== mark) throw refuse('The cursor belongs to a list with another filter or order.');
  return isPlace ? { key, id: id as number } : null;
}

/** What a cursor is bound to: everything that decides which rows a list holds and in which order. */
export function fingerprint(filterAndOrder: unknown): string {
  return hash('sha256', JSON.stringify(filterAndOrder), 'base64url').slice(0, 8);
}
