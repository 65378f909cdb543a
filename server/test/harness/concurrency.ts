import type { TestResponse } from './client.ts';

/** Starts `count` calls at the same time, numbered from 0. */
export const concurrently = <T>(count: number, call: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => call(n)));

/**
 * Returns the outcomes, such as `201` or `409 slug_taken`, sorted: which request wins is random, how many win is not.
 */
export const outcomes = (responses: TestResponse[]) =>
  responses.map(({ status, body }) => (body?.code ? `${status} ${body.code}` : String(status))).sort();
