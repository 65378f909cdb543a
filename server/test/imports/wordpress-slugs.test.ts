import { expect, test } from 'vitest';
import { category, importText, link, newDatabase, type Post, post, tag, wxrExport } from './build-export.ts';

/** Imports posts into an empty database. Returns their titles and slugs in file order, and the report. */
async function importPosts(...posts: Post[]) {
  const database = await newDatabase();
  const elements = posts.map((fields, index) => post({ id: index + 1, ...fields }));
  const report = await importText(database, wxrExport(elements));
  const rows = await database.rows<{ title: string; slug: string }>('select title, slug from articles order by id');
  return { database, report, slugs: rows.map(({ title, slug }) => `${title}: ${slug}`) };
}

test('a post keeps its slug if an earlier draft without a slug would get it', async () => {
  const { report, slugs } = await importPosts(
    { title: 'Summer', slug: '', status: 'draft' },
    { title: 'Published', slug: 'summer' },
  );
  expect(slugs).toEqual(['Summer: summer-2', 'Published: summer']);
  expect(report.messages('posts')).toEqual(['the slug was already in use: summer → summer-2']);
});

test('a post keeps its slug if an earlier slug becomes the same, and suffixes avoid the slugs of the file', async () => {
  const { slugs } = await importPosts(
    { title: 'Underscore', slug: 'rainy_' },
    { title: 'Rain', slug: 'rainy' },
    { title: 'Second', slug: 'rainy' },
    { title: 'Own suffix', slug: 'rainy-2' },
  );
  expect(slugs).toEqual(['Underscore: rainy-3', 'Rain: rainy', 'Second: rainy-4', 'Own suffix: rainy-2']);
});

test('bytes of a character that WordPress cut are no part of the slug', async () => {
  const { slugs } = await importPosts(
    { title: 'A', slug: '%e6%b5%b7-%e6%b5' },
    { title: 'B', slug: 'caf%c3' },
    { title: 'C', slug: 'half-%e' },
    { title: 'Only', slug: '%e6%b5' },
  );
  expect(slugs).toEqual(['A: hai', 'B: caf', 'C: half', 'Only: only']);
});

test('a post in the trash reserves no slug and needs none', async () => {
  const { slugs } = await importPosts(
    { title: 'Fog', slug: '', status: 'draft' },
    { title: 'Gone', slug: 'fog__trashed', status: 'trash' },
    { title: 'Hail', slug: '', status: 'trash' },
    { title: 'Live', slug: 'hail' },
  );
  expect(slugs).toEqual(['Fog: fog', 'Gone: fog', 'Hail: hail', 'Live: hail']);
});

test('a newer file that gives a draft the title of another post keeps the slug of that post', async () => {
  const { database } = await importPosts({ title: 'Calm', slug: 'calm_', status: 'draft' });
  const file = wxrExport([
    post({ id: 1, title: 'Calm', slug: 'storm_', status: 'draft' }),
    post({ id: 2, slug: 'storm' }),
  ]);
  await importText(database, file);
  const rows = await database.rows<{ slug: string }>('select slug from articles order by id');
  expect(rows.map(({ slug }) => slug)).toEqual(['storm-2', 'storm']);
});

test('categories and tags that need no change keep their slugs too', async () => {
  const database = await newDatabase();
  const elements = [category('sail_'), category('sail', { name: 'Sail' }), tag('tags', 'Tagged'), tag('rope')];
  await importText(database, wxrExport([...elements, post({ links: [link('rope', { taxonomy: 'post_tag' })] })]));
  const rows = await database.rows<{ name: string; slug: string }>('select name, slug from categories order by id');
  expect(rows.map(({ name, slug }) => `${name}: ${slug}`)).toEqual([
    'sail_: sail-2',
    'Sail: sail',
    'Tags: tags-2',
    'Tagged: tags',
    'rope: rope',
  ]);
});
