import { expect, test } from 'vitest';
import { mergeTexts } from '../../src/writing/saving/merge-text.ts';

const BASE = 'One.\n\nTwo.\n\nThree.\n';

test('changes of different blocks are joined', () => {
  expect(mergeTexts(BASE, 'One!\n\nTwo.\n\nThree.\n', 'One.\n\nTwo.\n\nThree!\n')).toBe('One!\n\nTwo.\n\nThree!\n');
  expect(mergeTexts(BASE, 'Zero.\n\nOne.\n\nTwo.\n\nThree.\n', 'One.\n\nTwo.\n\n')).toBe('Zero.\n\nOne.\n\nTwo.\n\n');
});

test('two changes of one block are both kept, this one first', () => {
  expect(mergeTexts(BASE, 'One.\n\nTwo mine.\n\nThree.\n', 'One.\n\nTwo theirs.\n\nThree.\n')).toBe(
    'One.\n\nTwo mine.\n\nTwo theirs.\n\nThree.\n',
  );
  expect(mergeTexts('One', 'One mine', 'One theirs')).toBe('One mine\n\nOne theirs');
});

test('the same change on both sides is there once', () => {
  expect(mergeTexts(BASE, 'One!\n\nTwo.\n\nThree.\n', 'One!\n\nTwo.\n\nThree.\n')).toBe('One!\n\nTwo.\n\nThree.\n');
  expect(mergeTexts('', 'One', 'One')).toBe('One');
});

test('no word of either side is lost, whatever they changed', () => {
  const words = (text: string) => text.match(/\w+/g) ?? [];
  const versions = ['', 'a', 'a\n\nb', 'b\n\na\n\nc', 'a x\n\nb', 'a\n\nb y\n\nc\n\nd', 'z'];
  for (const base of versions) {
    for (const mine of versions) {
      for (const theirs of versions) {
        const merged = mergeTexts(base, mine, theirs);
        const own = new Set(words(base));
        const added = [...words(mine), ...words(theirs)].filter((word) => !own.has(word));
        for (const word of added) expect(words(merged), `${base} | ${mine} | ${theirs}`).toContain(word);
      }
    }
  }
});
