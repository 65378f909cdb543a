import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { idsOf } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';
import { category, exported, type Imported, importText, link, outcomes, post } from './build-export.ts';

const server = useServer();
const harbour = () => readFile(new URL('fixtures/harbour.xml', import.meta.url), 'utf8');

describe('an export, read back over HTTP', () => {
  let report: Imported;
  beforeAll(async () => {
    report = await importText(server.database, await harbour());
  });

  test('GET /categories?tree=true is the tree of the file, with the tags below Tags', async () => {
    const { body } = await server.anonymous.get('/categories?tree=true');
    const shape = (nodes: any[]): unknown[] =>
      nodes.map((node) => [node.name, node.slug, node.articleCount, node.articleCountDeep, ...shape(node.children)]);
    expect(shape(body.data)).toEqual([
      ['Boats & Ships', 'boats', 1, 2, ['Sail', 'sail', 1, 1, ['Knots', 'knots', 1, 1]]],
      ['Weather', 'weather', 1, 1],
      ['Tags', 'tags', 0, 1, ['Rope', 'rope', 1, 1], ['Knots', 'knots-2', 1, 1]],
    ]);
    expect((await server.anonymous.get('/categories/sail')).body).toMatchObject({
      description: 'All that the wind moves.',
      path: [{ slug: 'boats' }],
    });
  });

  test('GET /articles/:slug is the whole article, its categories and tags in the order of the file', async () => {
    const { status, body } = await server.anonymous.get('/articles/the-bowline');
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.any(Number),
      title: 'The bowline',
      slug: 'the-bowline',
      excerpt: 'A loop that holds.',
      content:
        '<p>A bowline makes a loop that neither slips nor jams.</p>\n<p>The rabbit comes out of its hole,<br />\nround the tree, and back.</p>',
      contentFormat: 'html',
      status: 'published',
      publishedAt: '2023-04-02T08:30:00.000Z',
      createdAt: '2023-04-02T08:30:00.000Z',
      updatedAt: '2023-04-09T10:00:00.000Z',
      version: 1,
      categories: [
        { id: expect.any(Number), name: 'Knots', slug: 'knots' },
        { id: expect.any(Number), name: 'Sail', slug: 'sail' },
        { id: expect.any(Number), name: 'Rope', slug: 'rope' },
        { id: expect.any(Number), name: 'Knots', slug: 'knots-2' },
      ],
      authors: [{ id: expect.any(Number), name: 'Ida Wren', slug: 'ida-wren' }],
    });
  });

  test('GET /categories/:slug/articles shows to everybody the published alone', async () => {
    const { body } = await server.anonymous.get('/categories/boats/articles?total=true');
    expect(body.page.total).toBe(1);
    expect(body.data).toMatchObject([{ title: 'Ferries & fog', slug: 'hueri', authors: [{ name: 'Bo Lind' }] }]);
    const all = await server.as.reader.get('/categories/boats/articles?status=published,scheduled,draft,trashed');
    expect(all.body.data.map(({ title, status }: any) => [title, status]).toSorted()).toEqual([
      ['Ferries & fog', 'published'],
      ['Old timetable', 'trashed'],
      ['Winter moorings', 'scheduled'],
    ]);
  });

  test('what WordPress hid is hidden: a private post is a draft, trash is trash and can be restored', async () => {
    for (const slug of ['notes-to-self', 'old-timetable', 'winter-moorings']) {
      expect((await server.anonymous.get(`/articles/${slug}`)).status).toBe(404);
    }
    expect((await server.as.reader.get('/articles/notes-to-self')).body).toMatchObject({
      status: 'draft',
      publishedAt: null,
    });
    const { body } = await server.as.reader.get('/articles/old-timetable?trashed=true');
    const restored = await server.as.editor.post(`/articles/${body.id}/restore`);
    expect(restored.body).toMatchObject({ status: 'published', publishedAt: '2022-01-01T00:00:00.000Z' });
  });

  test('an address is for those with a token', async () => {
    expect((await server.as.reader.get('/authors/ida-wren')).body.email).toBe('ida@harbour.example');
    expect((await server.anonymous.get('/authors/ida-wren')).body.email).toBeUndefined();
  });

  test('what was imported is edited as anything else, and the ledger adds up', async () => {
    const { body } = await server.anonymous.get('/articles/the-bowline');
    const answer = await server.as.editor.patch(`/articles/${body.id}`, {
      title: 'The king of knots',
      categoryIds: [],
    });
    expect(answer.body).toMatchObject({ version: 2, categories: [], slug: 'the-bowline' });
    for (const [kind, { inFile, created, updated, unchanged, skipped }] of Object.entries(report.sums)) {
      expect(created + updated + unchanged + skipped, kind).toBe(inFile);
    }
  });
});

test('a post under 63 categories, in the order of the file, and every one of them lists it', async () => {
  const slugs = Array.from({ length: 63 }, (_, n) => `many-${(n * 29) % 63}`);
  const declared = slugs.toSorted().map((slug) => category(slug));
  const file = exported([...declared, post({ id: 63, slug: 'everywhere', links: slugs.map((slug) => link(slug)) })], {
    url: 'https://many.example',
  });
  const report = await importText(server.database, file);
  expect(outcomes(report, 'categories', 'categoryLinks')).toEqual(['categories 63/0/0/0', 'categoryLinks 63/0/0/0']);
  const { body } = await server.anonymous.get('/articles/everywhere');
  expect(body.categories.map(({ slug }: any) => slug)).toEqual(slugs);
  for (const slug of slugs) {
    const list = await server.anonymous.get(`/categories/${slug}/articles`);
    expect(idsOf(list.body.data)).toEqual([body.id]);
  }
});

test('five hundred posts in several batches: walked from end to end, none twice and none missing', async () => {
  const posts = Array.from({ length: 500 }, (_, n) =>
    post({
      id: n + 1,
      slug: `walk-${n}`,
      date: `2019-01-01 00:${String(n % 60).padStart(2, '0')}:00`,
      links: [link('walk')],
    }),
  );
  const report = await importText(
    server.database,
    exported([category('walk'), ...posts], { url: 'https://walk.example' }),
  );
  expect(outcomes(report, 'posts', 'categoryLinks')).toEqual(['posts 500/0/0/0', 'categoryLinks 500/0/0/0']);
  const seen: string[] = [];
  for (let after = ''; ; ) {
    const { body } = await server.anonymous.get(`/categories/walk/articles?limit=100&total=true${after}`);
    expect(body.page.total).toBe(500);
    seen.push(...body.data.map(({ slug }: any) => slug));
    if (!body.page.next) break;
    after = `&after=${body.page.next}`;
  }
  expect(new Set(seen).size).toBe(500);
  expect(seen).toHaveLength(500);
});
