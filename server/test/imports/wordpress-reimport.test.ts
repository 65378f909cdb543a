import { describe, expect, test } from 'vitest';
import { importWordPress } from '../../src/imports/wordpress/wordpress.service.ts';
import {
  author,
  category,
  everything,
  exported,
  importText,
  inChunks,
  link,
  newDatabase,
  outcomes,
  type Post,
  post,
  tag,
  treeOf,
} from './build-export.ts';

const HEAD = [
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
const fileOf = (change: Post = {}, head = HEAD) => exported([...head, post({ ...POST, ...change })]);

/** A database with one import done. */
async function imported() {
  const database = await newDatabase();
  await importText(database, fileOf());
  const article = async () => (await database.rows('select * from articles'))[0] ?? {};
  const filed = async () =>
    (
      await database.rows<{ slug: string }>(`select slug from article_categories join categories on id = category_id
        order by article_id, article_categories.position`)
    ).map(({ slug }) => slug);
  return { ...database, article, filed };
}

test('the second run of a file finds everything unchanged and writes nothing', async () => {
  const database = await imported();
  const before = await everything(database);
  const report = await importText(database, fileOf());
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
  expect(await everything(database)).toEqual(before);
});

test('the same site by another address: http or https, with or without the last slash', async () => {
  const database = await imported();
  const file = fileOf().replace(
    '<wp:base_blog_url>https://harbour.example',
    '<wp:base_blog_url>http://HARBOUR.example/',
  );
  expect(outcomes(await importText(database, file), 'posts', 'categories')).toEqual([
    'posts 0/0/1/0',
    'categories 0/0/2/0',
  ]);
});

test('a dry run tells all and writes nothing', async () => {
  const database = await newDatabase();
  const before = await everything(database);
  const report = await importText(database, fileOf(), { dryRun: true });
  expect(outcomes(report, 'posts', 'categories', 'categoryLinks')).toEqual([
    'posts 1/0/0/0',
    'categories 2/0/0/0',
    'categoryLinks 2/0/0/0',
  ]);
  expect(await everything(database)).toEqual(before);
});

describe('what changed in the file is changed, and nothing else', () => {
  test.each<[string, Post, string, object]>([
    ['title', { title: 'Bends' }, 'title', { title: 'Bends', slug: 'knots', content: '<p>Left over right.</p>' }],
    ['slug', { slug: 'bends' }, 'slug', { slug: 'bends' }],
    ['excerpt', { excerpt: '' }, 'excerpt', { excerpt: null }],
    ['content', { content: 'Right over left.' }, 'content', { content: '<p>Right over left.</p>' }],
    ['withdrawn', { status: 'private' }, 'state', { published_at: null, deleted_at: null }],
    ['trashed', { status: 'trash' }, 'state, trash', { deleted_at: expect.any(Date), slug: 'knots' }],
    ['changed', { modified: '2024-07-01 00:00:00' }, 'modified', { updated_at: new Date('2024-07-01T00:00:00Z') }],
  ])('%s', async (_, change, parts, row) => {
    const database = await imported();
    const report = await importText(database, fileOf(change));
    expect(await database.article()).toMatchObject({ ...row, version: 2 });
    expect(await database.filed()).toEqual(['boats', 'sail', 'rope']);
    expect(outcomes(report, 'posts', 'categoryLinks', 'authorLinks')).toEqual([
      'posts 0/1/0/0',
      'categoryLinks 0/0/2/0',
      'authorLinks 0/0/1/0',
    ]);
    expect(report.said('posts', 'updated')).toEqual([`changed in the file: ${parts}`]);
    expect(outcomes(await importText(database, fileOf(change)), 'posts')).toEqual(['posts 0/0/1/0']);
  });

  test('links: some stay, some come, some go, and the order is the file’s', async () => {
    const database = await imported();
    const links = [link('new'), link('rope', { taxonomy: 'post_tag' }), link('boats')];
    const report = await importText(
      database,
      fileOf({ links, creator: 'bo' }, [...HEAD, category('new'), author('bo')]),
    );
    expect(await database.filed()).toEqual(['new', 'rope', 'boats']);
    expect(await database.article()).toMatchObject({ version: 2 });
    expect(outcomes(report, 'posts', 'categories', 'categoryLinks', 'tagLinks', 'authorLinks')).toEqual([
      'posts 0/1/0/0',
      'categories 1/0/2/0',
      'categoryLinks 1/0/1/0',
      'tagLinks 0/0/1/0',
      'authorLinks 1/0/0/0',
    ]);
    expect(report.said('posts')).toEqual(['is no longer filed under what the file no longer has: 1 gone']);
    expect(await database.rows('select name from article_authors join authors on id = author_id')).toEqual([
      { name: 'bo' },
    ]);
  });

  test('a draft is published with its links; what comes out of the trash takes a suffix if it must', async () => {
    const database = await newDatabase();
    await importText(database, fileOf({ status: 'draft' }));
    await importText(database, fileOf());
    const articles = () => database.rows('select slug, deleted_at from articles order by id');
    expect(await database.rows('select distinct listed_at from article_categories')).toEqual([
      { listed_at: new Date('2024-06-05T16:04:48Z') },
    ]);
    await importText(database, fileOf({ status: 'trash' }));
    await database.pool.query("insert into articles (title, slug) values ('Mine', 'knots')");
    const report = await importText(database, fileOf());
    expect(report.said('posts')).toEqual(['the slug was taken: knots → knots-2']);
    expect(await articles()).toEqual([
      { slug: 'knots-2', deleted_at: null },
      { slug: 'knots', deleted_at: null },
    ]);
  });

  test('categories: name, description and parent; authors: name and e-mail', async () => {
    const database = await imported();
    const report = await importText(
      database,
      fileOf({}, [
        author('ida', 'Ida W.', 'ida@harbour.example'),
        category('boats', { name: 'Ships' }),
        category('sail', { name: 'Ships', description: 'With wind' }),
        tag('rope', 'Ropes'),
      ]),
    );
    expect(await treeOf(database)).toEqual([
      'Ships [boats]',
      'Ships (sail) [sail]',
      'Tags [tags]',
      'Tags [tags] > Ropes [rope]',
    ]);
    expect(report.said('categories', 'updated')).toEqual([
      'changed in the file: name',
      'changed in the file: name, description, parent',
    ]);
    expect(report.said('categories')).toEqual(['a category beside it has its name: Ships → Ships (sail)']);
    expect(await database.rows('select name, slug, email from authors')).toEqual([
      { name: 'Ida W.', slug: 'ida-wren', email: 'ida@harbour.example' },
    ]);
    expect(outcomes(report, 'posts', 'tags', 'authors')).toEqual(['posts 0/0/1/0', 'tags 0/1/0/0', 'authors 0/1/0/0']);
  });

  test('another file of the site that says less takes nothing away, and knows the parents of the first', async () => {
    const database = await imported();
    const links = [link('sail'), link('rigs')];
    const pieces = [category('rigs', { parent: 'sail' }), post({ id: 2, creator: 'ida', links })];
    const report = await importText(database, exported(pieces));
    expect(await treeOf(database)).toEqual([
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

describe('what was changed in Rubric since', () => {
  test('stays while the file says what it said', async () => {
    const database = await imported();
    await database.pool.query("update articles set title = 'Mine', content = 'Mine'");
    await database.pool.query(
      "delete from article_categories where category_id = (select id from categories where slug = 'sail')",
    );
    await database.pool.query("update categories set name = 'Vessels' where slug = 'boats'");
    const before = await everything(database);
    const report = await importText(database, fileOf());
    expect(outcomes(report, 'posts', 'categories', 'categoryLinks')).toEqual([
      'posts 0/0/1/0',
      'categories 0/0/2/0',
      'categoryLinks 0/0/2/0',
    ]);
    expect(await everything(database)).toEqual(before);
  });

  test('gives way where the file changed, and only there; it is said', async () => {
    const database = await imported();
    await database.pool.query("update articles set title = 'Mine', content = 'Mine'");
    const report = await importText(database, fileOf({ content: 'Theirs', modified: '2024-07-01 00:00:00' }));
    expect(await database.article()).toMatchObject({ title: 'Mine', content: '<p>Theirs</p>', version: 3 });
    expect(report.said('posts')).toEqual([
      'changed in Rubric as well; of what changed in the file, the file counts: Knots',
    ]);
    const [row] = await database.rows<{ now: boolean }>(
      "select updated_at > now() - interval '1 minute' as now from articles",
    );
    expect(row?.now, 'the time of the last change is not set back').toBe(true);
  });

  test('stays among the categories when only the tags changed in the file, and the other way round', async () => {
    const database = await imported();
    await database.pool.query(
      "delete from article_categories where category_id = (select id from categories where slug = 'sail')",
    );
    await database.pool.query("insert into categories (name, slug) values ('Mine', 'mine')");
    await database.pool.query(`insert into article_categories select articles.id, categories.id, 9, articles.listed_at
      from articles, categories where categories.slug = 'mine'`);
    const rope = link('rope', { taxonomy: 'post_tag' });
    const twine = link('twine', { taxonomy: 'post_tag' });
    const report = await importText(database, fileOf({ links: [twine, link('boats'), link('sail'), rope] }));
    expect(await database.filed()).toEqual(['twine', 'boats', 'rope', 'mine']);
    expect(outcomes(report, 'tagLinks', 'categoryLinks')).toEqual(['tagLinks 1/0/1/0', 'categoryLinks 0/0/2/0']);
    await database.pool.query(
      "delete from article_categories where category_id = (select id from categories where slug = 'rope')",
    );
    await importText(database, fileOf({ links: [twine, link('sail'), rope] }));
    expect(await database.filed()).toEqual(['twine', 'sail']);
  });

  test('an article in the trash stays there, also when the file changes', async () => {
    const database = await imported();
    await database.pool.query('update articles set deleted_at = now()');
    expect(outcomes(await importText(database, fileOf()), 'posts')).toEqual(['posts 0/0/1/0']);
    const report = await importText(database, fileOf({ title: 'Bends' }));
    expect(report.said('posts')).toContain('in the trash in Rubric, where it stays: Bends');
    expect(await database.article()).toMatchObject({ title: 'Bends', deleted_at: expect.any(Date) });
  });

  test('an article or category deleted for good is forgotten and comes back, and nothing else changes', async () => {
    const database = await imported();
    await database.pool.query("delete from categories where slug = 'sail'");
    expect(outcomes(await importText(database, fileOf()), 'categories', 'posts')).toEqual([
      'categories 1/0/1/0',
      'posts 0/0/1/0',
    ]);
    expect(await database.filed(), 'taking it out of the category was a decision').toEqual(['boats', 'rope']);
    await database.pool.query('delete from articles');
    expect(outcomes(await importText(database, fileOf()), 'posts', 'categoryLinks')).toEqual([
      'posts 1/0/0/0',
      'categoryLinks 2/0/0/0',
    ]);
    expect(await database.filed()).toEqual(['boats', 'sail', 'rope']);
  });

  test('the category of the tags is made again only for a new tag', async () => {
    const database = await imported();
    await database.pool.query("update categories set parent_id = null where slug = 'rope'");
    await database.pool.query("delete from categories where slug = 'tags'");
    await importText(database, fileOf());
    expect(await treeOf(database)).toEqual(['Boats [boats]', 'Boats [boats] > Sail [sail]', 'Rope [rope]']);
    await importText(database, fileOf({}, [...HEAD, tag('twine')]));
    expect(await treeOf(database)).toEqual([
      'Boats [boats]',
      'Boats [boats] > Sail [sail]',
      'Rope [rope]',
      'Tags [tags]',
      'Tags [tags] > twine [twine]',
    ]);
  });

  test('a tree that was turned around stays so where the file would make a circle', async () => {
    const database = await imported();
    const turn =
      "update categories set parent_id = (select id from categories where slug = 'rigs') where slug = 'boats'";
    await importText(database, fileOf({}, [...HEAD, category('rigs')]));
    await database.pool.query(turn);
    const report = await importText(
      database,
      fileOf({}, [...HEAD, category('rigs', { name: 'Rigs', parent: 'boats' })]),
    );
    expect(report.said('categories')).toEqual(['its new parent is below it in Rubric; it stays where it is: Rigs']);
    expect(await treeOf(database)).toEqual([
      'Tags [tags]',
      'Tags [tags] > Rope [rope]',
      'Rigs [rigs]',
      'Rigs [rigs] > Boats [boats]',
      'Rigs [rigs] > Boats [boats] > Sail [sail]',
    ]);
  });
});

test.each<[string, string, RegExp]>([
  ['lost a post', fileOf().replace(/<item>.*<\/item>/, ''), /does not balance: 1 posts in the file, 0 accounted for/],
  ['got a category', fileOf({ links: [link('unheard')] }), /The file changed while it was read/],
  ['was cut off', fileOf().slice(0, -20), /The XML is malformed/],
])('a file that %s while it was read imports nothing', async (_, later, sentence) => {
  const database = await newDatabase();
  const before = await everything(database);
  const texts = [fileOf(), later];
  const importing = importWordPress(database.db, () => inChunks(texts.shift() ?? ''), { dryRun: false, tags: true });
  await expect(importing).rejects.toThrow(sentence);
  expect(await everything(database)).toEqual(before);
});

test('two imports of one file at once: the second waits and finds everything unchanged', async () => {
  const database = await newDatabase();
  const posts = Array.from({ length: 150 }, (_, n) => post({ ...POST, id: n + 1, slug: `knots-${n}` }));
  const file = exported([...HEAD, ...posts]);
  const reports = await Promise.all([importText(database, file), importText(database, file)]);
  const found = reports.map((report) => outcomes(report, 'posts', 'categoryLinks').join());
  expect(found.toSorted()).toEqual([
    'posts 0/0/150/0,categoryLinks 0/0/300/0',
    'posts 150/0/0/0,categoryLinks 300/0/0/0',
  ]);
  expect(await database.rows('select count(*)::int as links from article_categories')).toEqual([{ links: 450 }]);
});

test('writers who take slugs meanwhile do not make an import fail', async () => {
  const database = await newDatabase();
  const posts = Array.from({ length: 300 }, (_, n) => post({ id: n + 1, slug: `knots-${n + 2}`, title: 'Knots' }));
  const state = { isDone: false };
  const rival = async () => {
    for (let n = 299; n > 0 && !state.isDone; n -= 1) {
      await database.pool.query('insert into articles (title, slug) values ($1, $2) on conflict do nothing', [
        'Rival',
        `knots-${n + 2}`,
      ]);
    }
  };
  const importing = importText(database, exported(posts)).finally(() => {
    state.isDone = true;
  });
  const [report] = await Promise.all([importing, rival()]);
  expect(outcomes(report, 'posts')).toEqual(['posts 300/0/0/0']);
  expect(await database.rows("select count(*)::int as mine from articles where title = 'Knots'")).toEqual([
    { mine: 300 },
  ]);
});

test('a site imported beside another keeps its own authors, categories and tags', async () => {
  const database = await imported();
  const report = await importText(database, exported([...HEAD, post(POST)], { url: 'https://other.example' }));
  expect(outcomes(report, 'authors', 'categories', 'tags', 'posts')).toEqual([
    'authors 1/0/0/0',
    'categories 2/0/0/0',
    'tags 1/0/0/0',
    'posts 1/0/0/0',
  ]);
  expect(await treeOf(database)).toEqual([
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
