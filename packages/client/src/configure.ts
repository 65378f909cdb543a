import { toError } from './errors.ts';
import type { Client } from './generated/client/index.ts';
import { client as defaultClient } from './generated/client.gen.ts';
import { keyFor } from './idempotency.ts';
import { retrying } from './retry.ts';

export interface Options {
  /** Where Rubric runs, such as `https://rubric.example`. A page of the same server uses `''`. */
  url: string;
  /** An API token. Without one, requests are sent with the session cookie, as browsers do, or are anonymous. */
  token?: string;
  /** Another `fetch`. */
  fetch?: typeof fetch;
}

/**
 * Says where the calls go, and adds what every call needs: keys and attempts for writes that are lost on the way, and
 * errors with types. Without a client it configures the one that calls use by themselves; a program that speaks to two
 * servers passes `createClient()` here, and the result to each call as `client`.
 */
export function configure({ url, token, fetch = globalThis.fetch }: Options, client: Client = defaultClient): Client {
  client.setConfig({
    baseUrl: url,
    throwOnError: true,
    // A token is a bearer token only; the document also names the session cookie, which browsers send by themselves.
    ...(token !== undefined && { auth: ({ scheme }) => (scheme === 'bearer' ? token : undefined) }),
    fetch: retrying(fetch),
  });
  client.interceptors.request.clear();
  client.interceptors.error.clear();
  client.interceptors.request.use((request, { url: path }) => {
    const key = keyFor(request, path);
    if (key !== undefined) request.headers.set('Idempotency-Key', key);
    return request;
  });
  client.interceptors.error.use((error, response) => toError(error, response));
  return client;
}
