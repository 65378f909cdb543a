import { expect, test } from 'vitest';
import { timeOf } from '../../src/writing/publish/local-time.ts';
import { publishActionOf } from '../../src/writing/publish/publish-action.ts';

const now = new Date('2026-11-28T12:00');
const of = (choice: object) =>
  publishActionOf({ isLive: false, isChange: false, when: 'later', time: '2026-11-29T09:00', now, ...choice });

test('what the button of the dialog does is what will happen', () => {
  expect(of({ when: 'now' })).toBe('publish');
  expect(of({ when: 'never' })).toBe('takeBack');
  expect(of({ isLive: true, isChange: true, when: 'now' })).toBe('publishChange');
  expect(of({})).toBe('schedule');
  expect(of({ time: '2026-11-28T11:59' })).toBe('publishDated');
  expect(of({ time: '2026-11-28T11:59', isLive: true })).toBe('redate');
  expect(of({ isLive: true })).toBe('hideUntil');
});

test('without a time nothing is published', () => {
  expect(of({ time: '' })).toBe('noTime');
  expect(of({ time: '', isLive: true })).toBe('noTime');
  expect(timeOf('')).toBeNull();
});
