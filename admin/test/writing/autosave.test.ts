// @vitest-environment jsdom
import { configure } from '@rubric/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Autosave } from '../../src/writing/saving/autosave.ts';
import { EMPTY } from '../../src/writing/saving/fields.ts';
import { leftBehind } from '../../src/writing/saving/kept.ts';
import type { Stored } from '../../src/writing/saving/machine.ts';

const ACCOUNT = 1;
const NEW: Stored = { target: { kind: 'new' }, fields: EMPTY, at: '' };
const ARTICLE = { id: 7, title: 'Tides', slug: 'tides', excerpt: null, content: '', contentFormat: 'markdown' };
const articleOf = (version: number, fields: object = {}) => ({
  ...ARTICLE,
  status: 'draft',
  publishedAt: null,
  updatedAt: `2026-01-01T00:00:0${version}Z`,
  version,
  categories: [],
  authors: [],
  ...fields,
});
const STORED: Stored = {
  target: { kind: 'article', id: 7, version: 1, due: null },
  fields: { ...EMPTY, title: 'Tides', slug: 'tides' },
  at: '2026-01-01T00:00:01Z',
};
const problem = (status: number, code: string) =>
  Response.json({ status, code, detail: code }, { status, headers: { 'content-type': 'application/problem+json' } });

/** A request that waits for its answer. */
interface Asked {
  method: string;
  path: string;
  key: string | null;
  body: Record<string, unknown>;
  answer: (response: Response) => void;
}
let asked: Asked[];
const reportError = vi.fn();

beforeEach(() => {
  // The pauses of a test end with it.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  asked = [];
  localStorage.clear();
  reportError.mockClear();
  vi.stubGlobal('reportError', reportError);
  configure({
    url: 'https://rubric.example',
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.text();
      return new Promise((answer) => {
        asked.push({
          method: request.method,
          path: new URL(request.url).pathname,
          key: request.headers.get('Idempotency-Key'),
          body: text === '' ? {} : JSON.parse(text),
          answer,
        });
      });
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const autosaveOf = (stored: Stored, more: Partial<ConstructorParameters<typeof Autosave>[0]> = {}) =>
  new Autosave({ account: ACCOUNT, stored, untitled: 'Untitled', onCreated: vi.fn(), onStored: vi.fn(), ...more });
/** The n-th request, once it was sent. */
const request = (n: number) =>
  vi.waitFor(() => asked[n - 1] ?? expect.fail(`${asked.length} of ${n} requests were sent`), { timeout: 30_000 });
const phaseIs = (autosave: Autosave, phase: string) =>
  vi.waitFor(() => expect(autosave.getState().phase).toBe(phase), { timeout: 30_000 });

test.each([
  [503, 'database_unavailable'],
  [429, 'rate_limited'],
  [408, 'request_timeout'],
  [401, 'unauthorized'],
  [409, 'idempotency_in_flight'],
])('after %i %s the first save is sent again as it was: the article may have been created', async (status, code) => {
  const autosave = autosaveOf(NEW);
  autosave.type({ title: 'Tides', content: 'One' });
  autosave.retry();
  const first = await request(1);
  first.answer(problem(status, code));
  await phaseIs(autosave, 'unreachable');
  autosave.type({ content: 'One two' });
  autosave.retry();
  const second = await request(2);
  expect(second).toMatchObject({ key: first.key, body: { content: 'One' } });
  second.answer(Response.json(articleOf(1, { content: 'One' })));
  await phaseIs(autosave, 'changed');
  autosave.retry();
  const third = await request(3);
  expect(third).toMatchObject({ method: 'PATCH', body: { content: 'One two' } });
  third.answer(Response.json(articleOf(2, { content: 'One two' })));
  await phaseIs(autosave, 'saved');
});

test('after a refusal the first save is another request', async () => {
  const autosave = autosaveOf(NEW);
  autosave.type({ title: 'Tides', slug: 'T' });
  autosave.retry();
  const first = await request(1);
  const errors = [{ pointer: '/slug', detail: 'Not a slug.' }];
  const headers = { 'content-type': 'application/problem+json' };
  first.answer(Response.json({ status: 422, code: 'invalid_request', errors }, { status: 422, headers }));
  const second = await request(2);
  expect(second.key).not.toBe(first.key);
  expect(second.body).not.toHaveProperty('slug');
});

test('a tab that was closed during the first save leaves words that were not in it: they are sent after it', async () => {
  const creation = {
    key: 'a-key-of-a-closed-tab',
    body: { title: 'Tides', content: 'One', contentFormat: 'markdown' as const },
  };
  const mine = { ...EMPTY, title: 'Tides', content: 'One two', excerpt: 'New' };
  autosaveOf(NEW, { left: { keys: [], kept: { stored: NEW, mine, at: '', creation } } });
  const first = await request(1);
  expect(first).toMatchObject({ key: creation.key, body: creation.body });
  first.answer(Response.json(articleOf(1, { content: 'One' })));
  expect(await request(2)).toMatchObject({ method: 'PATCH', body: { content: 'One two', excerpt: 'New' } });
});

test('what is kept of a new article is found under its id once it has one', async () => {
  const autosave = autosaveOf(NEW);
  autosave.type({ title: 'Tides', content: 'One' });
  autosave.retry();
  autosave.type({ content: 'One two' });
  expect(await leftBehind(ACCOUNT, 'new')).toMatchObject([{ kept: { mine: { content: 'One two' } } }]);
  (await request(1)).answer(Response.json(articleOf(1, { content: 'One' })));
  await phaseIs(autosave, 'changed');
  expect(await leftBehind(ACCOUNT, 'new')).toEqual([]);
  expect(await leftBehind(ACCOUNT, 7)).toMatchObject([{ kept: { mine: { content: 'One two' } } }]);
  expect(await leftBehind(ACCOUNT + 1, 7)).toEqual([]);
});

test('an answer that was asked for before a save is older than what is here: it is no news', async () => {
  const onStored = vi.fn();
  const autosave = autosaveOf(STORED, { onStored });
  const refreshed = autosave.refresh();
  const read = await request(1);
  autosave.type({ content: 'One' });
  autosave.retry();
  (await request(2)).answer(Response.json(articleOf(2, { content: 'One' })));
  await phaseIs(autosave, 'saved');
  read.answer(Response.json(articleOf(1)));
  await refreshed;
  expect(autosave.getState()).toMatchObject({ mine: { content: 'One' }, stored: { target: { version: 2 } } });
  expect(onStored.mock.calls.map(([{ article }]) => article.version)).toEqual([2]);
});

test('an answer that comes while a save is on its way is left to the answer of that', async () => {
  const autosave = autosaveOf(STORED);
  const refreshed = autosave.refresh();
  const read = await request(1);
  autosave.type({ content: 'One' });
  autosave.retry();
  const save = await request(2);
  read.answer(Response.json(articleOf(2, { excerpt: 'Theirs' })));
  await refreshed;
  expect(autosave.getState()).toMatchObject({ phase: 'saving', stored: { target: { version: 1 } } });
  save.answer(problem(412, 'version_mismatch'));
  (await request(3)).answer(Response.json(articleOf(2, { excerpt: 'Theirs' })));
  expect(await request(4)).toMatchObject({ method: 'PATCH', body: { content: 'One' } });
});

test('what is taken over after an action is asked for again when a save came in between', async () => {
  const autosave = autosaveOf(STORED);
  const reloaded = autosave.reload();
  const read = await request(1);
  autosave.type({ content: 'One' });
  autosave.retry();
  (await request(2)).answer(Response.json(articleOf(3, { content: 'One' })));
  await phaseIs(autosave, 'saved');
  read.answer(Response.json(articleOf(2)));
  (await request(3)).answer(Response.json(articleOf(3, { content: 'One' })));
  await reloaded;
  expect(autosave.getState()).toMatchObject({ mine: { content: 'One' }, stored: { target: { version: 3 } } });
});

test('an answer that cannot be understood is reported, and what was written is sent again', async () => {
  const autosave = autosaveOf(STORED);
  autosave.type({ content: 'One' });
  const flushed = autosave.flush();
  (await request(1)).answer(Response.json({}));
  expect(await flushed).toBe(false);
  expect(autosave.getState().phase).toBe('unreachable');
  expect(reportError).toHaveBeenCalledTimes(1);
  (await request(2)).answer(Response.json(articleOf(2, { content: 'One' })));
  await phaseIs(autosave, 'saved');
});

test('a screen that was left changes no address when its first save is answered', async () => {
  const onCreated = vi.fn();
  const autosave = autosaveOf(NEW, { onCreated });
  autosave.attach();
  autosave.type({ title: 'Tides' });
  autosave.close();
  (await request(1)).answer(Response.json(articleOf(1)));
  await phaseIs(autosave, 'saved');
  expect(onCreated).not.toHaveBeenCalled();
});

test('a first title that is refused holds up no text, and is not sent again', async () => {
  const autosave = autosaveOf(NEW);
  autosave.type({ title: 'Refused', content: 'One' });
  autosave.retry();
  const headers = { 'content-type': 'application/problem+json' };
  const errors = [{ pointer: '/title', detail: 'No title.' }];
  (await request(1)).answer(Response.json({ status: 422, code: 'invalid_request', errors }, { status: 422, headers }));
  const second = await request(2);
  expect(second.body).toMatchObject({ title: 'Untitled', content: 'One' });
  second.answer(Response.json(articleOf(1, { title: 'Untitled', slug: 'untitled', content: 'One' })));
  await phaseIs(autosave, 'refused');
  expect(autosave.getState()).toMatchObject({ mine: { title: 'Refused' }, refused: { title: 'No title.' } });
});

test('a text that is too long holds up no other field, and stays in the browser', async () => {
  const autosave = autosaveOf(STORED);
  autosave.type({ content: 'Long', excerpt: 'Short' });
  autosave.retry();
  (await request(1)).answer(problem(413, 'body_too_large'));
  const second = await request(2);
  expect(second.body).toEqual({ excerpt: 'Short' });
  second.answer(Response.json(articleOf(2, { excerpt: 'Short' })));
  await phaseIs(autosave, 'refused');
  expect(await leftBehind(ACCOUNT, 7)).toMatchObject([{ kept: { mine: { content: 'Long' } } }]);
});

test('a browser that has room for the words of a closed tab only once keeps them', async () => {
  const mine = { ...EMPTY, content: 'One' };
  localStorage.setItem('rubric.writing.1.closed', JSON.stringify({ stored: NEW, mine, at: '' }));
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(function (this: Storage, key, value) {
    if (this.length > 0 && this.getItem(key) === null) throw new DOMException('No room', 'QuotaExceededError');
    this[key] = value;
  });
  const [left] = await leftBehind(ACCOUNT, 'new');
  const autosave = autosaveOf(NEW, { left });
  expect(autosave.isKept).toBe(true);
  expect(await leftBehind(ACCOUNT, 'new')).toMatchObject([{ kept: { mine: { content: 'One' } } }]);
});

test('an article that was deleted and brought back is written on', async () => {
  const autosave = autosaveOf(STORED);
  autosave.type({ content: 'One' });
  autosave.retry();
  (await request(1)).answer(problem(404, 'not_found'));
  await phaseIs(autosave, 'gone');
  void autosave.refresh();
  (await request(2)).answer(Response.json(articleOf(1)));
  expect(await request(3)).toMatchObject({ method: 'PATCH', body: { content: 'One' } });
});

test('a working draft whose article was hidden goes into it, also when that breaks half way', async () => {
  const target = { kind: 'draft' as const, id: 7, version: 4, exists: true };
  const autosave = autosaveOf({ ...STORED, target, fields: { ...STORED.fields, content: 'Draft' } });
  const hidden = (version: number, content: string) => Response.json(articleOf(version, { content, hasDraft: true }));
  const draft = () => Response.json(articleOf(4, { content: 'Draft', categories: [{ id: 3 }] }));
  autosave.type({ content: 'Draft, and more' });
  autosave.retry();
  (await request(1)).answer(problem(409, 'not_published'));
  (await request(2)).answer(hidden(5, 'Old'));
  (await request(3)).answer(draft());
  const all = await request(4);
  expect(all).toMatchObject({ method: 'PATCH', path: '/articles/7', body: { content: 'Draft', categoryIds: [3] } });
  all.answer(problem(422, 'unknown_category'));
  const words = await request(5);
  expect(words).toMatchObject({ path: '/articles/7', body: { content: 'Draft' } });
  words.answer(hidden(6, 'Draft'));
  const discarded = await request(6);
  expect(discarded).toMatchObject({ method: 'DELETE', path: '/articles/7/draft' });
  discarded.answer(problem(503, 'database_unavailable'));
  await phaseIs(autosave, 'unreachable');
  autosave.retry();
  (await request(7)).answer(problem(409, 'not_published'));
  (await request(8)).answer(Response.json(articleOf(6, { content: 'Draft', hasDraft: true })));
  (await request(9)).answer(Response.json(articleOf(4, { content: 'Draft' })));
  const again = await request(10);
  expect(again).toMatchObject({ method: 'DELETE', path: '/articles/7/draft' });
  again.answer(new Response(null, { status: 204 }));
  expect(await request(11)).toMatchObject({ path: '/articles/7', body: { content: 'Draft, and more' } });
});

test('what was decided of a conflict so far is kept, until it is decided', async () => {
  const theirs: Stored = { ...STORED, fields: { ...STORED.fields, content: 'Theirs' } };
  const deciding = { theirs, choices: { content: 'both' as const }, content: 'Mine and theirs' };
  const autosave = autosaveOf(STORED);
  autosave.type({ content: 'Mine' });
  autosave.retry();
  (await request(1)).answer(problem(412, 'version_mismatch'));
  (await request(2)).answer(Response.json(articleOf(2, { content: 'Theirs' })));
  await phaseIs(autosave, 'conflict');
  autosave.ponder(deciding);
  const [left] = await leftBehind(ACCOUNT, 7);
  expect(left?.kept).toMatchObject({ mine: { content: 'Mine' }, deciding });
  expect(autosaveOf(theirs, { left }).deciding).toEqual(deciding);
  autosave.decide({ ...STORED.fields, content: 'Mine and theirs' });
  expect(autosave.deciding).toBeUndefined();
});
