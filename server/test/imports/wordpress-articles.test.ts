import { expect, test } from 'vitest';
import {
  category,
  importText,
  lineOf,
  link,
  newDatabase,
  outcomes,
  type Post,
  post,
  type TestDatabase,
  wxrExport,
} from './build-export.ts';

const FUTURE = '2999-12-31 23:59:59';

const stateOf = ({ rows }: TestDatabase) =>
  rows<{ slug: string; published: string | null; trashed: boolean }>(`select slug, deleted_at is not null as trashed,
    to_char(published_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as published from articles order by id`);

async function importPosts(posts: Post[], existingDatabase?: TestDatabase) {
  const database = existingDatabase ?? (await newDatabase());
  const elements = posts.map((fields, index) => post({ id: index + 1, ...fields }));
  return { database, report: await importText(database, wxrExport(elements)) };
}

test('posts keep the visibility of their WordPress status', async () => {
  const { database, report } = await importPosts([
    { slug: 'published', date: '2020-01-02 03:04:05' },
    { slug: 'scheduled', status: 'future', date: FUTURE },
    { slug: 'overdue', status: 'future', date: '2020-01-02 03:04:05' },
    { slug: 'ahead', date: FUTURE },
    { slug: 'draft', status: 'draft' },
    { slug: 'pending', status: 'pending' },
    { slug: 'private', status: 'private' },
    { slug: 'of-a-plugin', status: 'archived' },
    { slug: 'secret', password: 'open sesame' },
    { slug: 'undated', date: '', modified: '2021-01-01 00:00:00' },
    { slug: 'timeless', date: '', modified: '' },
    { slug: 'year-one', date: '0001-01-01 00:00:00', modified: '' },
  ]);
  expect(await stateOf(database)).toEqual([
    { slug: 'published', published: '2020-01-02 03:04', trashed: false },
    { slug: 'scheduled', published: '2999-12-31 23:59', trashed: false },
    { slug: 'overdue', published: '2020-01-02 03:04', trashed: false },
    { slug: 'ahead', published: '2999-12-31 23:59', trashed: false },
    { slug: 'draft', published: null, trashed: false },
    { slug: 'pending', published: null, trashed: false },
    { slug: 'private', published: null, trashed: false },
    { slug: 'of-a-plugin', published: null, trashed: false },
    { slug: 'secret', published: null, trashed: false },
    { slug: 'undated', published: '2021-01-01 00:00', trashed: false },
    { slug: 'timeless', published: null, trashed: false },
    { slug: 'year-one', published: null, trashed: false },
  ]);
  expect(outcomes(report, 'posts')).toEqual(['posts 12/0/0/0']);
  expect(report.entries.map(({ line, reason }) => [line - lineOf(0), reason])).toEqual([
    [2, 'scheduled for a date in the past, imported as published'],
    [3, 'published with a date in the future, imported as scheduled'],
    [5, 'pending in WordPress, imported as a draft'],
    [6, 'private in WordPress, imported as a draft'],
    [7, 'archived in WordPress, imported as a draft'],
    [8, 'password-protected in WordPress, imported as a draft'],
    [9, 'published without a date; the date of the last change is used'],
    [10, 'published without a date, imported as a draft'],
    [11, 'published without a date, imported as a draft'],
    [11, 'a date before the year 100 was ignored'],
  ]);
});

test('trashed posts are imported to the trash, with a publication date only if they had been published', async () => {
  const { database, report } = await importPosts([
    { slug: 'was-public__trashed', status: 'trash', trashedFrom: 'publish', date: '2020-01-02 03:04:05' },
    { slug: 'was-draft__trashed', status: 'trash', trashedFrom: 'draft' },
    { slug: 'was-private__trashed', status: 'trash', trashedFrom: 'private' },
    { slug: 'was-secret__trashed', status: 'trash', trashedFrom: 'publish', password: 'x' },
    { slug: 'was-public', date: '2021-01-02 03:04:05' },
  ]);
  expect(await stateOf(database)).toEqual([
    { slug: 'was-public', published: '2020-01-02 03:04', trashed: true },
    { slug: 'was-draft', published: null, trashed: true },
    { slug: 'was-private', published: null, trashed: true },
    { slug: 'was-secret', published: null, trashed: true },
    { slug: 'was-public', published: '2021-01-02 03:04', trashed: false },
  ]);
  expect(report.entries.map(({ reason }) => reason)).toEqual(
    Array(4).fill('Rubric has no custom fields: _wp_trash_meta_status'),
  );
});

test('both dates are kept, except dates in the future', async () => {
  const { database } = await importPosts([
    { date: '2020-01-02 03:04:05', modified: '2022-02-03 04:05:06' },
    { status: 'future', date: FUTURE, modified: '2023-01-01 00:00:00' },
    { date: '2020-01-02 03:04:05', modified: '' },
    { date: '2020-01-02 03:04:05', modified: FUTURE },
  ]);
  const rows = await database.rows(`select created_at, updated_at, updated_at > now() - interval '1 minute' as just_now,
    version from articles order by id`);
  expect(rows).toMatchObject([
    { created_at: new Date('2020-01-02T03:04:05Z'), updated_at: new Date('2022-02-03T04:05:06Z'), version: 1 },
    { created_at: new Date('2023-01-01T00:00:00Z'), updated_at: new Date('2023-01-01T00:00:00Z'), version: 1 },
    { created_at: new Date('2020-01-02T03:04:05Z'), updated_at: new Date('2020-01-02T03:04:05Z'), version: 1 },
    { created_at: new Date('2020-01-02T03:04:05Z'), just_now: true, version: 1 },
  ]);
});

test('titles, slugs and excerpts that are too long or missing', async () => {
  const { database, report } = await importPosts([
    { title: '', slug: 'only-a-slug' },
    { title: '\u200b', slug: '' },
    { title: '💀'.repeat(600), slug: 'long' },
    { slug: '2026' },
    { slug: 'тест_1', title: 'Проверка' },
    { title: 'Crème brûlée', slug: '' },
    { slug: 'x'.repeat(5000) },
    { excerpt: '<p>Two&nbsp;&amp;<br/>three</p>\n<script>no</script><p>four &lt;five&gt;</p>' },
    { excerpt: '<p>&nbsp;</p>' },
    { excerpt: `<b>${'é '.repeat(8000)}</b>` },
  ]);
  const rows = await database.rows('select title, slug, excerpt from articles order by id');
  expect(rows).toEqual([
    { title: 'only-a-slug', slug: 'only-a-slug', excerpt: null },
    { title: 'Untitled', slug: 'untitled', excerpt: null },
    { title: `${'💀'.repeat(499)}…`, slug: 'long', excerpt: null },
    { title: 'Post 4', slug: 'article-2026', excerpt: null },
    { title: 'Проверка', slug: 'test-1', excerpt: null },
    { title: 'Crème brûlée', slug: 'creme-brulee', excerpt: null },
    { title: 'Post 7', slug: expect.stringMatching(/^x{190,200}$/), excerpt: null },
    { title: 'Post 8', slug: 'post-8', excerpt: 'Two\u00a0& three four <five>' },
    { title: 'Post 9', slug: 'post-9', excerpt: null },
    { title: 'Post 10', slug: 'post-10', excerpt: `${'é '.repeat(4999)}é…` },
  ]);
  expect(report.messages('posts').toSorted()).toEqual([
    expect.stringMatching(/^the excerpt was truncated to 10000 characters: é/),
    'the slug is not valid in Rubric and was changed: 2026 → article-2026',
    expect.stringMatching(/^the slug is not valid in Rubric and was changed: x+… → x+…$/),
    'the slug is not valid in Rubric and was changed: тест_1 → test-1',
    'the title is missing: imported as “Untitled”',
    'the title is missing: imported as “only-a-slug”',
    expect.stringMatching(/^the title was truncated to 500 characters: 💀/u),
  ]);
});

test('slugs in use by other articles and by posts of the same file get suffixes, in more than one batch', async () => {
  const database = await newDatabase();
  await database.pool.query("insert into articles (title, slug) values ('Mine', 'same'), ('Mine too', 'same-3')");
  const { report } = await importPosts(
    Array.from({ length: 250 }, () => ({ title: 'Same', slug: 'same' })),
    database,
  );
  const rows = await database.rows<{ slug: string }>("select slug from articles where title = 'Same' order by id");
  const suffixes = [2, ...Array.from({ length: 249 }, (_, n) => n + 4)];
  expect(rows.map(({ slug }) => slug)).toEqual(suffixes.map((suffix) => `same-${suffix}`));
  expect(report.messages('posts')).toHaveLength(250);
});

test('content gets paragraphs, unless it is from the block editor, and keeps entities and shortcodes', async () => {
  const { database, report } = await importPosts([
    { content: 'One &amp; two\nthree\n\n<ul><li>four</li></ul>\n[gallery ids="1"]' },
    { content: '<!-- wp:paragraph -->\n<p>Five\nsix</p>\n<!-- /wp:paragraph -->' },
    { content: 'a ]]> b' },
  ]);
  expect(await database.rows('select content, content_format from articles order by id')).toEqual([
    {
      content: '<p>One &amp; two<br />\nthree</p>\n<ul><li>four</li>\n</ul>\n<p>[gallery ids="1"]</p>',
      content_format: 'html',
    },
    { content: '<!-- wp:paragraph -->\n<p>Five\nsix</p>\n<!-- /wp:paragraph -->', content_format: 'html' },
    { content: '<p>a ]]> b</p>', content_format: 'html' },
  ]);
  expect(report.messages('posts')).toEqual(['WordPress shortcodes were kept as text: [gallery]']);
});

test('links keep their order and are counted, and duplicates are skipped', async () => {
  const database = await newDatabase();
  const links = [
    link('b', { name: 'B' }),
    link('rope', { taxonomy: 'post_tag' }),
    link('a', { name: 'A' }),
    link('aside', { taxonomy: 'post_format' }),
    link('b', { name: 'B' }),
  ];
  const report = await importText(
    database,
    wxrExport([
      category('a', { name: 'A' }),
      category('b', { name: 'B' }),
      post({ links }),
      post({ id: 2, type: 'page', links }),
    ]),
  );
  const categoryLinks =
    await database.rows(`select slug, article_categories.position, listed_at = (select listed_at from articles) as listed
    from article_categories join categories on id = category_id order by article_categories.position`);
  expect(categoryLinks).toEqual([
    { slug: 'b', position: 1, listed: true },
    { slug: 'rope', position: 2, listed: true },
    { slug: 'a', position: 3, listed: true },
  ]);
  expect(outcomes(report, 'categoryLinks', 'tagLinks', 'otherLinks', 'pages')).toEqual([
    'categoryLinks 2/0/0/4',
    'tagLinks 1/0/0/1',
    'otherLinks 0/0/0/2',
    'pages 0/0/0/1',
  ]);
  expect(report.messages('otherLinks', 'skipped').toSorted()).toEqual([
    'Rubric has no equivalent of the taxonomy post_format: aside',
    'does not belong to a post',
  ]);
});

test('an article in more categories than MAX_IDS keeps them all, with a warning', async () => {
  const database = await newDatabase();
  const links = ['a', 'b', 'c'].map((slug) => link(slug));
  const report = await importText(database, wxrExport([post({ links })]), { maxIds: 2 });
  expect(report.messages('posts')).toContain(
    'in more categories than MAX_IDS; a request cannot send them all back: 3 categories',
  );
  expect(outcomes(report, 'categoryLinks')).toEqual(['categoryLinks 3/0/0/0']);
});

test('items without an equivalent in Rubric are skipped, each with its line', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    wxrExport([
      post({ comments: 3, sticky: true }),
      post({ id: 2, type: 'page', title: 'About', comments: 1 }),
      post({ id: 3, type: 'attachment' }),
      post({ id: 4, type: 'nav_menu_item' }),
      post({ id: 5, type: 'product', title: 'A boat' }),
    ]),
  );
  const kinds = ['posts', 'pages', 'attachments', 'menuItems', 'otherItems', 'comments'] as const;
  expect(outcomes(report, ...kinds)).toEqual([
    'posts 1/0/0/0',
    'pages 0/0/0/1',
    'attachments 0/0/0/1',
    'menuItems 0/0/0/1',
    'otherItems 0/0/0/1',
    'comments 0/0/0/4',
  ]);
  const skipped = report.entries.filter(({ what }) => what === 'skipped');
  expect(skipped.map(({ kind, line, count, detail }) => [kind, line - lineOf(0), count, detail])).toEqual([
    ['comments', 0, 3, null],
    ['comments', 1, 1, null],
    ['pages', 1, 1, 'About'],
    ['attachments', 2, 1, null],
    ['menuItems', 3, 1, null],
    ['otherItems', 4, 1, 'A boat'],
  ]);
});

test('posts are identified by id, then guid, then slug, then text, and duplicates are skipped', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    wxrExport([
      post({ id: 7, title: 'First', guid: 'g-7', links: [link('a')], creator: 'ida' }),
      post({ id: 7, title: 'Other site', guid: 'g-8' }),
      post({ id: 7, title: 'Again', guid: 'g-7', links: [link('a')], creator: 'ida' }),
      post({ id: null, title: 'No id', slug: 'no-id' }),
      post({ id: null, title: 'No id', slug: 'no-id' }),
      post({ id: null, title: 'Nothing at all', slug: '', date: '' }),
    ]),
  );
  expect(outcomes(report, 'posts', 'categoryLinks', 'authorLinks')).toEqual([
    'posts 4/0/0/2',
    'categoryLinks 1/0/0/1',
    'authorLinks 1/0/0/1',
  ]);
  expect(report.messages('posts', 'skipped')).toEqual([
    'duplicate of an earlier post: Again, first on line 5',
    'duplicate of an earlier post: No id, first on line 8',
  ]);
  const keys = await database.rows<{ external_id: string }>(
    "select external_id from imported_rows where kind = 'article' order by article_id",
  );
  expect(keys.map(({ external_id }) => external_id)).toEqual([
    'id:7',
    'guid:g-8',
    'slug:no-id',
    expect.stringMatching(/^text:[0-9a-f]{64}$/),
  ]);
});

test('posts with the id and guid of an earlier post but another slug, or with its slug but another title, are imported', async () => {
  const database = await newDatabase();
  const file = wxrExport([
    post({ id: 7, guid: 'g-7', title: 'Tides', slug: 'tides' }),
    post({ id: 7, guid: 'g-7', title: 'Fog', slug: 'fog' }),
    post({ id: 7, guid: 'g-7', title: 'Fog again', slug: 'fog' }),
    post({ id: null, title: 'Knots', slug: 'untitled' }),
    post({ id: null, title: 'Rope', slug: 'untitled' }),
  ]);
  const report = await importText(database, file);
  expect(await database.rows('select title, slug from articles order by id')).toEqual([
    { title: 'Tides', slug: 'tides' },
    { title: 'Fog', slug: 'fog' },
    { title: 'Knots', slug: 'untitled' },
    { title: 'Rope', slug: 'untitled-2' },
  ]);
  expect(report.messages('posts', 'skipped')).toEqual(['duplicate of an earlier post: Fog again, first on line 6']);
  expect(report.messages('posts').filter((message) => message.startsWith('has the id'))).toEqual([
    'has the id and guid, or the slug, of an earlier post; imported as another post: Fog',
    'has the id and guid, or the slug, of an earlier post; imported as another post: Rope',
  ]);
  expect(outcomes(await importText(database, file), 'posts')).toEqual(['posts 0/0/4/1']);
});

test('posts of files without a site URL are identified by guid', async () => {
  const database = await newDatabase();
  const fileOf = (title: string) =>
    wxrExport([post({ title, guid: `https://${title}.example/?p=1`, slug: title })], { url: '', title: '' });
  const first = await importText(database, fileOf('one'));
  expect(first.messages('file')).toEqual([
    'the file does not name its site; its title and the guids of posts are used instead',
  ]);
  expect(outcomes(await importText(database, fileOf('two')), 'posts')).toEqual(['posts 1/0/0/0']);
  expect(outcomes(await importText(database, fileOf('one')), 'posts')).toEqual(['posts 0/0/1/0']);
});

test('the addresses of posts and their menu order are reported', async () => {
  const address = (path: string) => `<link>https://harbour.example/${path}</link>`;
  const report = await importText(
    await newDatabase(),
    wxrExport([
      post({ links: [address('2024/06/tides'), '<wp:menu_order>3</wp:menu_order>'] }),
      post({ id: 2, links: ['<wp:menu_order>0</wp:menu_order>'] }),
      post({ id: 3, type: 'page', links: [address('about'), '<wp:menu_order>1</wp:menu_order>'] }),
      post({ id: 1, title: 'Again', guid: 'https://harbour.example/?p=1', links: [address('again')] }),
    ]),
  );
  expect(outcomes(report, 'posts', 'addresses')).toEqual(['posts 2/0/0/1', 'addresses 1/0/0/1']);
  expect(report.messages('addresses', 'skipped')).toEqual(['its post was skipped: https://harbour.example/again']);
  expect(report.messages('posts')).toEqual(['the menu order was left out: Post 1: 3']);
});

test('custom fields are reported by key, with the addresses of featured images', async () => {
  const meta = (key: string, value: string) =>
    `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value>${value}</wp:meta_value></wp:postmeta>`;
  const fields = meta('_thumbnail_id', '77') + meta('_wp_old_slug', 'older') + meta('mood', 'calm');
  const image = `<wp:attachment_url>https://harbour.example/${'long/'.repeat(60)}pier.jpg</wp:attachment_url>`;
  const report = await importText(
    await newDatabase(),
    wxrExport([
      post({ links: [fields] }),
      post({ id: 2, links: [meta('mood', 'grey')] }),
      post({ id: 3, links: [meta(`_oembed_${'0a'.repeat(16)}`, 'x'), meta(`_oembed_${'1b'.repeat(16)}`, 'y')] }),
      post({ id: 77, type: 'attachment', links: [image] }),
    ]),
  );
  const url = `https://harbour.example/${'long/'.repeat(60)}pier.jpg`;
  expect(report.messages('customFields', 'skipped')).toEqual([
    `Rubric has no custom fields: _thumbnail_id: ${url}`,
    'Rubric has no custom fields: mood',
    'Rubric has no custom fields: mood',
    `Rubric has no custom fields: _oembed_…: _oembed_${'0a'.repeat(16)}`,
    `Rubric has no custom fields: _oembed_…: _oembed_${'1b'.repeat(16)}`,
  ]);
  expect(report.messages('addresses', 'skipped')).toEqual(['the address of the post does not end in its slug: older']);
  expect(report.messages('attachments', 'skipped')).toEqual([
    `Rubric stores no files; articles still link to the originals: ${url}`,
  ]);
});
