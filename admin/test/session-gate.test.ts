import type { Account } from '@rubric/client';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { accountQuery } from '../src/api/account.ts';
import { SESSION_ENDED, SessionGate } from '../src/api/session-gate.ts';

const MAUD = { id: 1, name: 'Maud' } as Account;
const URL = 'https://rubric.example';
let isSignedIn: boolean;
let sent: string[];
let queryClient: QueryClient;
let gate: SessionGate;
const reload = vi.fn();

beforeEach(() => {
  isSignedIn = true;
  sent = [];
  queryClient = new QueryClient();
  queryClient.setQueryData(accountQuery.queryKey, MAUD);
  gate = new SessionGate(queryClient);
  reload.mockClear();
  vi.stubGlobal('location', { reload });
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = request.url.slice(URL.length);
    sent.push(`${request.method} ${path} ${await request.text()}`.trim());
    if (path === '/sessions') return Response.json({ code: 'invalid_credentials' }, { status: 401 });
    if (path === '/account/password') return Response.json({ code: 'invalid_credentials' }, { status: 401 });
    return isSignedIn ? Response.json({ ok: true }) : Response.json({ code: 'unauthorized' }, { status: 401 });
  });
});
afterEach(() => vi.unstubAllGlobals());

const call = (path: string, init?: RequestInit) => gate.fetch(URL + path, init);
const hasEnded = () => queryClient.getQueryData(SESSION_ENDED);
const settled = async (promise: Promise<unknown>) => {
  const pending = Symbol('pending');
  await new Promise((resolve) => setTimeout(resolve, 5));
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
};

test('Requests whose session has ended wait, with their bodies, and are sent again after the sign-in', async () => {
  isSignedIn = false;
  const save = call('/articles', { method: 'POST', body: 'a sentence' });
  const read = call('/articles');
  expect(await settled(save)).toBe(false);
  expect(hasEnded()).toBe(true);
  const later = call('/categories');
  expect(await settled(later)).toBe(false);
  expect(sent).not.toContain('GET /categories');
  isSignedIn = true;
  gate.signedIn(MAUD);
  expect([(await save).status, (await read).status, (await later).status]).toEqual([200, 200, 200]);
  expect(sent.filter((each) => each === 'POST /articles a sentence')).toHaveLength(2);
  expect(hasEnded()).toBe(false);
});

test('The sign-in itself passes while the others wait, and its refusal is an answer', async () => {
  isSignedIn = false;
  const save = call('/articles');
  await settled(save);
  expect((await call('/sessions', { method: 'POST' })).status).toBe(401);
  expect(await settled(save)).toBe(false);
});

test('A session that ends again before the waiting requests arrive makes them wait again', async () => {
  isSignedIn = false;
  const save = call('/articles');
  await settled(save);
  gate.signedIn(MAUD);
  expect(await settled(save)).toBe(false);
  expect(hasEnded()).toBe(true);
  isSignedIn = true;
  gate.signedIn(MAUD);
  expect((await save).status).toBe(200);
});

test('Somebody else who signs in gets a new page: what waits is not sent', async () => {
  isSignedIn = false;
  const save = call('/articles', { method: 'POST', body: 'hers' });
  await settled(save);
  isSignedIn = true;
  gate.signedIn({ ...MAUD, id: 2 });
  expect(reload).toHaveBeenCalledOnce();
  expect(await settled(save)).toBe(false);
  expect(sent).toHaveLength(1);
});

test('A wrong password, and a request before anybody was signed in, get their 401', async () => {
  expect((await call('/account/password', { method: 'PUT' })).status).toBe(401);
  queryClient.clear();
  isSignedIn = false;
  expect((await call('/account')).status).toBe(401);
  expect(hasEnded()).toBeUndefined();
});
