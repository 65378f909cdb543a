import { describe, expect, it } from 'vitest';
import { parseArticleSearch, queryOf, readIds, writeIds } from '../../src/articles/article-search.ts';

describe('the filter in the URL', () => {
  it('is read as the router reads it: numbers, text, and true', () => {
    expect(parseArticleSearch({ any: 7, all: '7,12', below: true, q: 2019, status: 'draft,scheduled' })).toEqual({
      any: 7,
      all: '7,12',
      below: true,
      q: '2019',
      status: 'draft,scheduled',
    });
  });

  it('leaves out what makes no sense, so that no request is sent that would be refused', () => {
    const nonsense = {
      any: 'sea',
      none: '-1,0,2.5',
      status: 'deleted',
      sort: 'size',
      from: '2026-13-40',
      to: 'yesterday',
      below: 'yes',
      author: { id: 1 },
      q: '   ',
      page: 3,
    };
    expect(parseArticleSearch(nonsense)).toEqual({});
    expect(parseArticleSearch({ sort: 'relevance' })).toEqual({});
  });

  it('stays what it is when it is read again', () => {
    const search = parseArticleSearch({ any: '3,3,5', q: ' ferry ', from: '2026-01-02', sort: 'title' });
    expect(parseArticleSearch({ ...search })).toEqual(search);
    expect(search.any).toBe('3,5');
  });

  it('writes one id as a number, which the router does not quote', () => {
    expect([writeIds([]), writeIds([7]), writeIds([7, 12])]).toEqual([undefined, 7, '7,12']);
    expect(readIds(writeIds([7, 12]))).toEqual([7, 12]);
  });
});

describe('what the API is asked', () => {
  it('is everything but the trash, last changed first; with words the best match first, with snippets', () => {
    expect(queryOf({})).toEqual({ status: ['draft', 'scheduled', 'published'], sort: '-updatedAt' });
    expect(queryOf({ q: 'ferry' })).toMatchObject({ q: 'ferry', highlight: true, sort: 'relevance' });
  });

  it('never asks for categories and for none at once', () => {
    const query = queryOf({ any: 7, below: true, uncategorised: true });
    expect(query.uncategorised).toBe(true);
    expect(Object.keys(query).filter((name) => /categories|descendants/.test(name))).toEqual([]);
    expect(queryOf({ below: true }).descendants).toBeUndefined();
    expect(queryOf({ none: 7, below: true })).toMatchObject({ 'categories[none]': ['7'], descendants: true });
  });

  it('counts whole days in the zone of the person, also where a day has 23 hours', () => {
    const { 'published[gte]': from, 'published[lt]': to } = queryOf({ from: '2026-03-29', to: '2026-03-29' });
    expect([from, to]).toEqual([new Date(2026, 2, 29).toISOString(), new Date(2026, 2, 30).toISOString()]);
  });
});
