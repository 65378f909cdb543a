import { expect, test } from 'vitest';
import { hasVisibleCharacter, trimBlanks } from '../../src/http/blanks.ts';

test.each([
  ['', false],
  [' \u00a0\t\u0085\u3000', false],
  ['\u200b\u2060\ufeff\u00ad\u200d\u202e', false],
  ['\u3164\u115f\ufe0f\u{e0041}\u2800', false],
  ['a', true],
  ['💀', true],
  [' \u0301 ', true],
])('%j has a visible character: %s', (text, isVisible) => {
  expect(hasVisibleCharacter(text)).toBe(isVisible);
});

test('text without a visible character that means something at an end becomes empty', () => {
  expect(trimBlanks(' \u200b \ufeff')).toBe('');
});

test('a megabyte of blanks between two words stays, and takes no time', () => {
  const text = `a${' '.repeat(1_000_000)}b`;
  expect(trimBlanks(` ${text} `)).toBe(text);
});
