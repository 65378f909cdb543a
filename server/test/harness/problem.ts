import { expect } from 'vitest';
import type { ProblemCode } from '../../src/http/problems.ts';
import type { TestResponse } from './client.ts';

/** What must never leave the server: names of tables and constraints, SQL, stacks. */
const INTERNALS =
  /article_categories|article_authors|_(?:pkey|fkey|check)\b|constraint|select |insert into|node_modules|\bat .+\.[jt]s:\d/i;

/**
 * Holds an answer against RFC 9457 and the code it must carry.
 *
 * @param pointers the bad fields it must name, all of them and no other; any when absent
 */
export function expectProblem(answer: TestResponse, status: number, code: ProblemCode, pointers?: string[]) {
  expect({ status: answer.status, code: answer.body?.code }, JSON.stringify(answer.body)).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({
    type: `/problems/${code}`,
    status,
    instance: expect.stringMatching(/^\/[^?]*$/),
  });
  expect(answer.body.detail).toMatch(/\S/);
  if (pointers) expect(answer.body.errors?.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
  expect(JSON.stringify(answer.body)).not.toMatch(INTERNALS);
}
