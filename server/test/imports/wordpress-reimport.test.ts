import { describe, expect, test } from 'vitest';
import { importWordPress } from '../../src/imports/wordpress/wordpress.service.ts';
import {
  allRows,
  author,
  category,
  categoryTree,
  importText,
  inChunks,
  link,
  newDatabase,
  outcomes,
  type Post,
  post,
  tag,
  wxrExport,
} from './build-export.ts';

const DEFINITIONS = [
  author('ida', 'Ida Wren'),
  category('boats', { name: 'Boats' }),
  category('sail', { name: 'Sail', parent: 'boats' }),
  tag('rope', 'Rope'),
];
const POST: Post = {
  title: 'Knots',
  slug: 'knots',
  content: 'Left over right.',
  excerpt: 'How to tie',
  creator: 'ida',
  links: [link('boats'), link('sail'), link('rope', { taxonomy: 'post_tag' })],
};
const exportWith = (fields: Post = {}, definitions = DEFINITIONS) =>
  wxrExport([...definitions, post({ ...POST, ...fields })]);

/** Returns a database into which {@link exportWith} was imported. */
async function databaseWithImport() {
  const database = await newDatabase();
  await importText(database, exportWith());
  const article = async () => (await database.rows('select * from articles'))[0] ?? {};
  const linkedSlugs = async () =>
    (
      await database.rows<{ slug: string }>(`select slug from article_categories join categories on id = category_id
        order by article_id, article_categories.position`)
    ).map(({ slug }) => slug);
  return { ...database, article, linkedSlugs };
}

test('an import changes the article and leaves its working draft alone', async () => {
  const database = await databaseWithImport();
  const { id } = await database.article();
  await database.rows(`insert into article_drafts (article_id, version, base_version, title, slug, category_ids, author_ids)
    select id, version + 1, version, 'Draft', slug, '{}', '{}' from articles where id = ${id}`);
  const drafts = () => database.rows('select * from article_drafts');
  const before = await drafts();
  await importText(database, exportWith({ content: 'Right over left.' }));
  expect((await database.article())['content']).toContain('Right over left.');
  expect(await drafts()).toEqual(before);
  expect(before).toHaveLength(1);
});

test('a second import of a file reports everything as unchanged and writes nothing', async () => {
  const database = await databaseWithImport();
  const before = await allRows(database);
  const report = await importText(database, exportWith());
  expect(
    outcomes(report, 'authors', 'categories', 'tags', 'posts', 'categoryLinks', 'tagLinks', 'authorLinks'),
  ).toEqual([
    'authors 0/0/1/0',
    'categories 0/0/2/0',
    'tags 0/0/1/0',
    'posts 0/0/1/0',
    'categoryLinks 0/0/2/0',
    'tagLinks 0/0/1/0',
    'authorLinks 0/0/1/0',
  ]);
  expect(report.entries).toEqual([]);
  expect(await allRows(database)).toEqual(before);
});

test('the URL of a site is compared without the protocol and the trailing slash', async () => {
  const database = await databaseWithImport();
  const file = exportWith().replace(
    '<wp:base_blog_url>https://harbour.example',
    '<wp:base_blog_url>http://HARBOUR.example/',
  );
  expect(outcomes(await importText(database, file), 'posts', 'categories')).toEqual([
    'posts 0/0/1/0',
    'categories 0/0/2/0',
  ]);
});

test('a dry run returns the report and writes nothing', async () => {
  const database = await newDatabase();
  const before = await allRows(database);
  const report = await importText(database, exportWith(), { dryRun: true });
  expect(outcomes(report, 'posts', 'categories', 'categoryLinks')).toEqual([
    'posts 1/0/0/0',
    'categories 2/0/0/0',
    'categoryLinks 2/0/0/0',
  ]);
  expect(await allRows(database)).toEqual(before);
});

describe('only parts that changed in the file are updated', () => {
  test.each<[string, Post, string, object]>([
    ['title', { title: 'Bends' }, 'title', { title: 'Bends', slug: 'knots', content: '<p>Left over right.</p>' }],
    ['slug', { slug: 'bends' }, 'slug', { slug: 'bends' }],
    ['excerpt', { excerpt: '' }, 'excerpt', { excerpt: null }],
    ['content', { content: 'Right over left.' }, 'content', { content: '<p>Right over left.</p>' }],
    ['withdrawn', { status: 'private' }, 'state', { published_at: null, deleted_at: null }],
    ['trashed', { status: 'trash' }, 'state, trash', { deleted_at: expect.any(Date), slug: 'knots' }],
    ['changed', { modified: '2024-07-01 00:00:00' }, 'modified', { updated_at: new Date('2024-07-01T00:00:00Z') }],
  ])('%s', async (_, fields, parts, row) => {
    const database = await databaseWithImport();
    const report = await importText(database, exportWith(fields));
    expect(await database.article()).toMatchObject({ ...row, version: 2 });
    expect(await database.linkedSlugs()).toEqual(['boats', 'sail', 'rope']);
    expect(outcomes(report, 'posts', 'categoryLinks', 'authorLinks')).toEqual([
      'posts 0/1/0/0',
      'categoryLinks 0/0/2/0',
      'authorLinks 0/0/1/0',
    ]);
    expect(report.messages('posts', 'updated')).toEqual([`changed in the file: ${parts}`]);
    expect(outcomes(await importText(database, exportWith(fields)), 'posts')).toEqual(['posts 0/0/1/0']);
  });

  test('links are added, kept and removed, in file order', async () => {
    const database = await databaseWithImport();
    const links = [link('new'), link('rope', { taxonomy: 'post_tag' }), link('boats')];
    const report = await importText(
      database,
      exportWith({ links, creator: 'bo' }, [...DEFINITIONS, category('new'), author('bo')]),
    );
    expect(await database.linkedSlugs()).toEqual(['new', 'rope', 'boats']);
    // One for the categories and one for the authors, which are two statements.
    expect(await database.article()).toMatchObject({ version: 3 });
    expect(outcomes(report, 'posts', 'categories', 'categoryLinks', 'tagLinks', 'authorLinks')).toEqual([
      'posts 0/1/0/0',
      'categories 1/0/2/0',
      'categoryLinks 1/0/1/0',
      'tagLinks 0/0/1/0',
      'authorLinks 1/0/0/0',
    ]);
    expect(report.messages('posts')).toEqual(['category links that the file no longer has were removed: 1 removed']);
    expect(await database.rows('select name from article_authors join authors on id = author_id')).toEqual([
      { name: 'bo' },
    ]);
  });

  test('a draft is published with its links, and an article restored from the trash gets a slug that is not in use', async () => {
    const database = await newDatabase();
    await importText(database, exportWith({ status: 'draft' }));
    await importText(database, exportWith());
    const articles = () => database.rows('select slug, deleted_at from articles order by id');
    expect(await database.rows('select distinct listed_at from article_categories')).toEqual([
      { listed_at: new Date('2024-06-05T16:04:48Z') },
    ]);
    await importText(database, exportWith({ status: 'trash' }));
    await database.pool.query("insert into articles (title, slug) values ('Mine', 'knots')");
    const report = await importText(database, exportWith());
    expect(report.messages('posts')).toEqual(['the slug was already in use: knots → knots-2']);
    expect(await articles()).toEqual([
      { slug: 'knots-2', deleted_at: null },
      { slug: 'knots', deleted_at: null },
    ]);
  });

  test('name, description and parent of categories; name and email of authors', async () => {
    const database = await databaseWithImport();
    const report = await importText(
      database,
      exportWith({}, [
        author('ida', 'Ida W.', 'ida@harbour.example'),
        category('boats', { name: 'Ships' }),
        category('sail', { name: 'Ships', description: 'With wind' }),
        tag('rope', 'Ropes'),
      ]),
    );
    expect(await categoryTree(database)).toEqual([
      'Ships [boats]',
      'Ships (sail) [sail]',
      'Tags [tags]',
      'Tags [tags] > Ropes [rope]',
    ]);
    expect(report.messages('categories', 'updated')).toEqual([
      'changed in the file: name',
      'changed in the file: name, description, parent, address',
    ]);
    expect(report.messages('categories')).toEqual(['a sibling category already has the name: Ships → Ships (sail)']);
    expect(await database.rows('select name, slug, email from authors')).toEqual([
      { name: 'Ida W.', slug: 'ida-wren', email: 'ida@harbour.example' },
    ]);
    expect(outcomes(report, 'posts', 'tags', 'authors')).toEqual(['posts 0/0/1/0', 'tags 0/1/0/0', 'authors 0/1/0/0']);
  });

  test('the names of siblings, exchanged or passed on', async () => {
    const database = await newDatabase();
    const named = (...names: string[]) =>
      wxrExport(names.map((name, index) => category(['a', 'b', 'c', 'd'][index] ?? '', { name })));
    await importText(database, named('News', 'Views', 'Letters', 'Sport'));
    const report = await importText(database, named('Views', 'Letters', 'News', 'Sports'));
    expect(await categoryTree(database)).toEqual(['Views [a]', 'Letters [b]', 'News [c]', 'Sports [d]']);
    expect(report.messages('categories')).toEqual([]);
    await importText(database, named('Sports', 'Letters', 'News', 'Sport'));
    expect(await categoryTree(database)).toEqual(['Sports [a]', 'Letters [b]', 'News [c]', 'Sport [d]']);
  });

  test('a partial export of the same site removes nothing and finds parents of an earlier export', async () => {
    const database = await databaseWithImport();
    const links = [link('sail'), link('rigs')];
    const elements = [category('rigs', { parent: 'sail' }), post({ id: 2, creator: 'ida', links })];
    const report = await importText(database, wxrExport(elements));
    expect(await categoryTree(database)).toEqual([
      'Boats [boats]',
      'Boats [boats] > Sail [sail]',
      'Boats [boats] > Sail [sail] > rigs [rigs]',
      'Tags [tags]',
      'Tags [tags] > Rope [rope]',
    ]);
    expect(outcomes(report, 'categories', 'authors', 'posts')).toEqual([
      'categories 1/0/1/0',
      'authors 0/0/1/0',
      'posts 1/0/0/0',
    ]);
  });
});

describe('edits in Rubric since the last import', () => {
  test('edits stay if the file did not change', async () => {
    const database = await databaseWithImport();
    await database.pool.query("update articles set title = 'Mine', content = 'Mine'");
    await database.pool.query(
      "delete from article_categories where category_id = (select id from categories where slug = 'sail')",
    );
    await database.pool.query("update categories set name = 'Vessels' where slug = 'boats'");
    const before = await allRows(database);
    const report = await importText(database, exportWith());
    expect(outcomes(report, 'posts', 'categories', 'categoryLinks')).toEqual([
      'posts 0/0/1/0',
      'categories 0/0/2/0',
      'categoryLinks 0/0/2/0',
    ]);
    expect(await allRows(database)).toEqual(before);
  });

  test('edits are overwritten only in parts that changed in the file, with a warning', async () => {
    const database = await databaseWithImport();
    await database.pool.query("update articles set title = 'Mine', content = 'Mine'");
    const report = await importText(database, exportWith({ content: 'Theirs', modified: '2024-07-01 00:00:00' }));
    expect(await database.article()).toMatchObject({ title: 'Mine', content: '<p>Theirs</p>', version: 3 });
    expect(report.messages('posts')).toEqual([
      'also edited in Rubric; the parts that changed in the file were overwritten: Knots',
    ]);
    const [row] = await database.rows<{ now: boolean }>(
      "select updated_at > now() - interval '1 minute' as now from articles",
    );
    expect(row?.now, 'updated_at is not set back').toBe(true);
  });

  test('edits of categories stay if only the tags changed in the file, and vice versa', async () => {
    const database = await databaseWithImport();
    await database.pool.query(
      "delete from article_categories where category_id = (select id from categories where slug = 'sail')",
    );
    await database.pool.query("insert into categories (name, slug) values ('Mine', 'mine')");
    await database.pool.query(`insert into article_categories select articles.id, categories.id, 9, articles.listed_at
      from articles, categories where categories.slug = 'mine'`);
    const rope = link('rope', { taxonomy: 'post_tag' });
    const twine = link('twine', { taxonomy: 'post_tag' });
    const report = await importText(database, exportWith({ links: [twine, link('boats'), link('sail'), rope] }));
    expect(await database.linkedSlugs()).toEqual(['twine', 'boats', 'rope', 'mine']);
    expect(outcomes(report, 'tagLinks', 'categoryLinks')).toEqual(['tagLinks 1/0/1/0', 'categoryLinks 0/0/2/0']);
    await database.pool.query(
      "delete from article_categories where category_id = (select id from categories where slug = 'rope')",
    );
    await importText(database, exportWith({ links: [twine, link('sail'), rope] }));
    expect(await database.linkedSlugs()).toEqual(['twine', 'sail']);
  });

  test('an article in the trash stays there, even if it changes in the file', async () => {
    const database = await databaseWithImport();
    await database.pool.query('update articles set deleted_at = now()');
    expect(outcomes(await importText(database, exportWith()), 'posts')).toEqual(['posts 0/0/1/0']);
    const report = await importText(database, exportWith({ title: 'Bends' }));
    expect(report.messages('posts')).toContain('in the trash in Rubric; it was not restored: Bends');
    expect(await database.article()).toMatchObject({ title: 'Bends', deleted_at: expect.any(Date) });
  });

  test('a permanently deleted article or category is created again, and nothing else changes', async () => {
    const database = await databaseWithImport();
    await database.pool.query("delete from categories where slug = 'sail'");
    expect(outcomes(await importText(database, exportWith()), 'categories', 'posts')).toEqual([
      'categories 1/0/1/0',
      'posts 0/0/1/0',
    ]);
    expect(await database.linkedSlugs(), 'the link to the deleted category is not restored').toEqual(['boats', 'rope']);
    await database.pool.query('delete from articles');
    expect(outcomes(await importText(database, exportWith()), 'posts', 'categoryLinks')).toEqual([
      'posts 1/0/0/0',
      'categoryLinks 2/0/0/0',
    ]);
    expect(await database.linkedSlugs()).toEqual(['boats', 'sail', 'rope']);
  });

  test('the parent category of the tags is created again only for a new tag', async () => {
    const database = await databaseWithImport();
    await database.pool.query("update categories set parent_id = null where slug = 'rope'");
    await database.pool.query("delete from categories where slug = 'tags'");
    await importText(database, exportWith());
    expect(await categoryTree(database)).toEqual(['Boats [boats]', 'Boats [boats] > Sail [sail]', 'Rope [rope]']);
    await importText(database, exportWith({}, [...DEFINITIONS, tag('twine')]));
    expect(await categoryTree(database)).toEqual([
      'Boats [boats]',
      'Boats [boats] > Sail [sail]',
      'Rope [rope]',
      'Tags [tags]',
      'Tags [tags] > twine [twine]',
    ]);
  });

  test('a category is not moved below one of its descendants', async () => {
    const database = await databaseWithImport();
    const moveBelowRigs =
      "update categories set parent_id = (select id from categories where slug = 'rigs') where slug = 'boats'";
    await importText(database, exportWith({}, [...DEFINITIONS, category('rigs')]));
    await database.pool.query(moveBelowRigs);
    const report = await importText(
      database,
      exportWith({}, [...DEFINITIONS, category('rigs', { name: 'Rigs', parent: 'boats' })]),
    );
    expect(report.messages('categories')).toEqual([
      'its new parent is a descendant in Rubric; the category was not moved: Rigs',
    ]);
    expect(await categoryTree(database)).toEqual([
      'Tags [tags]',
      'Tags [tags] > Rope [rope]',
      'Rigs [rigs]',
      'Rigs [rigs] > Boats [boats]',
      'Rigs [rigs] > Boats [boats] > Sail [sail]',
    ]);
  });
});

test.each<[string, string, RegExp]>([
  [
    'loses a post',
    exportWith().replace(/<item>.*<\/item>/, ''),
    /does not match the file: 1 posts in the file, 0 in the report/,
  ],
  ['gets a category', exportWith({ links: [link('unheard')] }), /The file changed during the import/],
  ['is truncated', exportWith().slice(0, -20), /The XML is malformed/],
])('a file that %s between the two passes imports nothing', async (_, secondPass, message) => {
  const database = await newDatabase();
  const before = await allRows(database);
  const passes = [exportWith(), secondPass];
  const importing = importWordPress(database.db, () => inChunks(passes.shift() ?? ''), {
    dryRun: false,
    importTags: true,
    maxIds: 1_000,
  });
  await expect(importing).rejects.toThrow(message);
  expect(await allRows(database)).toEqual(before);
});

test('of two concurrent imports of a file, the second waits and reports everything as unchanged', async () => {
  const database = await newDatabase();
  const posts = Array.from({ length: 150 }, (_, n) => post({ ...POST, id: n + 1, slug: `knots-${n}` }));
  const file = wxrExport([...DEFINITIONS, ...posts]);
  const reports = await Promise.all([importText(database, file), importText(database, file)]);
  const summaries = reports.map((report) => outcomes(report, 'posts', 'categoryLinks').join());
  expect(summaries.toSorted()).toEqual([
    'posts 0/0/150/0,categoryLinks 0/0/300/0',
    'posts 150/0/0/0,categoryLinks 300/0/0/0',
  ]);
  expect(await database.rows('select count(*)::int as links from article_categories')).toEqual([{ links: 450 }]);
});

test('concurrent writers that use the same slugs do not make an import fail', async () => {
  const database = await newDatabase();
  const posts = Array.from({ length: 300 }, (_, n) => post({ id: n + 1, slug: `knots-${n + 2}`, title: 'Knots' }));
  const state = { isDone: false };
  const insertConcurrently = async () => {
    for (let n = 299; n > 0 && !state.isDone; n -= 1) {
      await database.pool.query('insert into articles (title, slug) values ($1, $2) on conflict do nothing', [
        'Rival',
        `knots-${n + 2}`,
      ]);
    }
  };
  const importing = importText(database, wxrExport(posts)).finally(() => {
    state.isDone = true;
  });
  const [report] = await Promise.all([importing, insertConcurrently()]);
  expect(outcomes(report, 'posts')).toEqual(['posts 300/0/0/0']);
  expect(await database.rows("select count(*)::int as imported from articles where title = 'Knots'")).toEqual([
    { imported: 300 },
  ]);
});

test('two sites have separate authors, categories and tags', async () => {
  const database = await databaseWithImport();
  const report = await importText(database, wxrExport([...DEFINITIONS, post(POST)], { url: 'https://other.example' }));
  expect(outcomes(report, 'authors', 'categories', 'tags', 'posts')).toEqual([
    'authors 1/0/0/0',
    'categories 2/0/0/0',
    'tags 1/0/0/0',
    'posts 1/0/0/0',
  ]);
  expect(await categoryTree(database)).toEqual([
    'Boats [boats]',
    'Boats [boats] > Sail [sail]',
    'Tags [tags]',
    'Tags [tags] > Rope [rope]',
    'Boats (boats-2) [boats-2]',
    'Boats (boats-2) [boats-2] > Sail [sail-2]',
    'Tags (tags-2) [tags-2]',
    'Tags (tags-2) [tags-2] > Rope [rope-2]',
  ]);
});

test('www., the protocol and the case of slugs and logins do not make another site, category or author', async () => {
  const database = await newDatabase();
  const fileOf = (url: string, slug: string, login: string) =>
    wxrExport([author(login, 'Ida'), category(slug, { name: 'Sail' }), post({ creator: login, links: [link(slug)] })], {
      url,
    });
  await importText(database, fileOf('http://harbour.example', 'Sail', 'Ida'));
  const again = await importText(database, fileOf('https://www.harbour.example/', 'sail', 'ida'));
  expect(outcomes(again, 'authors', 'categories', 'posts')).toEqual([
    'authors 0/0/1/0',
    'categories 0/0/1/0',
    'posts 0/1/0/0',
  ]);
  expect(again.messages('posts', 'updated')).toEqual(['changed in the file: authors']);
});

test('a post that spells the slug of its category in capitals is linked to the same category', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    wxrExport([category('apple', { name: 'Apple' }), post({ links: [link('APPLE')] })]),
  );
  expect(outcomes(report, 'categories', 'categoryLinks')).toEqual(['categories 1/0/0/0', 'categoryLinks 1/0/0/0']);
});
