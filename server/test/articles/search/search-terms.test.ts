import { describe, expect, test } from 'vitest';
import { type SearchTerms, searchTermsOf } from '../../../src/articles/search/search-terms.ts';

/** Writes terms as `kind:text`, the alternatives in lists of their own. */
const written = ({ terms, termKinds, termAlternatives }: SearchTerms) => {
  const alternatives: string[][] = [];
  for (const [index, text] of terms.entries()) {
    (alternatives[termAlternatives[index] as number] ??= []).push(`${termKinds[index]}:${text}`);
  }
  return alternatives;
};

describe('The terms of', () => {
  test.each<[q: string, ...alternatives: string[][]]>([
    ['bread', ['prefix:bread']],
    ['bread ', ['words:bread']],
    ['sour dough bread', ['words:sour', 'words:dough', 'prefix:bread']],
    ['"sour dough" bread', ['phrase:sour dough', 'prefix:bread']],
    ['bread "sour dough', ['words:bread', 'phrase:sour dough']],
    ['bread -rye --"sour dough"', ['words:bread', 'excluded:rye', 'excluded:sour dough']],
    ['covid-19', ['prefix:covid-19']],
    ["l'école", ["prefix:l'école"]],
    ['㎏', ['prefix:㎏']],
    ['新闻', ['prefix:新闻']],
    ['a"b"c', ['words:a', 'phrase:b', 'prefix:c']],
  ])('%j', (q, ...alternatives) => {
    expect(written(searchTermsOf(q))).toEqual(alternatives);
  });

  test.each<[q: string, ...alternatives: string[][]]>([
    ['bread or butter', ['words:bread'], ['prefix:butter']],
    ['a OR "b c" or -d e', ['words:a'], ['phrase:b c'], ['excluded:d', 'prefix:e']],
    ['or', ['words:or']],
    ['bread or', ['words:bread', 'words:or']],
    ['or butter', ['words:or', 'prefix:butter']],
    ['"or" bread', ['phrase:or', 'prefix:bread']],
    ['bread or or butter', ['words:bread'], ['words:or', 'prefix:butter']],
  ])('%j, where "or" is an operator only between two terms', (q, ...alternatives) => {
    expect(written(searchTermsOf(q))).toEqual(alternatives);
  });

  test.each(['', ' ', '-', '- -- ---', '"', '""', '""-""', '!& | ( ) :*', '\\', '\0', '\ud800', '\u0301'])(
    '%j are none',
    (q) => {
      expect(searchTermsOf(q)).toEqual({ terms: [], termKinds: [], termAlternatives: [] });
    },
  );
});
