import { expect, test } from 'vitest';
import {
  author,
  category,
  categoryTree,
  importText,
  lineOf,
  link,
  newDatabase,
  outcomes,
  post,
  tag,
  term,
  wxrExport,
} from './build-export.ts';

test('the category tree is created in any file order, with parents by slug or, as in WXR 1.0, by name', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    wxrExport([
      post({ links: [link('rigs')] }),
      category('rigs', { name: 'Rigs', parent: 'sail', description: 'Sloops and yawls' }),
      category('sail', { name: 'Sail', parent: 'Boats & Ships' }),
      category('boats', { name: 'Boats &amp; Ships' }),
      category('knots', { name: 'Knots' }),
    ]),
  );
  expect(await categoryTree(database)).toEqual([
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

test('categories with a missing parent, in a cycle or with themselves as parent are imported at the top level, with a warning', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    wxrExport([
      category('lost', { parent: 'nowhere' }),
      category('hen', { parent: 'egg' }),
      category('egg', { parent: 'chick' }),
      category('chick', { parent: 'hen' }),
      category('self', { parent: 'self' }),
      category('feather', { parent: 'chick' }),
    ]),
  );
  expect(await categoryTree(database)).toEqual([
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
      reason: 'its parent is not in the file; imported at the top level',
      detail: 'nowhere',
    },
    {
      kind: 'categories',
      line: lineOf(1),
      reason: 'its ancestors form a cycle; imported at the top level',
      detail: 'hen',
    },
    {
      kind: 'categories',
      line: lineOf(4),
      reason: 'its ancestors form a cycle; imported at the top level',
      detail: 'self',
    },
  ]);
});

test('a parent can be the id of a category, and 0 is no parent, unless a category has this slug', async () => {
  const database = await newDatabase();
  const withId = (id: number, slug: string, parent: string) =>
    category(slug, { parent }).replace('<wp:category>', `<wp:category><wp:term_id>${id}</wp:term_id>`);
  const elements = [withId(7, 'sail', '9'), withId(8, 'gaff', '7'), withId(9, 'boats', '0'), tag('rope')];
  const file = wxrExport(elements);
  const report = await importText(database, file.replace('</wp:tag>', '<wp:tag_parent>0</wp:tag_parent></wp:tag>'));
  expect(await categoryTree(database)).toEqual([
    'boats [boats]',
    'boats [boats] > sail [sail]',
    'boats [boats] > sail [sail] > gaff [gaff]',
    'Tags [tags]',
    'Tags [tags] > rope [rope]',
  ]);
  expect([...report.messages('categories'), ...report.messages('tags')]).toEqual([]);
  expect(await database.rows("select path from redirects where path like '%gaff'")).toEqual([
    { path: '/category/boats/sail/gaff' },
  ]);
  const other = await newDatabase();
  await importText(other, wxrExport([withId(2013, 'news', '7'), withId(7, 'old', '2013'), withId(8, '2013', '')]));
  expect(await categoryTree(other)).toEqual([
    '2013 [category-2013]',
    '2013 [category-2013] > old [old]',
    '2013 [category-2013] > old [old] > news [news]',
  ]);
});

test('a nicename with blanks is a name, and means the category with the slug that WordPress makes of it', async () => {
  const database = await newDatabase();
  const elements = [
    category('Boats & Big Ships', { name: 'Boats & Big Ships' }),
    category('Sail', { parent: 'Boats & Big Ships' }),
    post({ links: [link('boats-big-ships'), link('Long Knots'), link('long-knots'), link('★ ★')] }),
  ];
  const report = await importText(database, wxrExport(elements));
  expect(await categoryTree(database)).toEqual([
    'Boats & Big Ships [boats-big-ships]',
    'Boats & Big Ships [boats-big-ships] > Sail [sail]',
    'Long Knots [long-knots]',
    '★ ★ [category]',
  ]);
  expect(outcomes(report, 'categories', 'categoryLinks')).toEqual(['categories 4/0/0/0', 'categoryLinks 3/0/0/1']);
});

test('a category that is declared without a name has that of its links, or its slug', async () => {
  const database = await newDatabase();
  const nameless = (slug: string) => category(slug).replace(/<wp:cat_name>.*<\/wp:cat_name>/, '');
  const elements = [
    nameless('knots'),
    post({ links: [link('knots'), link('knots', { name: 'Knots & Bends' }), link('sail', { name: 'Sail' })] }),
    post({ id: 2, links: [link(null, { name: 'Knots & Bends' })] }),
    nameless('sail'),
    nameless('rigs'),
  ];
  const report = await importText(database, wxrExport(elements));
  expect(await categoryTree(database)).toEqual(['Knots & Bends [knots]', 'Sail [sail]', 'rigs [rigs]']);
  expect(outcomes(report, 'categories', 'categoryLinks')).toEqual(['categories 3/0/0/0', 'categoryLinks 3/0/0/1']);
  expect(report.messages('categories')).toEqual([]);
});

test('a category declared twice, as a wp:term or only used by posts is created once', async () => {
  const database = await newDatabase();
  const links = [link('sail'), link('unheard'), link(null, { name: 'Sail' }), link(null, { name: 'Just a name' })];
  const report = await importText(
    database,
    wxrExport([
      category('sail', { name: 'Sail' }),
      term('category', 'sail', { name: 'Sailing', parent: 'boats', description: 'With wind' }),
      term('category', 'boats'),
      term('nav_menu', 'top', { name: 'Top menu' }),
      post({ links }),
    ]),
  );
  expect(await categoryTree(database)).toEqual([
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
  expect(report.messages('categories', 'skipped')).toEqual(['declared twice: Sailing, first on line 5']);
  expect(report.messages('otherTerms', 'skipped')).toEqual([
    'Rubric has no equivalent of the taxonomy nav_menu: Top menu',
  ]);
  expect(report.messages('categoryLinks', 'skipped')).toEqual(['duplicate link: Sail, first on line 9']);
  expect(report.messages('categories')).toEqual([
    'used by posts but not declared in the file: unheard',
    'used by posts but not declared in the file: Just a name',
  ]);
});

test('siblings with the same name, or names that look the same, are all created', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    wxrExport([
      category('one', { name: 'Café' }),
      category('two', { name: 'CAFE\u0301' }),
      category('three', { name: 'Café (two)' }),
      category('below', { name: 'Café', parent: 'one' }),
      tag('a', 'Rope'),
      tag('b', 'rope'),
      tag('c', 'Ro\u00adpe'),
    ]),
  );
  expect(await categoryTree(database)).toEqual([
    'Café [one]',
    'Café [one] > Café [below]',
    'CAFE\u0301 (two 2) [two]',
    'Café (two) [three]',
    'Tags [tags]',
    'Tags [tags] > Rope [a]',
    'Tags [tags] > rope (b) [b]',
    'Tags [tags] > Ro\u00adpe (c) [c]',
  ]);
  expect(report.messages('categories')).toEqual([
    'a sibling category already has the name: CAFE\u0301 → CAFE\u0301 (two 2)',
  ]);
  expect(report.messages('tags')).toEqual([
    'a sibling category already has the name: rope → rope (b)',
    'a sibling category already has the name: Ro\u00adpe → Ro\u00adpe (c)',
  ]);
});

test('a name without a slug means the term with that name, else one that looks the same, and the report has the spelling', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    wxrExport([
      post({ links: [link(null, { name: 'STRASSE' }), link(null, { name: 'café' }), link(null, { name: 'ﬁsh' })] }),
      post({ id: 2, links: [link(null, { name: 'Fish' }), link(null, { name: 'STRASSE' })] }),
      category('street', { name: 'Straße' }),
      category('one', { name: 'Café' }),
      category('two', { name: 'café' }),
    ]),
  );
  expect(await categoryTree(database)).toEqual(['ﬁsh [fish]', 'Straße [street]', 'Café [one]', 'café (two) [two]']);
  expect(
    await database.rows(`select array_agg(category.slug order by link.position) as slugs
      from article_categories as link join categories as category on category.id = category_id group by article_id order by article_id`),
  ).toEqual([{ slugs: ['street', 'two', 'fish'] }, { slugs: ['fish', 'street'] }]);
  expect(report.messages('categories')).toEqual([
    'named by a post without a slug and in another spelling: STRASSE, as Straße',
    'named by a post without a slug and in another spelling: Fish, as ﬁsh',
    'used by posts but not declared in the file: ﬁsh',
    'a sibling category already has the name: café → café (two)',
  ]);
});

test('terms without a slug whose names look the same are one, and the report names the others', async () => {
  const database = await newDatabase();
  const named = (name: string, parent = '') =>
    `<wp:category><wp:cat_name>${name}</wp:cat_name><wp:category_parent>${parent}</wp:category_parent></wp:category>`;
  const report = await importText(
    database,
    wxrExport([named('Fish'), named('Sea'), named('ﬁsh', 'SEA'), named('Fi\u00adsh'), post({ links: [link('x')] })]),
  );
  expect(await categoryTree(database)).toEqual(['Sea [sea]', 'Sea [sea] > Fish [fish]', 'x [x]']);
  expect(report.messages('categories', 'skipped')).toEqual([
    'declared twice: ﬁsh, first on line 5',
    'declared twice: Fi\u00adsh, first on line 5',
  ]);
});

test('metadata of terms is reported by key', async () => {
  const meta = (key: string) =>
    `<wp:termmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value>x</wp:meta_value></wp:termmeta>`;
  const withMeta = (element: string, ...keys: string[]) =>
    element.replace(/<\/wp:\w+>$/, (end) => keys.map(meta).join('') + end);
  const report = await importText(
    await newDatabase(),
    wxrExport([
      withMeta(category('boats'), 'color', 'icon'),
      withMeta(tag('rope'), 'color'),
      withMeta(term('nav_menu', 'top'), 'place'),
    ]),
  );
  expect(outcomes(report, 'termMeta')).toEqual(['termMeta 0/0/0/4']);
  expect(report.messages('termMeta', 'skipped')).toEqual([
    'Rubric has no metadata of categories: color',
    'Rubric has no metadata of categories: color',
    'Rubric has no metadata of categories: icon',
    'Rubric has no metadata of categories: place',
  ]);
});

test('slugs are converted to valid ones, and slugs in use get a suffix', async () => {
  const database = await newDatabase();
  await database.pool.query("insert into categories (name, slug) values ('Mine', 'news')");
  const report = await importText(
    database,
    wxrExport([
      category('news', { name: 'News' }),
      category('%e3%83%86%e3%82%b9%e3%83%88', { name: 'テスト' }),
      category('2026', { name: 'This year' }),
      category('a_b', { name: 'Under' }),
      category('a.b', { name: 'Dot' }),
      tag('news', 'News'),
    ]),
  );
  expect(await categoryTree(database)).toEqual([
    'Mine [news]',
    'News [news-2]',
    'テスト [tesuto]',
    'This year [category-2026]',
    'Under [a-b]',
    'Dot [a-b-2]',
    'Tags [tags]',
    'Tags [tags] > News [news-3]',
  ]);
  expect(report.messages('categories').toSorted()).toEqual([
    'the slug is not valid in Rubric and was changed: 2026 → category-2026',
    'the slug is not valid in Rubric and was changed: a.b → a-b',
    'the slug is not valid in Rubric and was changed: a_b → a-b',
    'the slug is not valid in Rubric and was changed: テスト → tesuto',
    'the slug was already in use: a-b → a-b-2',
    'the slug was already in use: news → news-2',
  ]);
});

test('names and descriptions that are too long or missing', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    wxrExport([
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
  expect(report.messages('categories', 'skipped')).toEqual(['has neither a slug nor a name']);
  expect(report.messages('categories').toSorted()).toEqual([
    expect.stringContaining('a sibling category already has the name: 💀'),
    `the description was truncated to 10000 characters: ${'é'.repeat(59)}…`,
    'the name is missing: imported as “invisible”',
    expect.stringContaining('the name was truncated to 200 characters: 💀'),
    expect.stringContaining('the name was truncated to 200 characters: 💀'),
  ]);
});

test('creates a chain of 200 nested categories', async () => {
  const database = await newDatabase();
  const chain = Array.from({ length: 200 }, (_, n) => category(`c${n}`, { parent: `c${n + 1}` }));
  const report = await importText(database, wxrExport(chain));
  expect(outcomes(report, 'categories')).toEqual(['categories 200/0/0/0']);
  const [deepest] = (await categoryTree(database)).toReversed();
  expect(deepest?.split(' > ')).toHaveLength(200);
});

test('tags become a flat list below Tags, or are skipped', async () => {
  const database = await newDatabase();
  const elements = [
    tag('rope', 'Rope'),
    term('post_tag', 'knot', { parent: 'rope' }),
    category('boats'),
    post({ links: [link('knot', { taxonomy: 'post_tag' }), link('boats'), link('rope', { taxonomy: 'post_tag' })] }),
  ];
  const without = await importText(database, wxrExport(elements), { importTags: false });
  expect(await categoryTree(database)).toEqual(['boats [boats]']);
  expect(outcomes(without, 'tags', 'tagLinks', 'categoryLinks')).toEqual([
    'tags 0/0/0/2',
    'tagLinks 0/0/0/2',
    'categoryLinks 1/0/0/0',
  ]);
  expect(without.messages('tags', 'skipped')).toEqual(['skipped by --tags skip: Rope', 'skipped by --tags skip: knot']);

  const withTags = await importText(database, wxrExport(elements));
  expect(await categoryTree(database)).toEqual([
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
  expect(withTags.messages('tags')).toEqual(['the parent was ignored: tags are imported as a flat list: rope']);
  expect(withTags.messages('file')).toEqual(['created a parent category for the tags: Tags, slug tags']);
  const links = await database.rows(
    'select slug from article_categories join categories on id = category_id order by article_categories.position',
  );
  expect(links).toEqual([{ slug: 'knot' }, { slug: 'boats' }, { slug: 'rope' }]);

  const again = await importText(database, wxrExport(elements), { importTags: false });
  expect(outcomes(again, 'tags', 'tagLinks', 'posts')).toEqual(['tags 0/0/0/2', 'tagLinks 0/0/0/2', 'posts 0/0/1/0']);
  const moved = [
    ...elements.slice(0, 3),
    category('knots'),
    post({ links: [link('knots'), link('rope', { taxonomy: 'post_tag' })] }),
  ];
  expect(
    outcomes(await importText(database, wxrExport(moved), { importTags: false }), 'categoryLinks', 'posts'),
  ).toEqual(['categoryLinks 1/0/0/0', 'posts 0/1/0/0']);
  const linksAfterSkip = await database.rows(
    'select slug from article_categories join categories on id = category_id order by article_categories.position',
  );
  expect(linksAfterSkip, 'links to skipped tags stay').toEqual([{ slug: 'knots' }, { slug: 'knot' }, { slug: 'rope' }]);
});

test('authors by login, by name, declared twice, and only used by posts', async () => {
  const database = await newDatabase();
  await database.pool.query("insert into authors (name, slug) values ('Ida', 'ida-wren')");
  const report = await importText(
    database,
    wxrExport([
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
  expect(report.messages('authors', 'skipped')).toEqual([
    'declared twice: Ida again, first on line 5',
    'has neither a login nor a name',
  ]);
  expect(report.messages('authors').toSorted()).toEqual([
    'the email address is invalid and was left out: not an address',
    'the slug was already in use: ida-wren → ida-wren-2',
    'used by posts but not declared in the file: a stranger',
  ]);
});
