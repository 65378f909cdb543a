import { describe, expect, test } from 'vitest';
import { MAX } from '../../src/database/schema/field-limits.ts';
import { nextFreeSlug, slugify, slugStem } from '../../src/slugs/slug.ts';

describe('The slug of', () => {
  test.each([
    ['Crème brûlée', 'creme-brulee'],
    ['Creme\u0301 bru\u0302le\u0301e', 'creme-brulee'],
    ['Straße nach İstanbul', 'strasse-nach-istanbul'],
    ['Привет, мир', 'privet-mir'],
    ['今日は晴れ', 'jin-ri-haqing-re'],
    ['हिन्दी', 'hindii'],
    ['Don’t `stop`', 'dont-stop'],
    ['  --A  B--', 'a-b'],
    ['snake_case', 'snake-case'],
    ['a\u200bb\0c', 'a-b-c'],
    ['../../etc/passwd', 'etc-passwd'],
    ['<script>alert(1)</script>', 'script-alert-1-script'],
    ['constructor', 'constructor'],
    ['20-26', '20-26'],
  ])('%j is %s', (text, slug) => {
    expect(slugify(text, 'article')).toBe(slug);
  });

  test.each(['', ' ', '!!!', '🥖', '\0', '\ud800', '-'])('%j, without a letter or digit, is the fallback', (text) => {
    expect(slugify(text, 'article')).toBe('article');
  });

  test.each([
    ['2026', 'article-2026'],
    ['007', 'article-007'],
    ['١٢٣', 'article-123'],
    ['１２', 'article-12'],
  ])('%j, which could be an id, has the fallback as a prefix', (text, slug) => {
    expect(slugify(text, 'article')).toBe(slug);
  });

  test.each([
    ['words', 'word '.repeat(1_000)],
    ['one word', 'a'.repeat(1_000)],
    ['letters with accents', 'é'.repeat(1_000)],
    ['digits', '1'.repeat(1_000)],
    ['hyphens between digits', '1-'.repeat(1_000)],
    ['letters that become several', '弌'.repeat(1_000)],
  ])('a long text of %s has the format and the length that the database accepts', (_, text) => {
    const slug = slugify(text, 'article');
    expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(slug).toMatch(/[a-z-]/);
    expect(slug.length).toBeLessThanOrEqual(MAX.slug);
    expect(slug.length).toBeGreaterThan(MAX.slug / 2);
  });

  test('a long text ends with a whole word', () => {
    expect(slugify('word '.repeat(100), 'article').endsWith('-word')).toBe(true);
  });
});

describe('The stem of a slug', () => {
  test.each(['a', 'creme-brulee', 'a'.repeat(MAX.slug), 'ab-'.repeat(66)])('leaves room for a suffix: %s', (slug) => {
    expect(`${slugStem(slug)}-9999999`.length).toBeLessThanOrEqual(MAX.slug);
    expect(slug.startsWith(slugStem(slug))).toBe(true);
  });

  test('is the same for a shortened slug and for one with a suffix', () => {
    const stem = slugStem('a'.repeat(MAX.slug));
    expect(slugStem(`${stem}-2`)).toBe(stem);
  });
});

test.each([
  [[], 'bread-2'],
  [['bread'], 'bread-2'],
  [['bread', 'bread-2', 'bread-3'], 'bread-4'],
  [['bread', 'bread-3'], 'bread-2'],
  [['bread-2', 'bread-2', 'bread-02'], 'bread-3'],
])('With %j taken, the next free slug is %s', (taken, slug) => {
  expect(nextFreeSlug('bread', taken)).toBe(slug);
});
