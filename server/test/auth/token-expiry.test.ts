import { expect, test } from 'vitest';
import { expiryAfter } from '../../src/auth/tokens/expiry.ts';

const START = new Date('2026-01-31T12:00:00Z');

test.each([
  ['1h', '2026-01-31T13:00:00.000Z'],
  ['90d', '2026-05-01T12:00:00.000Z'],
  ['52w', '2027-01-30T12:00:00.000Z'],
  ['36600d', '2126-04-17T12:00:00.000Z'],
])('%s after the start is %s', (duration, time) => {
  expect(expiryAfter(duration, START)?.toISOString()).toBe(time);
});

test.each(['', '0d', '-1d', '1.5h', '90', 'd', '1y', '1m', '9999999w', '36601d', ' 1d', '1D'])(
  '"%s" is refused',
  (duration) => {
    expect(expiryAfter(duration, START)).toBeUndefined();
  },
);
