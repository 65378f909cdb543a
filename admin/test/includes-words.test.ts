import { expect, test } from 'vitest';
import { includesWords } from '../src/shell/includes-words.ts';

test.each([
  ['Zoë Ångström', 'zoe ang', true],
  ['Zoë Ångström', 'ångström  Zoë', true],
  ['Audit log', '', true],
  ['Audit log', 'udit', false],
  ['Audit log', 'audit tokens', false],
])('%s has the words "%s": %s', (text, words, has) => {
  expect(includesWords(text, words)).toBe(has);
});
