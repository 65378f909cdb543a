import { describe, expect, test } from 'vitest';
import type { DemoInstant } from '../../src/demo/model.ts';
import { publication } from '../../src/demo/publication.ts';

const { articles, authors, categories } = publication;
const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function slugsOf(items: readonly { slug: string }[]): string[] {
  return items.map((item) => item.slug);
}

function repeated<Value>(values: readonly Value[]): Value[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function parentOf(slug: string): string | undefined {
  return categories.find((category) => category.slug === slug)?.parent;
}

/** From the category up to its root; stops at a slug met before, so that a cycle shows as a repeated slug. */
function lineageOf(slug: string): string[] {
  const lineage = [slug];
  for (let parent = parentOf(slug); parent !== undefined; parent = parentOf(parent)) {
    lineage.push(parent);
    if (repeated(lineage).length > 0) break;
  }
  return lineage;
}

/** Minutes from the midnight at which the day of loading began. */
function minuteOf(instant: DemoInstant): number {
  const day = 'daysAgo' in instant ? -instant.daysAgo : instant.daysFromNow;
  const [hours, minutes] = instant.time.split(':').map(Number);
  return day * 24 * 60 + Number(hours) * 60 + Number(minutes);
}

describe.each([
  ['categories', categories],
  ['authors', authors],
  ['articles', articles],
])('the slugs of the %s', (_, items) => {
  test('are unique', () => {
    expect(repeated(slugsOf(items))).toEqual([]);
  });

  test('are well formed', () => {
    const malformed = slugsOf(items).filter(
      (slug) => !slugPattern.test(slug) || /^\d+$/.test(slug) || slug.length > 80,
    );
    expect(malformed).toEqual([]);
  });
});

describe('the categories', () => {
  const siblings = Map.groupBy(categories, (category) => category.parent);

  test('are 25', () => {
    expect(categories).toHaveLength(25);
  });

  test('form a tree three deep without a cycle', () => {
    const lineages = slugsOf(categories).map(lineageOf);
    expect(lineages.flatMap(repeated)).toEqual([]);
    expect(Math.max(...lineages.map((lineage) => lineage.length))).toBe(3);
  });

  test('stand after their parents', () => {
    const known = new Set<string>();
    for (const { slug, parent } of categories) {
      if (parent !== undefined) expect(known).toContain(parent);
      known.add(slug);
    }
  });

  test('have names of their own among their siblings, of at most 60 characters', () => {
    for (const group of siblings.values()) {
      expect(repeated(group.map((category) => category.name.toLowerCase()))).toEqual([]);
    }
    expect(categories.filter(({ name }) => name.length === 0 || name.length > 60)).toEqual([]);
  });

  test('are numbered from 0 among their siblings', () => {
    for (const group of siblings.values()) {
      expect(group.map((category) => category.position)).toEqual(group.keys().toArray());
    }
  });

  test('include one without articles and one with articles only in its subcategories', () => {
    const direct = new Set(articles.flatMap((article) => article.categories));
    const covered = new Set([...direct].flatMap(lineageOf));
    const bare = slugsOf(categories).filter((slug) => !direct.has(slug));
    expect(bare.filter((slug) => !covered.has(slug))).toEqual(['corrections']);
    expect(bare.filter((slug) => covered.has(slug))).toEqual(['textiles']);
  });
});

describe('the authors', () => {
  test('are 6, each with an article', () => {
    expect(authors).toHaveLength(6);
    expect(new Set(articles.flatMap((article) => article.authors))).toEqual(new Set(slugsOf(authors)));
  });

  test('have addresses under example.org only', () => {
    const emails = authors.flatMap((author) => author.email ?? []);
    expect(emails.length).toBeGreaterThan(0);
    expect(emails.filter((email) => !/^[a-z]+@six-ten\.example\.org$/.test(email))).toEqual([]);
  });
});

describe('the articles', () => {
  const instants = articles.flatMap((article) => article.published ?? []);

  test('are about 60', () => {
    expect(articles.length).toBeGreaterThanOrEqual(57);
    expect(articles.length).toBeLessThanOrEqual(63);
  });

  test('are filed under known categories, none twice', () => {
    const known = slugsOf(categories);
    expect(articles.flatMap((article) => article.categories).filter((slug) => !known.includes(slug))).toEqual([]);
    expect(articles.flatMap((article) => repeated(article.categories))).toEqual([]);
  });

  test('are by one to three known authors, none twice', () => {
    const known = slugsOf(authors);
    expect(articles.flatMap((article) => article.authors).filter((slug) => !known.includes(slug))).toEqual([]);
    expect(articles.flatMap((article) => repeated(article.authors))).toEqual([]);
    expect(articles.filter((article) => article.authors.length < 1 || article.authors.length > 3)).toEqual([]);
  });

  test('include one without a category, one with 9 or more, and otherwise have 1 to 6', () => {
    const outside = articles.filter(({ categories: filed }) => filed.length < 1 || filed.length > 6);
    expect(outside.map(({ slug, categories: filed }) => [slug, filed.length])).toEqual([
      ['twenty-four-hours-of-pier-3', 11],
      ['the-drawer', 0],
    ]);
  });

  test('include two of the same title', () => {
    expect(repeated(articles.map((article) => article.title))).toEqual(['Low Water']);
  });

  test('include one draft and one scheduled for a week from now', () => {
    expect(slugsOf(articles.filter(({ published }) => published === null))).toEqual(['untitled-piece-about-soup']);
    expect(instants.filter((instant) => 'daysFromNow' in instant)).toEqual([{ daysFromNow: 7, time: '08:00' }]);
  });

  test('are published at instants of their own, in the past whatever the time of day at loading', () => {
    expect(instants.filter(({ time }) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))).toEqual([]);
    expect(repeated(instants.map(minuteOf))).toEqual([]);
    expect(instants.filter((instant) => 'daysAgo' in instant && instant.daysAgo < 1)).toEqual([]);
  });

  test('have a title of at most 120 characters, an excerpt and a content without stray indentation', () => {
    const titles = articles.map((article) => article.title);
    expect(titles.filter((title) => title.length === 0 || title.length > 120)).toEqual([]);
    expect(articles.filter((article) => article.excerpt === '' || article.content === '')).toEqual([]);
    expect(articles.filter(({ content }) => content !== content.trim() || /^ {4}/m.test(content))).toEqual([]);
  });

  test('link to articles and categories that exist', () => {
    const links = articles.flatMap(({ content }) => [...content.matchAll(/six-ten\.example\/(\w+)\/([\w-]+)/g)]);
    expect(links.length).toBeGreaterThan(0);
    for (const [, kind, slug] of links) {
      expect(slugsOf(kind === 'categories' ? categories : articles)).toContain(slug);
    }
  });
});
