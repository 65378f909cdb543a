import { expect } from 'vitest';
import type { ProblemCode } from '../../src/http/problems.ts';
import type { TestResponse } from './client.ts';

/** What responses must never contain: names of tables and constraints, SQL, stacks. */
const INTERNALS =
  /article_categories|article_authors|_(?:pkey|fkey|check)\b|constraint|select |insert into|node_modules|\bat .+\.[jt]s:\d/i;

/**
 * Asserts that a response is an RFC 9457 problem with this status and code.
 *
 * @param pointers the exact pointers in `errors`; not checked if omitted
 */
export function expectProblem(response: TestResponse, status: number, code: ProblemCode, pointers?: string[]) {
  expect({ status: response.status, code: response.body?.code }, JSON.stringify(response.body)).toEqual({
    status,
    code,
  });
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(response.body).toMatchObject({
    type: `/problems/${code}`,
    status,
    instance: expect.stringMatching(/^\/[^?]*$/),
  });
  expect(response.body.detail).toMatch(/\S/);
  if (pointers) expect(response.body.errors?.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
  expect(JSON.stringify(response.body)).not.toMatch(INTERNALS);
}
