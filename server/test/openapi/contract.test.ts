import { expect, test } from 'vitest';
import { exampleProblem } from '../../src/http/problem-examples.ts';
import { PROBLEMS, type ProblemCode } from '../../src/http/problems.ts';
import { assertDocumented } from '../harness/contract.ts';

const problem = (code: ProblemCode) => ({
  status: PROBLEMS[code].status,
  headers: new Headers({ 'content-type': 'application/problem+json' }),
  body: exampleProblem(code),
});
const list = (row: object) => ({
  status: 200,
  headers: new Headers({ 'content-type': 'application/json; charset=utf-8' }),
  body: { data: [row], page: { limit: 20, next: null, previous: null } },
});

test('Every test fails for a status that the operation does not document', () => {
  expect(() => assertDocumented('GET', '/articles', problem('not_found'))).toThrow(/404, which openapi.json does not/);
  expect(() => assertDocumented('GET', '/articles/7', problem('not_found'))).not.toThrow();
});

test('Every test fails for a code that the operation does not document for the status', () => {
  expect(() => assertDocumented('GET', '/articles/7', problem('invalid_cursor'))).toThrow(/400 in a shape/);
  expect(() => assertDocumented('GET', '/articles', problem('invalid_cursor'))).not.toThrow();
  expect(() => assertDocumented('POST', '/categories', problem('category_cycle'))).toThrow(/422 in a shape/);
});

test('Every test fails for a row that lacks a field, unless the request has `fields`', () => {
  expect(() => assertDocumented('GET', '/articles', list({ id: 1 }))).toThrow(/required property 'title'/);
  expect(() => assertDocumented('GET', '/articles?fields=id', list({ id: 1 }))).not.toThrow();
  expect(() => assertDocumented('GET', '/articles?fields=id', list({ id: 'x' }))).toThrow(/must be integer/);
});
