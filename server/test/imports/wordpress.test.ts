import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { INITIAL_VALUES } from '../../src/articles/article-fields.ts';
import { recordOfLinkedTables } from '../../src/articles/article-relations.ts';
import { idsOf } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';
import { category, type Imported, importText, link, outcomes, post, wxrExport } from './build-export.ts';

const server = useServer();
const harbour = () => readFile(new URL('fixtures/harbour.xml', import.meta.url), 'utf8');

describe('an imported export, read over HTTP', () => {
  let report: Imported;
  beforeAll(async () => {
    report = await importText(server.database, await harbour());
  });

  test('GET /categories?tree=true returns the tree of the file, with the tags below Tags', async () => {
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

  test('GET /articles/:slug returns the whole article, with categories and tags in file order', async () => {
    const { status, body } = await server.anonymous.get('/articles/the-bowline');
    expect(status).toBe(200);
    expect(body).toEqual({
      ...INITIAL_VALUES, // for fields and relations that an export does not have
      ...recordOfLinkedTables(() => []),
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

  test('GET /categories/:slug/articles returns only published articles to anonymous clients', async () => {
    const { body } = await server.anonymous.get('/categories/boats/articles?total=true');
    expect(body.page.total).toBe(1);
    expect(body.data).toMatchObject([{ title: 'Ferries & fog', slug: 'feri', authors: [{ name: 'Bo Lind' }] }]);
    const all = await server.as.reader.get('/categories/boats/articles?status=published,scheduled,draft,trashed');
    expect(all.body.data.map(({ title, status }: any) => [title, status]).toSorted()).toEqual([
      ['Ferries & fog', 'published'],
      ['Old timetable', 'trashed'],
      ['Winter moorings', 'scheduled'],
    ]);
  });

  test('private posts become drafts, and trashed posts are in the trash and can be restored', async () => {
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

  test('email addresses of authors are visible only with a token', async () => {
    expect((await server.as.reader.get('/authors/ida-wren')).body.email).toBe('ida@harbour.example');
    expect((await server.anonymous.get('/authors/ida-wren')).body.email).toBeUndefined();
  });

  test('imported articles can be edited, and the totals of the report add up', async () => {
    const { body } = await server.anonymous.get('/articles/the-bowline');
    const response = await server.as.editor.patch(`/articles/${body.id}`, {
      title: 'The king of knots',
      categoryIds: [],
    });
    expect(response.body).toMatchObject({ version: 2, categories: [], slug: 'the-bowline' });
    for (const [kind, { inFile, created, updated, unchanged, skipped }] of Object.entries(report.totals)) {
      expect(created + updated + unchanged + skipped, kind).toBe(inFile);
    }
  });
});

test('a post with 63 categories has them in file order, and each of them lists it', async () => {
  const slugs = Array.from({ length: 63 }, (_, n) => `many-${(n * 29) % 63}`);
  const declared = slugs.toSorted().map((slug) => category(slug));
  const file = wxrExport([...declared, post({ id: 63, slug: 'everywhere', links: slugs.map((slug) => link(slug)) })], {
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

test('500 posts in several batches are all listed once', async () => {
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
    wxrExport([category('walk'), ...posts], { url: 'https://walk.example' }),
  );
  expect(outcomes(report, 'posts', 'categoryLinks')).toEqual(['posts 500/0/0/0', 'categoryLinks 500/0/0/0']);
  const listedSlugs: string[] = [];
  for (let after = ''; ; ) {
    const { body } = await server.anonymous.get(`/categories/walk/articles?limit=100&total=true${after}`);
    expect(body.page.total).toBe(500);
    listedSlugs.push(...body.data.map(({ slug }: any) => slug));
    if (!body.page.next) break;
    after = `&after=${body.page.next}`;
  }
  expect(new Set(listedSlugs).size).toBe(500);
  expect(listedSlugs).toHaveLength(500);
});
