import { describe, expect, test } from 'vitest';
import { type SearchTerms, searchTermsOf } from '../../../src/articles/list/search-terms.ts';

const NOTHING: SearchTerms = { words: '', phrases: '', prefix: '', alternatives: '' };

describe('The terms of', () => {
  test.each<[q: string, terms: Partial<SearchTerms>]>([
    ['bread', { prefix: 'bread' }],
    ['bread ', { words: 'bread' }],
    ['sour dough bread', { words: 'sour dough', prefix: 'bread' }],
    ['"sour dough" bread', { phrases: '"sour dough"', prefix: 'bread' }],
    ['bread "sour dough', { words: 'bread', phrases: '"sour dough"' }],
    ['bread -rye --"sour dough"', { words: 'bread', phrases: '-"rye" -"sour dough"' }],
    ['covid-19', { prefix: 'covid-19' }],
    ["l'école", { prefix: "l'école" }],
    ['㎏', { prefix: '㎏' }],
    ['cafe\u0301', { prefix: 'café' }],
    ['a"b"c', { words: 'a', phrases: '"b"', prefix: 'c' }],
  ])('%j', (q, terms) => {
    expect(searchTermsOf(q)).toEqual({ ...NOTHING, ...terms });
  });

  test.each<[q: string, terms: Partial<SearchTerms>]>([
    ['bread or butter', { alternatives: '"bread"', prefix: 'butter' }],
    ['a OR "b c" or -d e', { alternatives: '"a" or "b c"', phrases: '-"d"', prefix: 'e' }],
    ['or', { words: 'or' }],
    ['bread or', { words: 'bread or' }],
    ['or butter', { words: 'or', prefix: 'butter' }],
    ['"or" bread', { phrases: '"or"', prefix: 'bread' }],
    ['bread or or butter', { alternatives: '"bread"', words: 'or', prefix: 'butter' }],
  ])('%j, where "or" is an operator only between two terms', (q, terms) => {
    expect(searchTermsOf(q)).toEqual({ ...NOTHING, ...terms });
  });

  test.each(['', ' ', '-', '- -- ---', '"', '""', '""-""', '!& | ( ) :*', '\\', '\0', '\ud800', '\u0301'])(
    '%j are none',
    (q) => {
      expect(searchTermsOf(q)).toEqual(NOTHING);
    },
  );
});

test.each([
  ['quotes', '"'],
  ['hyphens', '-'],
  ['operators', ' or'],
  ['quoted words', '"a" '],
  ['excluded words', ' -a'],
  ['open quotes', ' -"a'],
])('Long texts of %s leave no quote inside a term', (_, text) => {
  const { phrases, alternatives } = searchTermsOf(text.repeat(2_000));
  for (const part of [phrases, alternatives]) {
    expect(part.replaceAll(/-?"[^"]*"( or)?/g, '').trim()).toBe('');
  }
});
