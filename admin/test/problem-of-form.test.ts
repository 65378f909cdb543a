import type { Problem } from '@rubric/client';
import { expect, test } from 'vitest';
import { problemOfForm } from '../src/forms/problem-of-form.ts';

const problem = (...errors: [string, string][]) =>
  ({ detail: 'All of it.', errors: errors.map(([pointer, detail]) => ({ pointer, code: 'x', detail })) }) as Problem;

test('An error goes to the field that its pointer names, also one within a list', () => {
  expect(
    problemOfForm(problem(['/email', 'Taken.'], ['/categoryIds/1', 'Unknown.']), ['email', 'categoryIds']),
  ).toEqual({
    form: undefined,
    fields: { email: 'Taken.', categoryIds: 'Unknown.' },
  });
});

test('An error beside its field does not repeat the name that the field has in requests', () => {
  const details = ['The field email must be an email address.', 'The field name is required.', 'The code is wrong.'];
  const shown = details.map((detail) => problemOfForm(problem(['/email', detail]), ['email']).fields['email']);
  expect(shown).toEqual(['Must be an email address.', 'Is required.', 'The code is wrong.']);
});

test('The first of several errors of a field is shown', () => {
  expect(problemOfForm(problem(['/ids/0', 'First.'], ['/ids/4', 'Second.']), ['ids']).fields).toEqual({
    ids: 'First.',
  });
});

test('Errors of fields that the form does not show are shown above it', () => {
  expect(problemOfForm(problem(['/token', 'Too long.'], ['/', 'Odd.']), ['email'])).toEqual({
    form: 'Too long. Odd.',
    fields: {},
  });
});

test('A problem without errors is shown above the form', () => {
  expect(problemOfForm({ detail: 'All of it.' } as Problem, ['email'])).toEqual({ form: 'All of it.', fields: {} });
});
