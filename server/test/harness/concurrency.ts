import type { TestResponse } from './client.ts';

/** Calls all at once, with 0, 1, 2 … */
export const concurrently = <T>(much: number, call: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: much }, (_, n) => call(n)));

/** What each caller was told, `201` or `409 slug_taken`, sorted: who wins is chance, how many do is not. */
export const outcomes = (answers: TestResponse[]) =>
  answers.map(({ status, body }) => (body?.code ? `${status} ${body.code}` : String(status))).sort();
