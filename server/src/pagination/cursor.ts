import { hash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { fieldProblem } from '../http/problems.ts';

/** The position of a row in a list: its sort key and its id. */
export interface CursorPosition {
  key: string;
  id: number;
}

/** The key of a category on level 1,000, with a position and an id of 15 digits for each of its ancestors, takes 32,000. */
const MAX_KEY_LENGTH = 32_000;
/** A cursor of more bytes is deflated. The path to level 1,000 of a tree then takes 2,400 characters, not 9,400. */
const MAX_PLAIN = 2_000;
/** The first byte of what `deflateSync` returns; that of JSON is a bracket. */
const DEFLATED = 0x78;

/** Where a page starts: at a position, or (null) at the start of the list; when paging backward, at its end. */
export type PageStart = CursorPosition | null;

/**
 * Encodes a cursor, opaque to clients: base64url of the fingerprint of the list, the sort key and the id. It holds no
 * secret and is not signed: a client that edits it only changes where its own page starts.
 */
export function encodeCursor(start: PageStart, listFingerprint: string): string {
  const plain = Buffer.from(JSON.stringify(start ? [listFingerprint, start.key, start.id] : [listFingerprint]));
  return (plain.length > MAX_PLAIN ? deflateSync(plain) : plain).toString('base64url');
}

/** The parts of a cursor, none of them checked. */
function partsOf(cursor: string): unknown[] {
  try {
    const bytes = Buffer.from(cursor, 'base64url');
    // Buffer skips padding, blanks and a character that is left over.
    if (bytes.toString('base64url') !== cursor) return [];
    const plain = bytes[0] === DEFLATED ? inflateSync(bytes, { maxOutputLength: 2 * MAX_KEY_LENGTH }) : bytes;
    const decoded: unknown = JSON.parse(plain.toString('utf8'));
    return Array.isArray(decoded) ? decoded : [];
  } catch {
    return [];
  }
}

/** Returns the fingerprint of a cursor, whether or not it is one of this list, and whether it has a position. */
export function peekCursor(cursor: string): { fingerprint: unknown; hasPosition: boolean } {
  const [cursorFingerprint, ...position] = partsOf(cursor);
  return { fingerprint: cursorFingerprint, hasPosition: position.length > 0 };
}

/**
 * @param isKey whether this list can have produced a sort key
 * @param parameter `after` or `before`, for the pointer of the problem
 * @throws Problem `invalid_cursor` for a cursor of another filter or order, and for one that was edited
 */
export function decodeCursor(
  cursor: string,
  listFingerprint: string,
  isKey: (key: string) => boolean,
  parameter: string,
): PageStart {
  const invalidCursor = (detail: string) => fieldProblem('invalid_cursor', `/${parameter}`, detail);
  const [cursorFingerprint, ...position] = partsOf(cursor);
  const [key, id, ...extra] = position;
  const isPosition =
    typeof key === 'string' && key.length <= MAX_KEY_LENGTH && isKey(key) && Number.isSafeInteger(id) && Number(id) > 0;
  if (typeof cursorFingerprint !== 'string' || extra.length > 0 || (position.length > 0 && !isPosition)) {
    throw invalidCursor('The cursor was not issued by this server.');
  }
  if (cursorFingerprint !== listFingerprint)
    throw invalidCursor('The cursor belongs to a list with another filter or order.');
  return isPosition ? { key, id: id as number } : null;
}

/**
 * Returns the hash that a cursor is bound to: of everything that decides which rows a list contains, and in which order.
 */
export function fingerprint(filterAndOrder: unknown): string {
  return hash('sha256', JSON.stringify(filterAndOrder), 'base64url').slice(0, 8);
}

/** Parameters of a filter as they go into a fingerprint: `ids=1,2` and `ids=2,1` select the same rows. */
export const unordered = (parameters: readonly (readonly [name: string, value: unknown])[]) =>
  parameters.map(([name, value]) => [name, Array.isArray(value) ? (value as string[]).toSorted() : value]);
