import { expect, test } from 'vitest';
import {
  author,
  category,
  exported,
  importText,
  lineOf,
  link,
  newDatabase,
  outcomes,
  post,
  tag,
  term,
  treeOf,
} from './build-export.ts';

test('the tree is made whatever the order of the file, by slug and, as WXR 1.0 has it, by name', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    exported([
      post({ links: [link('rigs')] }),
      category('rigs', { name: 'Rigs', parent: 'sail', description: 'Sloops and yawls' }),
      category('sail', { name: 'Sail', parent: 'Boats & Ships' }),
      category('boats', { name: 'Boats &amp; Ships' }),
      category('knots', { name: 'Knots' }),
    ]),
  );
  expect(await treeOf(database)).toEqual([
    'Boats & Ships [boats]',
    'Boats & Ships [boats] > Sail [sail]',
    'Boats & Ships [boats] > Sail [sail] > Rigs [rigs]',
    'Knots [knots]',
  ]);
  expect(await database.rows('select description from categories where description is not null')).toEqual([
    { description: 'Sloops and yawls' },
  ]);
  expect(outcomes(report, 'categories', 'categoryLinks')).toEqual(['categories 4/0/0/0', 'categoryLinks 1/0/0/0']);
  expect(report.entries).toEqual([]);
});

test('a missing parent, a circle and a category above itself end at the top, and it is said', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    exported([
      category('lost', { parent: 'nowhere' }),
      category('hen', { parent: 'egg' }),
      category('egg', { parent: 'chick' }),
      category('chick', { parent: 'hen' }),
      category('self', { parent: 'self' }),
      category('feather', { parent: 'chick' }),
    ]),
  );
  expect(await treeOf(database)).toEqual([
    'lost [lost]',
    'hen [hen]',
    'hen [hen] > chick [chick]',
    'hen [hen] > chick [chick] > egg [egg]',
    'hen [hen] > chick [chick] > feather [feather]',
    'self [self]',
  ]);
  expect(report.entries).toMatchObject([
    {
      kind: 'categories',
      line: lineOf(0),
      reason: 'its parent is nowhere in the file; it is at the top',
      detail: 'nowhere',
    },
    { kind: 'categories', line: lineOf(1), reason: 'its parents form a circle; it is at the top', detail: 'hen' },
    { kind: 'categories', line: lineOf(4), reason: 'its parents form a circle; it is at the top', detail: 'self' },
  ]);
});

test('declared twice, as a wp:term, or only on articles: one category, and the rest accounted for', async () => {
  const database = await newDatabase();
  const links = [link('sail'), link('unheard'), link(null, { name: 'Sail' }), link(null, { name: 'Just a name' })];
  const report = await importText(
    database,
    exported([
      category('sail', { name: 'Sail' }),
      term('category', 'sail', { name: 'Sailing', parent: 'boats', description: 'With wind' }),
      term('category', 'boats'),
      term('nav_menu', 'top', { name: 'Top menu' }),
      post({ links }),
    ]),
  );
  expect(await treeOf(database)).toEqual([
    'boats [boats]',
    'boats [boats] > Sail [sail]',
    'unheard [unheard]',
    'Just a name [just-a-name]',
  ]);
  expect(outcomes(report, 'categories', 'otherTerms', 'categoryLinks')).toEqual([
    'categories 4/0/0/1',
    'otherTerms 0/0/0/1',
    'categoryLinks 3/0/0/1',
  ]);
  expect(report.said('categories', 'skipped')).toEqual(['declared twice: Sailing, first at line 5']);
  expect(report.said('otherTerms', 'skipped')).toEqual(['Rubric has nothing like the taxonomy nav_menu: Top menu']);
  expect(report.said('categoryLinks', 'skipped')).toEqual(['the article is filed there already: Sail, line 9']);
  expect(report.said('categories')).toEqual([
    'declared nowhere, only named by articles: unheard',
    'declared nowhere, only named by articles: Just a name',
  ]);
});

test('siblings with one name both stay, ignoring case and the way accents are written', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    exported([
      category('one', { name: 'Café' }),
      category('two', { name: 'CAFE\u0301' }),
      category('three', { name: 'Café (two)' }),
      category('below', { name: 'Café', parent: 'one' }),
      tag('a', 'Rope'),
      tag('b', 'rope'),
    ]),
  );
  expect(await treeOf(database)).toEqual([
    'Café [one]',
    'Café [one] > Café [below]',
    'CAFE\u0301 (two 2) [two]',
    'Café (two) [three]',
    'Tags [tags]',
    'Tags [tags] > Rope [a]',
    'Tags [tags] > rope (b) [b]',
  ]);
  expect(report.said('categories')).toEqual(['a category beside it has its name: CAFE\u0301 → CAFE\u0301 (two 2)']);
  expect(report.said('tags')).toEqual(['a category beside it has its name: rope → rope (b)']);
});

test('slugs become what Rubric allows, and those that are taken get a suffix', async () => {
  const database = await newDatabase();
  await database.pool.query("insert into categories (name, slug) values ('Mine', 'news')");
  const report = await importText(
    database,
    exported([
      category('news', { name: 'News' }),
      category('%e3%83%86%e3%82%b9%e3%83%88', { name: 'テスト' }),
      category('2026', { name: 'This year' }),
      category('a_b', { name: 'Under' }),
      category('a.b', { name: 'Dot' }),
      tag('news', 'News'),
    ]),
  );
  expect(await treeOf(database)).toEqual([
    'Mine [news]',
    'News [news-2]',
    'テスト [tesuto]',
    'This year [category-2026]',
    'Under [a-b]',
    'Dot [a-b-2]',
    'Tags [tags]',
    'Tags [tags] > News [news-3]',
  ]);
  expect(report.said('categories').toSorted()).toEqual([
    'the slug had to change: 2026 → category-2026',
    'the slug had to change: a.b → a-b',
    'the slug had to change: a_b → a-b',
    'the slug had to change: テスト → tesuto',
    'the slug was taken: a-b → a-b-2',
    'the slug was taken: news → news-2',
  ]);
});

test('names and descriptions of any length and none', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    exported([
      category('long', { name: '💀'.repeat(300), description: 'é'.repeat(12_000) }),
      category('invisible', { name: '\u200b\u2003' }),
      category('', { name: '' }),
      category('long-too', { name: '💀'.repeat(300) }),
    ]),
  );
  const rows = await database.rows<{ name: string; length: number }>(
    'select name, slug, char_length(name) as length, char_length(description) as description from categories order by id',
  );
  expect(rows).toMatchObject([
    { name: `${'💀'.repeat(199)}…`, length: 200, description: 10_000 },
    { name: 'invisible' },
    { name: expect.stringMatching(/💀… \(long-too\)$/u), length: 200 },
  ]);
  expect(outcomes(report, 'categories')).toEqual(['categories 3/0/0/1']);
  expect(report.said('categories', 'skipped')).toEqual(['has neither a slug nor a name']);
  expect(report.said('categories').toSorted()).toEqual([
    expect.stringContaining('a category beside it has its name: 💀'),
    `the description was cut to 10000 characters: ${'é'.repeat(59)}…`,
    'the name is missing: “invisible” instead',
    expect.stringContaining('the name was cut to 200 characters: 💀'),
    expect.stringContaining('the name was cut to 200 characters: 💀'),
  ]);
});

test('a chain of two hundred categories', async () => {
  const database = await newDatabase();
  const chain = Array.from({ length: 200 }, (_, n) => category(`c${n}`, { parent: `c${n + 1}` }));
  const report = await importText(database, exported(chain));
  expect(outcomes(report, 'categories')).toEqual(['categories 200/0/0/0']);
  const [deepest] = (await treeOf(database)).toReversed();
  expect(deepest?.split(' > ')).toHaveLength(200);
});

test('tags are flat below Tags, or left out', async () => {
  const database = await newDatabase();
  const pieces = [
    tag('rope', 'Rope'),
    term('post_tag', 'knot', { parent: 'rope' }),
    category('boats'),
    post({ links: [link('knot', { taxonomy: 'post_tag' }), link('boats'), link('rope', { taxonomy: 'post_tag' })] }),
  ];
  const without = await importText(database, exported(pieces), { tags: false });
  expect(await treeOf(database)).toEqual(['boats [boats]']);
  expect(outcomes(without, 'tags', 'tagLinks', 'categoryLinks')).toEqual([
    'tags 0/0/0/2',
    'tagLinks 0/0/0/2',
    'categoryLinks 1/0/0/0',
  ]);
  expect(without.said('tags', 'skipped')).toEqual(['left out by --tags skip: Rope', 'left out by --tags skip: knot']);

  const withTags = await importText(database, exported(pieces));
  expect(await treeOf(database)).toEqual([
    'boats [boats]',
    'Tags [tags]',
    'Tags [tags] > Rope [rope]',
    'Tags [tags] > knot [knot]',
  ]);
  expect(outcomes(withTags, 'tags', 'tagLinks', 'categoryLinks', 'posts')).toEqual([
    'tags 2/0/0/0',
    'tagLinks 2/0/0/0',
    'categoryLinks 0/0/1/0',
    'posts 0/1/0/0',
  ]);
  expect(withTags.said('tags')).toEqual(['the tag has a parent, and Rubric keeps tags flat: rope']);
  expect(withTags.said('file')).toEqual(['made a category for the tags: Tags, slug tags']);
  const filed = await database.rows(
    'select slug from article_categories join categories on id = category_id order by article_categories.position',
  );
  expect(filed).toEqual([{ slug: 'knot' }, { slug: 'boats' }, { slug: 'rope' }]);

  const again = await importText(database, exported(pieces), { tags: false });
  expect(outcomes(again, 'tags', 'tagLinks', 'posts')).toEqual(['tags 0/0/0/2', 'tagLinks 0/0/0/2', 'posts 0/0/1/0']);
  const moved = [
    ...pieces.slice(0, 3),
    category('knots'),
    post({ links: [link('knots'), link('rope', { taxonomy: 'post_tag' })] }),
  ];
  expect(outcomes(await importText(database, exported(moved), { tags: false }), 'categoryLinks', 'posts')).toEqual([
    'categoryLinks 1/0/0/0',
    'posts 0/1/0/0',
  ]);
  const kept = await database.rows(
    'select slug from article_categories join categories on id = category_id order by article_categories.position',
  );
  expect(kept, 'tags that are not looked at stay').toEqual([{ slug: 'knots' }, { slug: 'knot' }, { slug: 'rope' }]);
});

test('authors: by login, by name, twice, and only on posts', async () => {
  const database = await newDatabase();
  await database.pool.query("insert into authors (name, slug) values ('Ida', 'ida-wren')");
  const report = await importText(
    database,
    exported([
      author('ida', 'Ida Wren', 'ida@harbour.example'),
      author('ida', 'Ida again'),
      author('bo', 'Bo', 'not an address'),
      author('', ''),
      author('idle', 'Never Wrote'),
      post({ id: 1, creator: 'ida' }),
      post({ id: 2, creator: 'Ida Wren' }),
      post({ id: 3, creator: 'a stranger' }),
      post({ id: 4 }),
      post({ id: 5, type: 'page', creator: 'pages only' }),
    ]),
  );
  expect(await database.rows('select name, slug, email from authors order by id')).toEqual([
    { name: 'Ida', slug: 'ida-wren', email: null },
    { name: 'Ida Wren', slug: 'ida-wren-2', email: 'ida@harbour.example' },
    { name: 'Bo', slug: 'bo', email: null },
    { name: 'Never Wrote', slug: 'never-wrote', email: null },
    { name: 'a stranger', slug: 'a-stranger', email: null },
  ]);
  const bylines = await database.rows(`select articles.slug, authors.slug as author from articles
    left join article_authors on article_id = articles.id left join authors on authors.id = author_id order by articles.id`);
  expect(bylines).toEqual([
    { slug: 'post-1', author: 'ida-wren-2' },
    { slug: 'post-2', author: 'ida-wren-2' },
    { slug: 'post-3', author: 'a-stranger' },
    { slug: 'post-4', author: null },
  ]);
  expect(outcomes(report, 'authors', 'authorLinks')).toEqual(['authors 4/0/0/2', 'authorLinks 3/0/0/0']);
  expect(report.said('authors', 'skipped')).toEqual([
    'declared twice: Ida again, first at line 5',
    'has neither a login nor a name',
  ]);
  expect(report.said('authors').toSorted()).toEqual([
    'declared nowhere, only named by articles: a stranger',
    'the slug was taken: ida-wren → ida-wren-2',
    'what stands for an e-mail address is none: not an address',
  ]);
});
