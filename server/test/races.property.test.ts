import { describe, expect, test } from 'vitest';
import { concurrently, outcomes } from './harness/concurrency.ts';
import { IS_FOREGROUND } from './harness/eventually.ts';
import { runs } from './harness/random.ts';
import { idsOf, newArticle, newAuthor, newCategory, times, unique } from './harness/seed.ts';
import { useServer } from './harness/server.ts';

// Each race runs many times, because one run proves little. The winners are counted, and the losers must get the reason why
// they lost: never a 5xx and never write_conflict.

const server = useServer();
const { get, post, patch, put, del } = {
  get: (path: string) => server.as.editor.get(path),
  post: (path: string, body?: unknown) => server.as.editor.post(path, body),
  patch: (path: string, body: unknown, headers = {}) => server.as.editor.patch(path, body, { headers }),
  put: (path: string) => server.as.editor.put(path),
  del: (path: string) => server.as.editor.delete(path),
};
const read = async (path: string) => (await get(path)).body;
const newCategories = async (count: number) => idsOf(await times(count, () => newCategory(server.as.editor)));
const ROUNDS = runs(8);
const rounds = (run: (round: number) => Promise<void>) => () => times(ROUNDS, run);
/** Lists the statements that wait for a lock. */
const LOCK_WAITS = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
  and ${IS_FOREGROUND}`;
/** Expects the links of an article to have distinct positions and the `listed_at` of the article. */
const expectConsistentLinks = async (id: number) => {
  const { rows } = await server.database.pool.query(
    `select count(*)::int as links, count(distinct position)::int as positions,
       count(*) filter (where link.listed_at = articles.listed_at)::int as current_times
     from article_categories as link join articles on articles.id = article_id where article_id = $1`,
    [id],
  );
  expect(new Set(Object.values(rows[0])).size, JSON.stringify(rows[0])).toBe(1);
};

describe('concurrent creates', () => {
  const CLIENTS = 30;
  test.each(['articles', 'categories', 'authors'])(
    'of %s with the same generated slug: all 201, with different slugs',
    async (resource) => {
      for (let round = 0; round < 3; round += 1) {
        const name = `Equal ${resource} ${'abcdefgh'[round]}`;
        // Siblings need different names; these all have the same slug.
        const responses = await concurrently(CLIENTS, (n) =>
          post(`/${resource}`, resource === 'articles' ? { title: name } : { name: name + '!'.repeat(n) }),
        );
        expect(outcomes(responses)).toEqual(Array(CLIENTS).fill('201'));
        const base = name.toLowerCase().replaceAll(' ', '-');
        const slugs = new Set(responses.map(({ body }) => body.slug));
        expect(slugs).toEqual(new Set([base, ...Array.from({ length: CLIENTS - 1 }, (_, n) => `${base}-${n + 2}`)]));
      }
    },
  );

  test.each(['articles', 'categories', 'authors'])(
    'of %s with the same chosen slug: one 201, the others 409',
    async (resource) => {
      await times(ROUNDS, async (round) => {
        const slug = `chosen-${round}`;
        const responses = await concurrently(4, () =>
          post(`/${resource}`, { [resource === 'articles' ? 'title' : 'name']: unique('x'), slug }),
        );
        expect(outcomes(responses)).toEqual(['201', ...Array(3).fill('409 slug_taken')]);
      });
    },
  );

  test(
    'of sibling categories with the same name: one 201, the others 409',
    rounds(async (round) => {
      const responses = await concurrently(4, (n) =>
        post('/categories', { name: `Sibling ${'a'.repeat(round + 1)}`, slug: `sibling-${round}-${n}` }),
      );
      expect(outcomes(responses)).toEqual(['201', ...Array(3).fill('409 name_taken')]);
    }),
  );
});

describe('trashed articles', () => {
  test('DELETE while another client restores the article: after a 204 it is in the trash', async () => {
    const { id } = await newArticle(server.as.editor);
    await times(150, async () => {
      await del(`/articles/${id}`);
      const [deleted, restored] = await Promise.all([del(`/articles/${id}`), post(`/articles/${id}/restore`)]);
      expect(restored.status).toBe(200);
      expect((await get(`/articles/${id}`)).status).toBe(deleted.status === 204 ? 404 : 200);
      if (deleted.status !== 204) expect(outcomes([deleted])).toEqual(['404 not_found']);
    });
  });

  test.each([
    [
      'restore',
      (id: number, headers: Record<string, string>) =>
        server.as.editor.post(`/articles/${id}/restore`, undefined, { headers }),
    ],
    [
      'DELETE',
      (id: number, headers: Record<string, string>) =>
        server.as.editor.delete(`/articles/${id}?permanent=true`, { headers }),
    ],
  ] as const)(
    '%s with a version that another transaction raises in the meantime: 412, and nothing is written',
    async (_, write) => {
      const { pool } = server.database;
      const { id } = await newArticle(server.as.editor);
      await del(`/articles/${id}`);
      const other = await pool.connect();
      try {
        await other.query('begin');
        await other.query(`update articles set title = 'Other' where id = $1`, [id]);
        const waiting = write(id, { 'If-Match': '"2"' });
        await expect.poll(async () => (await pool.query(LOCK_WAITS)).rows.length).toBe(1);
        await other.query('commit');
        expect(outcomes([await waiting])).toEqual(['412 version_mismatch']);
      } finally {
        other.release();
      }
      expect(await read(`/articles/${id}?trashed=true`)).toMatchObject({ status: 'trashed', version: 3 });
    },
  );
});

describe('links of one article', () => {
  test(
    'adding and removing the same link: both 204, and the version counts the changes',
    rounds(async (round) => {
      const [other, contested] = await newCategories(2);
      const categoryIds = round % 2 === 0 ? [other] : [other, contested];
      const { id } = await newArticle(server.as.editor, { categoryIds });
      const link = `/articles/${id}/categories/${contested}`;
      expect(outcomes(await Promise.all([put(link), del(link)]))).toEqual(['204', '204']);
      const { categories, version } = await read(`/articles/${id}`);
      const isLinked = idsOf(categories).includes(contested as number);
      // Two changes if the first request changed something, otherwise one.
      expect(version).toBe(isLinked === (round % 2 === 0) ? 2 : 3);
      await expectConsistentLinks(id);
    }),
  );

  test(
    'adding the same link: all 204, one row, the version raised once',
    rounds(async () => {
      const [category] = await newCategories(1);
      const { id } = await newArticle(server.as.editor);
      expect(outcomes(await concurrently(8, () => put(`/articles/${id}/categories/${category}`)))).toEqual(
        Array(8).fill('204'),
      );
      expect(await read(`/articles/${id}`)).toMatchObject({ version: 2, categories: [{ id: category }] });
    }),
  );

  test(
    'adding different links: all exist, each with its own position, the version raised once for each',
    rounds(async () => {
      const ids = await newCategories(8);
      const { id } = await newArticle(server.as.editor);
      expect(outcomes(await concurrently(8, (n) => put(`/articles/${id}/categories/${ids[n]}`)))).toEqual(
        Array(8).fill('204'),
      );
      const { categories, version } = await read(`/articles/${id}`);
      expect([new Set(idsOf(categories)), version]).toEqual([new Set(ids), 9]);
      await expectConsistentLinks(id);
    }),
  );

  test(
    'replacing all links: the result is exactly one of the lists, in its order, and the version counts every change',
    rounds(async () => {
      const [a, b, c, d] = (await newCategories(4)) as [number, number, number, number];
      const lists = [[a, b, c], [c, b, a], [d], [], [b, d], [d, c, b, a], [a, c], [b]];
      const { id } = await newArticle(server.as.editor, { categoryIds: [a, b, c, d] });
      const responses = await concurrently(lists.length, (n) =>
        patch(`/articles/${id}`, { title: `By ${n}`, categoryIds: lists[n] }),
      );
      expect(outcomes(responses)).toEqual(Array(lists.length).fill('200'));
      const { title, version, categories } = await read(`/articles/${id}`);
      expect(idsOf(categories)).toEqual(lists[Number(title.slice(3))]);
      expect(version).toBe(1 + lists.length);
      await expectConsistentLinks(id);
    }),
  );

  test(
    'replacing all links with the same If-Match: one 200, the others 412 without a write',
    rounds(async () => {
      const ids = await newCategories(6);
      const { id } = await newArticle(server.as.editor);
      const responses = await concurrently(6, (n) =>
        patch(`/articles/${id}`, { title: `By ${n}`, categoryIds: [ids[n]] }, { 'if-match': '"1"' }),
      );
      expect(outcomes(responses)).toEqual(['200', ...Array(5).fill('412 version_mismatch')]);
      const winner = responses.findIndex(({ status }) => status === 200);
      expect(await read(`/articles/${id}`)).toMatchObject({
        version: 2,
        title: `By ${winner}`,
        categories: [{ id: ids[winner] }],
      });
    }),
  );

  test(
    'replacing, adding and removing links while the article is published, unpublished and trashed',
    rounds(async () => {
      const ids = await newCategories(3);
      const { id } = await newArticle(server.as.editor, { categoryIds: ids });
      const path = `/articles/${id}`;
      const responses = await Promise.all([
        patch(path, { publishedAt: null }),
        patch(path, { publishedAt: '2020-01-01T00:00:00Z', categoryIds: [ids[2]] }),
        put(`${path}/categories/${ids[1]}`),
        del(`${path}/categories/${ids[2]}`),
        del(path),
        post(`${path}/restore`),
      ]);
      for (const response of outcomes(responses)) expect(['200', '204', '404 not_found']).toContain(response);
      await expectConsistentLinks(id);
    }),
  );
});

describe('trash and restore', () => {
  test(
    'DELETE, restore and permanent DELETE by many clients: one DELETE gets 204, every restore 200',
    rounds(async () => {
      const { id } = await newArticle(server.as.editor);
      expect(outcomes(await concurrently(4, () => del(`/articles/${id}`)))).toEqual([
        '204',
        ...Array(3).fill('404 not_found'),
      ]);
      expect(outcomes(await concurrently(4, () => post(`/articles/${id}/restore`)))).toEqual(Array(4).fill('200'));
      expect((await read(`/articles/${id}`)).version).toBe(3);
      expect(outcomes(await concurrently(4, () => del(`/articles/${id}?permanent=true`)))).toEqual([
        '204',
        ...Array(3).fill('404 not_found'),
      ]);
    }),
  );

  test(
    'restore and creation with the same generated slug: both succeed, one with a suffix',
    rounds(async (round) => {
      const title = `Contended ${'a'.repeat(round + 1)}`;
      const { id, slug } = await newArticle(server.as.editor, { title });
      await del(`/articles/${id}`);
      const responses = await Promise.all([post(`/articles/${id}/restore`), post('/articles', { title })]);
      expect(outcomes(responses)).toEqual(['200', '201']);
      expect(new Set(responses.map(({ body }) => body.slug))).toEqual(new Set([slug, `${slug}-2`]));
    }),
  );

  test(
    'restore and creation with the same chosen slug: the restore succeeds, the creation only if it was first',
    rounds(async (round) => {
      const slug = `fought-for-${round}`;
      const { id } = await newArticle(server.as.editor, { slug });
      await del(`/articles/${id}`);
      const [restored, created] = await Promise.all([
        post(`/articles/${id}/restore`),
        post('/articles', { title: 'x', slug }),
      ]);
      expect(outcomes([restored])).toEqual(['200']);
      if (created.status === 201) expect([created.body.slug, restored.body.slug]).toEqual([slug, `${slug}-2`]);
      else expect([...outcomes([created]), restored.body.slug]).toEqual(['409 slug_taken', slug]);
    }),
  );

  test(
    'restore of many articles with the same slug: all succeed, with different slugs',
    rounds(async (round) => {
      const slug = `all-back-${round}`;
      const articles = await times(4, async () => {
        const article = await newArticle(server.as.editor, { slug });
        await del(`/articles/${article.id}`);
        return article;
      });
      const responses = await concurrently(4, (n) => post(`/articles/${articles[n].id}/restore`));
      expect(outcomes(responses)).toEqual(Array(4).fill('200'));
      expect(new Set(responses.map(({ body }) => body.slug))).toEqual(
        new Set([slug, ...[2, 3, 4].map((n) => `${slug}-${n}`)]),
      );
    }),
  );

  test(
    'DELETE and PATCH: the responses match the result',
    rounds(async () => {
      const { id } = await newArticle(server.as.editor);
      const [updated, trashed] = await Promise.all([
        patch(`/articles/${id}`, { title: 'Changed' }),
        del(`/articles/${id}`),
      ]);
      expect(outcomes([trashed])).toEqual(['204']);
      const { title } = await read(`/articles/${id}?trashed=true`);
      expect(outcomes([updated])).toEqual(title === 'Changed' ? ['200'] : ['404 not_found']);
    }),
  );

  test(
    'deletion of an author and creation of an article with it: 201 or 422, never a link without an author',
    rounds(async () => {
      const author = await newAuthor(server.as.editor);
      const title = unique('Signed');
      const [created, deleted] = await Promise.all([
        post('/articles', { title, authorIds: [author.id] }),
        del(`/authors/${author.id}`),
      ]);
      expect(outcomes([deleted])).toEqual(['204']);
      expect(['201', '422 unknown_author']).toContain(outcomes([created])[0]);
      const { rows } = await server.database.pool.query('select id from articles where title = $1', [title]);
      expect(rows).toHaveLength(created.status === 201 ? 1 : 0);
      if (created.status === 201)
        expect(await read(`/articles/${created.body.id}`)).toMatchObject({ authors: [], version: 2 });
    }),
  );
});
