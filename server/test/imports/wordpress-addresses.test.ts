import { describe, expect, test } from 'vitest';
import { useServer } from '../harness/server.ts';
import {
  allRows,
  author,
  category,
  importText,
  link,
  newDatabase,
  outcomes,
  post,
  type TestDatabase,
  tag,
  wxrExport,
} from './build-export.ts';

const site = 'https://harbour.example';
const file = (...elements: string[]) => wxrExport(elements);
/** Each redirect as `path → slug of its target`. */
const redirectsOf = async ({ rows }: TestDatabase) =>
  (
    await rows<{ redirect: string }>(`
      select path || ' → ' || coalesce(a.slug, 'category ' || c.slug, 'author ' || b.slug, 'gone') as redirect
      from redirects as r left join articles as a on a.id = r.article_id left join categories as c on c.id = r.category_id
        left join authors as b on b.id = r.author_id order by r.path collate "C"`)
  ).map(({ redirect }) => redirect);

test('The addresses of posts, their old slugs, categories, tags and authors become redirects', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    file(
      author('Ida.Wren', 'Ida'),
      category('boats'),
      category('sail', { parent: 'boats' }),
      category('knots', { parent: 'sail' }),
      category('%e6%b5%b7'),
      tag('rope'),
      post({ id: 1, slug: 'tides', link: `${site}/2024/06/tides/`, oldSlugs: ['high-tide', 'low-tide'] }),
      post({ id: 2, slug: '%e6%b5%b7', link: `${site}/%e6%b5%b7/?utm=1#more`, oldSlugs: ['%e6%b3%a2'] }),
      post({ id: 3, slug: 'fog', link: `${site}/fog.html`, oldSlugs: ['mist'] }),
      post({ id: 4, slug: 'gale', status: 'trash', trashedFrom: 'publish', link: `${site}/gale__trashed/` }),
      post({ id: 5, slug: 'calm', links: [link('weather')] }),
    ),
  );
  expect(await redirectsOf(database)).toEqual([
    '/2024/06/high-tide → tides',
    '/2024/06/low-tide → tides',
    '/2024/06/tides → tides',
    '/author/ida-wren → author ida',
    '/category/boats → category boats',
    '/category/boats/sail → category sail',
    '/category/boats/sail/knots → category knots',
    '/category/weather → category weather',
    '/category/海 → category hai',
    '/fog.html → fog',
    '/gale → gale',
    '/mist.html → fog',
    '/tag/rope → category rope',
    '/波 → hai',
    '/海 → hai',
  ]);
  expect(outcomes(report, 'addresses', 'customFields')).toEqual(['addresses 15/0/0/0', 'customFields 0/0/0/1']);
});

test('The addresses of a site in a folder begin with the folder', async () => {
  const database = await newDatabase();
  const text = wxrExport([author('bo'), category('boats'), post({ slug: 'tides', link: `${site}/blog/tides` })], {
    url: `${site}/blog/`,
  });
  await importText(database, text);
  expect(await redirectsOf(database)).toEqual([
    '/blog/author/bo → author bo',
    '/blog/category/boats → category boats',
    '/blog/tides → tides',
  ]);
});

test('An address that has only the id of a post, or none at all, does not lead from the address of the site to the post', async () => {
  const database = await newDatabase();
  const links = ['/blog/?p=1', '/blog/?preview=true&p=2', '/blog/index.php?p=3', '/blog', '/blog/fog/?utm=1&pp=2'];
  const posts = links.map((path, index) => post({ id: index + 1, link: `${site}${path.replace('&', '&amp;')}` }));
  const report = await importText(database, wxrExport(posts, { url: `${site}/blog/` }));
  expect(await redirectsOf(database)).toEqual(['/blog/fog → post-5']);
  expect(report.messages('addresses', 'skipped')).toEqual([
    `has no path of its own, only a query: ${site}/blog/?p=1`,
    `has no path of its own, only a query: ${site}/blog/?preview=true&p=2`,
    `has no path of its own, only a query: ${site}/blog/index.php?p=3`,
    `is the address of the site: ${site}/blog`,
  ]);
});

test('Addresses that Rubric cannot have are skipped with their reasons', async () => {
  const database = await newDatabase();
  const report = await importText(
    database,
    file(
      post({ id: 1, link: `${site}/?p=1`, oldSlugs: ['before'] }),
      post({ id: 2, link: 'nowhere' }),
      post({ id: 3, link: `${site}/${'a'.repeat(2_001)}/` }),
      post({ id: 4, link: `${site}/archives/4`, oldSlugs: ['earlier'] }),
      post({ id: 4, link: `${site}/again/`, guid: `${site}/?p=4`, oldSlugs: [] }),
      post({ id: 6, link: `${site}/archives/4/` }),
      tag('rope'),
    ),
    { importTags: false },
  );
  expect(await redirectsOf(database)).toEqual(['/archives/4 → post-4']);
  expect(outcomes(report, 'addresses')).toEqual(['addresses 1/0/0/8']);
  expect(report.messages('addresses', 'skipped').map((message) => message.slice(0, 90))).toEqual([
    `has no path of its own, only a query: ${site}/?p=1`,
    'the address of the post does not end in its slug: before',
    'the address of the post does not end in its slug: earlier',
    'is not an address: nowhere',
    expect.stringMatching(/^is too long: /),
    `its post was skipped: ${site}/again/`,
    `leads to something else in Rubric: ${site}/archives/4/`,
    'skipped by --tags skip: rope',
  ]);
});

describe('A second import', () => {
  const elements = [
    author('bo'),
    category('boats'),
    tag('rope'),
    post({ id: 1, slug: 'tides', link: `${site}/tides/`, oldSlugs: ['flood'] }),
    post({ id: 2, slug: 'fog', link: `${site}/fog/` }),
  ];
  const first = async () => {
    const database = await newDatabase();
    await importText(database, file(...elements));
    return database;
  };

  test('of the same file changes nothing', async () => {
    const database = await first();
    const before = await allRows(database);
    const report = await importText(database, file(...elements));
    expect(outcomes(report, 'addresses')).toEqual(['addresses 0/0/6/0']);
    expect(await allRows(database)).toEqual(before);
  });

  test('leaves a redirect that was deleted in Rubric, and reports one that means something else', async () => {
    const database = await first();
    await database.rows("delete from redirects where path in ('/flood', '/category/boats')");
    await database.rows("update redirects set article_id = null where path = '/fog'");
    await database.rows(
      "update redirects set article_id = (select article_id from redirects where path = '/tides'), author_id = null where path = '/author/bo'",
    );
    const before = await allRows(database);
    const report = await importText(database, file(...elements));
    expect(outcomes(report, 'addresses')).toEqual(['addresses 0/0/4/2']);
    expect(report.messages('addresses', 'skipped')).toEqual([
      'leads to something else in Rubric: /author/bo',
      `leads to nothing on purpose in Rubric: ${site}/fog/`,
    ]);
    expect(await allRows(database)).toEqual(before);
  });

  test('adds the addresses that changed in the file, and keeps the others', async () => {
    const database = await first();
    const changed = [
      author('bo'),
      category('ships'),
      category('boats', { parent: 'ships' }),
      tag('rope'),
      post({ id: 1, slug: 'tides', link: `${site}/2024/tides/`, oldSlugs: ['flood', 'ebb'] }),
      post({ id: 2, slug: 'fog', link: `${site}/fog/` }),
    ];
    const report = await importText(database, file(...changed));
    expect(await redirectsOf(database)).toEqual([
      '/2024/ebb → tides',
      '/2024/flood → tides',
      '/2024/tides → tides',
      '/author/bo → author bo',
      '/category/boats → category boats',
      '/category/ships → category ships',
      '/category/ships/boats → category boats',
      '/flood → tides',
      '/fog → fog',
      '/tag/rope → category rope',
      '/tides → tides',
    ]);
    expect(outcomes(report, 'addresses', 'posts')).toEqual(['addresses 5/0/3/0', 'posts 0/1/1/0']);
    expect(report.messages('posts', 'updated')).toEqual(['changed in the file: addresses']);
  });

  test('adds the addresses of what an older Rubric imported without them', async () => {
    const database = await first();
    const expected = await redirectsOf(database);
    await database.rows('delete from redirects');
    // The digests end in the part of the addresses; that of an article has the version behind it.
    await database.rows(`update imported_rows set digest = case kind
      when 'article' then substr(digest, 1, length(digest) - 12) || substr(digest, length(digest) - 3)
      else substr(digest, 1, length(digest) - 8) end where external_id <> 'tags'`);
    await database.rows("update articles set title = 'Edited' where slug = 'fog'");
    const report = await importText(database, file(...elements));
    expect(await redirectsOf(database)).toEqual(expected);
    expect(outcomes(report, 'addresses', 'posts')).toEqual(['addresses 6/0/0/0', 'posts 0/2/0/0']);
    expect(report.messages('posts')).toEqual([]);
    expect(await database.rows("select title from articles where slug = 'fog'")).toEqual([{ title: 'Edited' }]);
  });
});

test('A path that an editor has taken before the import keeps its meaning, and the report says so', async () => {
  const database = await newDatabase();
  await database.rows("insert into redirects (path) values ('/fog')");
  const report = await importText(database, file(post({ slug: 'fog', link: `${site}/fog/` })));
  expect(await redirectsOf(database)).toEqual(['/fog → gone']);
  expect(outcomes(report, 'addresses', 'posts')).toEqual(['addresses 0/0/0/1', 'posts 1/0/0/0']);
});

const server = useServer();

test('GET /resolve answers with the imported rows', async () => {
  const text = file(category('boats'), post({ slug: 'tides', link: `${site}/2024/06/tides/`, oldSlugs: ['flood'] }));
  await importText(server.database, text);
  const { body } = await server.anonymous.get('/resolve?path=/2024/06/flood/');
  expect(body).toEqual({ type: 'article', id: expect.any(Number), slug: 'tides', location: '/articles/tides' });
  expect((await server.anonymous.get('/resolve?path=/category/boats/')).body.location).toBe('/categories/boats');
});
