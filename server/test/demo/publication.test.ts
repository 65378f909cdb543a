import { describe, expect, test } from 'vitest';
import { parseArticle, readPublication } from '../../src/demo/publication.reader.ts';
import type { RelativeTime } from '../../src/demo/relative-time.ts';

const { articles, authors, categories, redirects, workingDrafts } = readPublication();
const SLUG_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function slugsOf(items: readonly { slug: string }[]): string[] {
  return items.map((item) => item.slug);
}

function repeated<Value>(values: readonly Value[]): Value[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function parentOf(slug: string): string | undefined {
  return categories.find((category) => category.slug === slug)?.parent;
}

/** Returns the category and its ancestors. Stops at the first repeated slug, which shows a cycle. */
function pathOf(slug: string): string[] {
  const path = [slug];
  for (let parent = parentOf(slug); parent !== undefined; parent = parentOf(parent)) {
    path.push(parent);
    if (repeated(path).length > 0) break;
  }
  return path;
}

/** Returns the minutes since midnight UTC of the day on which the demo is loaded. */
function minuteOf(relative: RelativeTime): number {
  const day = 'daysAgo' in relative ? -relative.daysAgo : relative.daysFromNow;
  const [hours, minutes] = relative.time.split(':').map(Number);
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
      (slug) => !SLUG_PATTERN.test(slug) || /^\d+$/.test(slug) || slug.length > 80,
    );
    expect(malformed).toEqual([]);
  });
});

describe('the categories', () => {
  const siblings = Map.groupBy(categories, (category) => category.parent);

  test('are 25', () => {
    expect(categories).toHaveLength(25);
  });

  test('form a tree of three levels without a cycle', () => {
    const paths = slugsOf(categories).map(pathOf);
    expect(paths.flatMap(repeated)).toEqual([]);
    expect(Math.max(...paths.map((path) => path.length))).toBe(3);
  });

  test('come after their parents', () => {
    const known = new Set<string>();
    for (const { slug, parent } of categories) {
      if (parent !== undefined) expect(known).toContain(parent);
      known.add(slug);
    }
  });

  test('have names of at most 60 characters that are unique among siblings', () => {
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

  test('are ordered by date, except one with two pins, which are published articles of the category', () => {
    const pins = categories.flatMap(({ slug, pinned = [] }) => pinned.map((article) => [slug, article]));
    expect(pins).toHaveLength(2);
    for (const [slug, pin] of pins) {
      const article = articles.find((each) => each.slug === pin);
      expect(article?.categories).toContain(slug);
      expect(article?.published).toHaveProperty('daysAgo');
    }
  });

  test('include one without articles and one with articles only in its subcategories', () => {
    const direct = new Set(articles.flatMap((article) => article.categories));
    const withDescendants = new Set([...direct].flatMap(pathOf));
    const withoutArticles = slugsOf(categories).filter((slug) => !direct.has(slug));
    expect(withoutArticles.filter((slug) => !withDescendants.has(slug))).toEqual(['corrections']);
    expect(withoutArticles.filter((slug) => withDescendants.has(slug))).toEqual(['textiles']);
  });
});

describe('the authors', () => {
  test('are 6, each with an article', () => {
    expect(authors).toHaveLength(6);
    expect(new Set(articles.flatMap((article) => article.authors))).toEqual(new Set(slugsOf(authors)));
  });

  test('have email addresses under example.org only', () => {
    const emails = authors.flatMap((author) => author.email ?? []);
    expect(emails.length).toBeGreaterThan(0);
    expect(emails.filter((email) => !/^[a-z]+@six-ten\.example\.org$/.test(email))).toEqual([]);
  });
});

describe('the articles', () => {
  const times = articles.flatMap(({ published }) => published ?? []);

  test('are about 60', () => {
    expect(articles.length).toBeGreaterThanOrEqual(57);
    expect(articles.length).toBeLessThanOrEqual(63);
  });

  test('link to known categories, each once', () => {
    const known = slugsOf(categories);
    expect(articles.flatMap((article) => article.categories).filter((slug) => !known.includes(slug))).toEqual([]);
    expect(articles.flatMap((article) => repeated(article.categories))).toEqual([]);
  });

  test('have one to three known authors, each once', () => {
    const known = slugsOf(authors);
    expect(articles.flatMap((article) => article.authors).filter((slug) => !known.includes(slug))).toEqual([]);
    expect(articles.flatMap((article) => repeated(article.authors))).toEqual([]);
    expect(articles.filter((article) => article.authors.length < 1 || article.authors.length > 3)).toEqual([]);
  });

  test('include one without a category and one with eleven; the others have one to six', () => {
    const outside = articles.filter((article) => article.categories.length < 1 || article.categories.length > 6);
    expect(outside.map((article) => [article.slug, article.categories.length])).toEqual([
      ['the-drawer', 0],
      ['twenty-four-hours-of-pier-3', 11],
    ]);
  });

  test('include two with the same title', () => {
    expect(repeated(articles.map((article) => article.title))).toEqual(['Low Water']);
  });

  test('include one draft and one scheduled for a week from now', () => {
    expect(slugsOf(articles.filter(({ published }) => published === null))).toEqual(['untitled-piece-about-soup']);
    expect(times.filter((time) => 'daysFromNow' in time)).toEqual([{ daysFromNow: 7, time: '08:00' }]);
  });

  test('have different times of publication, in the past at every time of day', () => {
    expect(times.filter(({ time }) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(time))).toEqual([]);
    expect(repeated(times.map(minuteOf))).toEqual([]);
    expect(times.filter((time) => 'daysAgo' in time && time.daysAgo < 1)).toEqual([]);
  });

  test('have a title of at most 120 characters, an excerpt, and content that is not indented', () => {
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

describe('the working drafts', () => {
  test('are of one published article, and file it under categories that exist', () => {
    expect(workingDrafts).toHaveLength(1);
    for (const { article, categories: slugs } of workingDrafts) {
      const published = articles.find(({ slug }) => slug === article)?.published;
      expect(published).toHaveProperty('daysAgo');
      for (const slug of slugs) expect(slugsOf(categories)).toContain(slug);
    }
  });
});

describe('an article file', () => {
  const HEAD = [
    'title: "Tea: a Defence"',
    'excerpt: Why not.',
    'categories: [food, letters]',
    'authors: []',
    'published: 1 day ago at 06:10',
  ];
  const parse = (...lines: string[]) =>
    parseArticle('tea', `---\n${lines.join('\n')}\n---\n\nLeaves.\n\n---\n\nWater.\n`);

  test('has fields in its front matter and Markdown below', () => {
    expect(parse(...HEAD)).toEqual({
      slug: 'tea',
      title: 'Tea: a Defence',
      excerpt: 'Why not.',
      content: 'Leaves.\n\n---\n\nWater.',
      categories: ['food', 'letters'],
      authors: [],
      published: { daysAgo: 1, time: '06:10' },
    });
    expect(parse(...HEAD.slice(0, 4), 'published: never').published).toBeNull();
    expect(parse(...HEAD.slice(0, 4), 'published: in 7 days at 08:00').published).toEqual({
      daysFromNow: 7,
      time: '08:00',
    });
  });

  test.each([
    [HEAD.slice(0, 4), 'the field "published" is missing.'],
    [[...HEAD, 'published: never'], 'the field "published" occurs twice.'],
    [
      [...HEAD, 'subtitle: With Milk'],
      'the field "subtitle" is not one of title, excerpt, categories, authors, published.',
    ],
    [[...HEAD, '  indented: yes'], '"  indented: yes" is not of the form "name: value".'],
    [['title: "Tea', ...HEAD.slice(1)], '"Tea is not a string in double quotes.'],
    [[...HEAD.slice(0, 3), 'authors: ines', ...HEAD.slice(4)], '"ines" is not a list like "[one, two]".'],
    [
      [...HEAD.slice(0, 4), 'published: yesterday'],
      '"yesterday" is neither like "12 days ago at 06:10" nor like "in 7 days at 08:00".',
    ],
  ])('with the front matter %j is refused', (lines, message) => {
    expect(() => parse(...lines)).toThrow(message);
  });

  test('without front matter is refused', () => {
    expect(() => parseArticle('tea', 'Leaves.')).toThrow('it does not begin with fields between two lines "---".');
  });
});

test('the redirects lead to published articles of the publication', () => {
  expect(redirects.length).toBeGreaterThan(0);
  for (const { article } of redirects) expect(articles.find(({ slug }) => slug === article)?.published).toBeTruthy();
});
