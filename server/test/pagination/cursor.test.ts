import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor, fingerprint } from '../../src/pagination/cursor.ts';

const LIST = fingerprint({ sort: 'title' });
const decode = (cursor: string, isKey: (key: string) => boolean = () => true) =>
  decodeCursor(cursor, LIST, isKey, 'after');
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('A cursor', () => {
  test.each([
    null,
    { key: '', id: 1 },
    { key: '2026-01-31 06:10:00.123456+00', id: 42 },
    { key: 'Crème 🥐 "quoted" \\ \n', id: Number.MAX_SAFE_INTEGER },
    { key: 'x'.repeat(32_000), id: 7 },
  ])('is decoded to the position that it was encoded from: %j', (start) => {
    const cursor = encodeCursor(start, LIST);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decode(cursor)).toEqual(start);
  });

  test.each([
    ['nothing', ''],
    ['no base64', '%'],
    ['no JSON', Buffer.from('[').toString('base64url')],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe]).toString('base64url')],
    ['a part of a cursor', encodeCursor({ key: 'x', id: 1 }, LIST).slice(0, -3)],
    ['null', encoded(null)],
    ['a string', encoded(LIST)],
    ['an object', encoded({ 0: LIST, 1: 'x', 2: 1 })],
    ['an empty array', encoded([])],
    ['no fingerprint', encoded([null, 'x', 1])],
    ['a fingerprint in an array', encoded([[LIST], 'x', 1])],
    ['no id', encoded([LIST, 'x'])],
    ['the id 0', encoded([LIST, 'x', 0])],
    ['a negative id', encoded([LIST, 'x', -1])],
    ['a fraction as id', encoded([LIST, 'x', 1.5])],
    ['an id that is not exact', encoded([LIST, 'x', 2 ** 53])],
    ['a text as id', encoded([LIST, 'x', '1'])],
    ['a number as key', encoded([LIST, 1, 1])],
    ['an object as key', encoded([LIST, { length: 1 }, 1])],
    ['a key that is too long', encodeCursor({ key: 'x'.repeat(32_001), id: 1 }, LIST)],
    ['a part of a deflated cursor', encodeCursor({ key: 'x'.repeat(2_000), id: 1 }, LIST).slice(0, -8)],
    ['a deflated megabyte', deflateSync(Buffer.alloc(1_000_000, ' ')).toString('base64url')],
    ['an extra element', encoded([LIST, 'x', 1, 1])],
    ['a cursor and one more character', `${encodeCursor({ key: 'x', id: 1 }, LIST)}A`],
    ['a cursor with padding', `${encodeCursor({ key: 'x', id: 12 }, LIST)}=`],
    ['a cursor with a space before it', ` ${encodeCursor({ key: 'x', id: 1 }, LIST)}`],
  ])('that is %s is refused', (_, cursor) => {
    expect(() => decode(cursor)).toThrow(
      expect.objectContaining({
        code: 'invalid_cursor',
        errors: [expect.objectContaining({ pointer: '/after' })],
        message: 'The cursor was not issued by this server.',
      }),
    );
  });

  test('with a key that the list cannot have is refused', () => {
    const cursor = encodeCursor({ key: 'x', id: 1 }, LIST);
    expect(() => decode(cursor, (key) => key !== 'x')).toThrow('The cursor was not issued by this server.');
  });

  test.each([null, { key: 'x', id: 1 }])('of another list is refused: %j', (start) => {
    const cursor = encodeCursor(start, fingerprint({ sort: '-title' }));
    expect(() => decode(cursor)).toThrow(
      expect.objectContaining({
        code: 'invalid_cursor',
        message: 'The cursor belongs to a list with another filter or order.',
      }),
    );
  });
});

test('A fingerprint depends on all values and on their order', () => {
  const values = [null, '', [], {}, ['a', 'b'], ['b', 'a'], [['a'], 'b'], 'a,b', { a: 1 }, { a: '1' }];
  expect(new Set(values.map(fingerprint)).size).toBe(values.length);
  expect(fingerprint({ a: [1] })).toBe(fingerprint({ a: [1] }));
});
