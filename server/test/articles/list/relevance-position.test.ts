import { describe, expect, test } from 'vitest';
import type { ListShape } from '../../../src/articles/list/list-shape.ts';
import {
  formatRelevancePosition,
  isRanked,
  isRelevancePosition,
  parseRelevancePosition,
  relevanceParts,
} from '../../../src/articles/list/relevance.ts';

const TIME = '2026-01-31T06:10:00.000Z';
const isTime = (text: string) => [TIME, 'infinity', '-infinity'].includes(text);

describe('The parts of a list by relevance are', () => {
  const shape = { sort: 'relevance', relevancePart: null } as ListShape;

  test.each<[cutoff: string | null, parts: Partial<ListShape>[]]>([
    [null, [{ sort: 'relevance', relevancePart: null }]],
    ['-infinity', [{ sort: 'relevance', relevancePart: 'ranked' }]],
    ['infinity', [{ sort: 'publishedAt', relevancePart: null }]],
    [
      TIME,
      [
        { sort: 'relevance', relevancePart: 'ranked' },
        { sort: 'publishedAt', relevancePart: 'unranked' },
      ],
    ],
  ])('with the cutoff %s: %j', (cutoff, parts) => {
    expect(relevanceParts(shape, cutoff)).toEqual(parts);
  });
});

describe('A rank', () => {
  test.each(['0', '0.0', '0.0607927', '1e-20', '1e-45', '1e+38'])(
    '%s is one that PostgreSQL can have computed',
    (key) => {
      expect(isRanked({ key, rankCutoff: null })).toBe(true);
    },
  );

  test.each([
    '',
    ' ',
    '-1',
    '+1',
    '1.',
    '.5',
    '1e5',
    '1e-50',
    '1e+39',
    '1e-050',
    'NaN',
    'Infinity',
    '٣',
    '0x1',
    '1\n',
    TIME,
  ])('%j is not', (key) => {
    expect(isRanked({ key, rankCutoff: null })).toBe(false);
  });
});

describe('A position', () => {
  test.each(['0.0607927', '0.0607927 -infinity', `0.0607927 ${TIME}`, `${TIME} ${TIME}`, `${TIME} infinity`])(
    '%s is valid, and the same after parsing and formatting',
    (text) => {
      expect(isRelevancePosition(text, isTime)).toBe(true);
      expect(formatRelevancePosition(parseRelevancePosition(text))).toBe(text);
    },
  );

  test.each([
    '',
    ' ',
    TIME,
    `${TIME} -infinity`,
    '0.0607927 infinity',
    '0.0607927 yesterday',
    `yesterday ${TIME}`,
    `0.0607927 ${TIME} ${TIME}`,
    `0.0607927  ${TIME}`,
    ` 0.0607927 ${TIME}`,
    `0.0607927 ${TIME} `,
    `-1 ${TIME}`,
    "0.1'; select 1; --",
  ])('%j is invalid', (text) => {
    expect(isRelevancePosition(text, isTime)).toBe(false);
  });
});
