import { describe, expect, test } from 'vitest';
import { concurrently, outcomes } from './harness/concurrency.ts';
import { idsOf, newArticle, newAuthor, newCategory, times, unique } from './harness/seed.ts';
import { useServer } from './harness/server.ts';

// Each race is run many times over, since one run proves little; the winners are counted, and what the losers are told
// must be why they lost: never a 5xx, never that the server was too busy to decide.

const server = useServer();
const { get, post, patch, put, del } = {
  get: (path: string) => server.as.editor.get(path),
  post: (path: string, body?: unknown) => server.as.editor.post(path, body),
  patch: (path: string, body: unknown, headers = {}) => server.as.editor.patch(path, body, { headers }),
  put: (path: string) => server.as.editor.put(path),
  del: (path: string) => server.as.editor.delete(path),
};
const read = async (path: string) => (await get(path)).body;
const newCategories = async (much: number) => idsOf(await times(much, () => newCategory(server.as.editor)));
const ROUNDS = 8;
const rounds = (run: (round: number) => Promise<void>) => () => times(ROUNDS, run);
/** Statements that wait for a lock. */
const WAITING = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
/** The links of an article must be a whole list: places without a tie, and the times of the article itself. */
const expectWhole = async (id: number) => {
  const { rows } = await server.database.pool.query(
    `select count(*)::int as links, count(distinct position)::int as places,
       count(*) filter (where link.listed_at = articles.listed_at)::int as true_times
     from article_categories as link join articles on articles.id = article_id where article_id = $1`,
    [id],
  );
  expect(new Set(Object.values(rows[0])).size, JSON.stringify(rows[0])).toBe(1);
};

describe('equal creates', () => {
  const MANY = 60;
  test.each(['articles', 'categories', 'authors'])(
    'of %s with a generated slug all succeed, with different slugs',
    async (resource) => {
      for (let round = 0; round < 3; round += 1) {
        const name = `Equal ${resource} ${'abcdefgh'[round]}`;
        // Siblings need names of their own; these have the same slug.
        const answers = await concurrently(MANY, (n) =>
          post(`/${resource}`, resource === 'articles' ? { title: name } : { name: name + '!'.repeat(n) }),
        );
        expect(outcomes(answers)).toEqual(Array(MANY).fill('201'));
        const base = name.toLowerCase().replaceAll(' ', '-');
        const slugs = new Set(answers.map(({ body }) => body.slug));
        expect(slugs).toEqual(new Set([base, ...Array.from({ length: MANY - 1 }, (_, n) => `${base}-${n + 2}`)]));
      }
    },
  );

  test.each(['articles', 'categories', 'authors'])(
    'of %s with one chosen slug: one 201, the others 409',
    async (resource) => {
      await times(ROUNDS, async (round) => {
        const slug = `chosen-${round}`;
        const answers = await concurrently(4, () =>
          post(`/${resource}`, { [resource === 'articles' ? 'title' : 'name']: unique('x'), slug }),
        );
        expect(outcomes(answers)).toEqual(['201', ...Array(3).fill('409 slug_taken')]);
      });
    },
  );

  test(
    'of sibling categories with one name: one 201, the others 409',
    rounds(async (round) => {
      const answers = await concurrently(4, (n) =>
        post('/categories', { name: `Sibling ${'abcdefghijkl'[round]}`, slug: `sibling-${round}-${n}` }),
      );
      expect(outcomes(answers)).toEqual(['201', ...Array(3).fill('409 name_taken')]);
    }),
  );
});

describe('the trash', () => {
  test('DELETE of an article that somebody restores: a 204 means that it is in the trash', async () => {
    const { id } = await newArticle(server.as.editor);
    await times(150, async () => {
      await del(`/articles/${id}`);
      const [gone, restored] = await Promise.all([del(`/articles/${id}`), post(`/articles/${id}/restore`)]);
      expect(restored.status).toBe(200);
      expect((await get(`/articles/${id}`)).status).toBe(gone.status === 204 ? 404 : 200);
      if (gone.status !== 204) expect(outcomes([gone])).toEqual(['404 not_found']);
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
  ] as const)('%s with a version that others raise meanwhile: 412, and nothing is done', async (_, write) => {
    const { pool } = server.database;
    const { id } = await newArticle(server.as.editor);
    await del(`/articles/${id}`);
    const other = await pool.connect();
    try {
      await other.query('begin');
      await other.query(`update articles set title = 'Other' where id = $1`, [id]);
      const waiting = write(id, { 'If-Match': '"2"' });
      await expect.poll(async () => (await pool.query(WAITING)).rows.length).toBe(1);
      await other.query('commit');
      expect(outcomes([await waiting])).toEqual(['412 version_mismatch']);
    } finally {
      other.release();
    }
    expect(await read(`/articles/${id}?trashed=true`)).toMatchObject({ status: 'trashed', version: 3 });
  });
});

describe('links of one article', () => {
  test(
    'added and removed at once: both 204, and the version counts what happened',
    rounds(async (round) => {
      const [kept, contested] = await newCategories(2);
      const filed = round % 2 === 0 ? [kept] : [kept, contested];
      const { id } = await newArticle(server.as.editor, { categoryIds: filed });
      const link = `/articles/${id}/categories/${contested}`;
      expect(outcomes(await Promise.all([put(link), del(link)]))).toEqual(['204', '204']);
      const { categories, version } = await read(`/articles/${id}`);
      const there = idsOf(categories).includes(contested as number);
      // Two changes when the first to come had something to do, else one.
      expect(version).toBe(there === (round % 2 === 0) ? 2 : 3);
      await expectWhole(id);
    }),
  );

  test(
    'the same one added by many: all 204, one row, one version more',
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
    'different ones added by many: all there, each in a place of its own, each one version',
    rounds(async () => {
      const ids = await newCategories(8);
      const { id } = await newArticle(server.as.editor);
      expect(outcomes(await concurrently(8, (n) => put(`/articles/${id}/categories/${ids[n]}`)))).toEqual(
        Array(8).fill('204'),
      );
      const { categories, version } = await read(`/articles/${id}`);
      expect([new Set(idsOf(categories)), version]).toEqual([new Set(ids), 9]);
      await expectWhole(id);
    }),
  );

  test(
    'replaced by many: the end is exactly one of the lists, in its order, and the version counts every change',
    rounds(async () => {
      const [a, b, c, d] = (await newCategories(4)) as [number, number, number, number];
      const lists = [[a, b, c], [c, b, a], [d], [], [b, d], [d, c, b, a], [a, c], [b]];
      const { id } = await newArticle(server.as.editor, { categoryIds: [a, b, c, d] });
      const answers = await concurrently(lists.length, (n) =>
        patch(`/articles/${id}`, { title: `By ${n}`, categoryIds: lists[n] }),
      );
      expect(outcomes(answers)).toEqual(Array(lists.length).fill('200'));
      const { title, version, categories } = await read(`/articles/${id}`);
      expect(idsOf(categories)).toEqual(lists[Number(title.slice(3))]);
      expect(version).toBe(1 + lists.length);
      await expectWhole(id);
    }),
  );

  test(
    'replaced by many with one If-Match: one 200, the others 412, and nothing of theirs is written',
    rounds(async () => {
      const ids = await newCategories(6);
      const { id } = await newArticle(server.as.editor);
      const answers = await concurrently(6, (n) =>
        patch(`/articles/${id}`, { title: `By ${n}`, categoryIds: [ids[n]] }, { 'if-match': '"1"' }),
      );
      expect(outcomes(answers)).toEqual(['200', ...Array(5).fill('412 version_mismatch')]);
      const won = answers.findIndex(({ status }) => status === 200);
      expect(await read(`/articles/${id}`)).toMatchObject({
        version: 2,
        title: `By ${won}`,
        categories: [{ id: ids[won] }],
      });
    }),
  );

  test(
    'replaced, added and removed while it is published, drafted and trashed',
    rounds(async () => {
      const ids = await newCategories(3);
      const { id } = await newArticle(server.as.editor, { categoryIds: ids });
      const path = `/articles/${id}`;
      const answers = await Promise.all([
        patch(path, { publishedAt: null }),
        patch(path, { publishedAt: '2020-01-01T00:00:00Z', categoryIds: [ids[2]] }),
        put(`${path}/categories/${ids[1]}`),
        del(`${path}/categories/${ids[2]}`),
        del(path),
        post(`${path}/restore`),
      ]);
      for (const answer of outcomes(answers)) expect(['200', '204', '404 not_found']).toContain(answer);
      await expectWhole(id);
    }),
  );
});

describe('trash', () => {
  test(
    'to it, out of it and for good, by many: one DELETE wins, every restore is right',
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
    'restore against creation with the same slug, generated: both succeed, one with a suffix',
    rounds(async (round) => {
      const title = `Contended ${'abcdefghijkl'[round]}`;
      const { id, slug } = await newArticle(server.as.editor, { title });
      await del(`/articles/${id}`);
      const answers = await Promise.all([post(`/articles/${id}/restore`), post('/articles', { title })]);
      expect(outcomes(answers)).toEqual(['200', '201']);
      expect(new Set(answers.map(({ body }) => body.slug))).toEqual(new Set([slug, `${slug}-2`]));
    }),
  );

  test(
    'restore against creation with the same slug, chosen: the restore succeeds, the other if it was first',
    rounds(async (round) => {
      const slug = `fought-for-${round}`;
      const { id } = await newArticle(server.as.editor, { slug });
      await del(`/articles/${id}`);
      const [restored, made] = await Promise.all([
        post(`/articles/${id}/restore`),
        post('/articles', { title: 'x', slug }),
      ]);
      expect(outcomes([restored])).toEqual(['200']);
      if (made.status === 201) expect([made.body.slug, restored.body.slug]).toEqual([slug, `${slug}-2`]);
      else expect([...outcomes([made]), restored.body.slug]).toEqual(['409 slug_taken', slug]);
    }),
  );

  test(
    'restore of many with one slug: all succeed, with different slugs',
    rounds(async (round) => {
      const slug = `all-back-${round}`;
      const articles = await times(4, async () => {
        const article = await newArticle(server.as.editor, { slug });
        await del(`/articles/${article.id}`);
        return article;
      });
      const answers = await concurrently(4, (n) => post(`/articles/${articles[n].id}/restore`));
      expect(outcomes(answers)).toEqual(Array(4).fill('200'));
      expect(new Set(answers.map(({ body }) => body.slug))).toEqual(
        new Set([slug, ...[2, 3, 4].map((n) => `${slug}-${n}`)]),
      );
    }),
  );

  test(
    'against a change: what was answered is what happened',
    rounds(async () => {
      const { id } = await newArticle(server.as.editor);
      const [changed, trashed] = await Promise.all([
        patch(`/articles/${id}`, { title: 'Changed' }),
        del(`/articles/${id}`),
      ]);
      expect(outcomes([trashed])).toEqual(['204']);
      const { title } = await read(`/articles/${id}?trashed=true`);
      expect(outcomes([changed])).toEqual(title === 'Changed' ? ['200'] : ['404 not_found']);
    }),
  );

  test(
    'against creation of an author’s article: 201 or 422, never a byline of nobody',
    rounds(async () => {
      const author = await newAuthor(server.as.editor);
      const title = unique('Signed');
      const [made, gone] = await Promise.all([
        post('/articles', { title, authorIds: [author.id] }),
        del(`/authors/${author.id}`),
      ]);
      expect(outcomes([gone])).toEqual(['204']);
      expect(['201', '422 unknown_author']).toContain(outcomes([made])[0]);
      const { rows } = await server.database.pool.query('select id from articles where title = $1', [title]);
      expect(rows).toHaveLength(made.status === 201 ? 1 : 0);
      if (made.status === 201)
        expect(await read(`/articles/${made.body.id}`)).toMatchObject({ authors: [], version: 2 });
    }),
  );
});
