// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EMPTY } from '../../src/writing/saving/fields.ts';
import { discard, leftBehind, release, take } from '../../src/writing/saving/kept.ts';

const ACCOUNT = 1;
const KEY = `rubric.writing.${ACCOUNT}.closed`;
const KEPT = { stored: { target: { kind: 'new' }, fields: EMPTY, at: '' }, mine: { ...EMPTY, content: 'One' }, at: '' };

/** The locks of a browser, as far as they are used. */
class Locks {
  readonly held = new Set<string>();
  query = async () => ({ held: [...this.held].map((name) => ({ name })) });
  request = async (name: string, _options: object, use: (lock: object | null) => unknown) => {
    if (this.held.has(name)) return use(null);
    this.held.add(name);
    await use({ name });
    this.held.delete(name);
  };
}
let locks: Locks;

beforeEach(() => {
  locks = new Locks();
  vi.stubGlobal('navigator', { locks });
  localStorage.clear();
  localStorage.setItem(KEY, JSON.stringify(KEPT));
});
afterEach(() => vi.unstubAllGlobals());

test('of two tabs that find the same words at once, one gets them', async () => {
  const found = await Promise.all([leftBehind(ACCOUNT, 'new'), leftBehind(ACCOUNT, 'new')]);
  expect(found.map((left) => left.length)).toEqual([1, 1]);
  const taken = await Promise.all(found.map((left) => take(left)));
  expect(taken.map((left) => left.length)).toEqual([1, 0]);
  expect(await leftBehind(ACCOUNT, 'new')).toEqual([]);
});

test('words that were taken and not used are left to others, those that were used are gone', async () => {
  const [first] = await take(await leftBehind(ACCOUNT, 'new'));
  release(first ?? expect.fail());
  await vi.waitFor(() => expect(locks.held.size).toBe(0));
  const found = await leftBehind(ACCOUNT, 'new');
  const [second] = await take(found);
  discard(second ?? expect.fail());
  await vi.waitFor(() => expect(locks.held.size).toBe(0));
  // A tab that had found them before comes too late.
  expect(await take(found)).toEqual([]);
  await vi.waitFor(() => expect(locks.held.size).toBe(0));
});
