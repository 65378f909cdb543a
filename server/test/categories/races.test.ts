import { describe, expect, test } from 'vitest';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { idsOf, newArticle, newCategory, times, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const { get, post, patch, put, del } = {
  get: (path: string) => server.as.editor.get(path),
  post: (path: string, body?: unknown) => server.as.editor.post(path, body),
  patch: (path: string, body: unknown) => server.as.editor.patch(path, body),
  put: (path: string) => server.as.editor.put(path),
  del: (path: string) => server.as.editor.delete(path),
};
const read = async (path: string) => (await get(path)).body;
const ROUNDS = 8;
const rounds = (run: (round: number) => Promise<unknown>) => () => times(ROUNDS, run);
/** All that must be true of the tree and the links whatever was written. */
const expectSound = async () => {
  const { rows } = await server.database.pool.query(
    `with recursive reached as (
       select id from categories where parent_id is null union select c.id from categories as c join reached on c.parent_id = reached.id)
     select (select count(*)::int from categories where id not in (select id from reached)) as lost,
       (select count(*)::int from article_categories where category_id not in (select id from categories)) as dangling`,
  );
  expect(rows).toEqual([{ lost: 0, dangling: 0 }]);
};

describe('moves', () => {
  test(
    'of A under B and of B under A: one 200, the other 422',
    rounds(async () => {
      const [a, b] = await times(2, () => newCategory(server.as.editor));
      const moves = [
        () => patch(`/categories/${a.id}`, { parentId: b.id }),
        () => patch(`/categories/${b.slug}`, { parentId: a.id }),
      ];
      expect(outcomes(await concurrently(2, (n) => moves[n]!()))).toEqual(['200', '422 category_cycle']);
      const paths = [await read(`/categories/${a.id}`), await read(`/categories/${b.id}`)].map(
        ({ path }) => path.length,
      );
      expect(new Set(paths)).toEqual(new Set([0, 1]));
      await expectSound();
    }),
  );

  test(
    'around a ring of five: all but one 200',
    rounds(async () => {
      const ring = idsOf(await times(5, () => newCategory(server.as.editor)));
      const answers = await concurrently(5, (n) => patch(`/categories/${ring[n]}`, { parentId: ring[(n + 1) % 5] }));
      expect(outcomes(answers)).toEqual([...Array(4).fill('200'), '422 category_cycle']);
      await expectSound();
    }),
  );

  test(
    'of one category to many places: all 200, and it is in one of them',
    rounds(async () => {
      const { id } = await newCategory(server.as.editor);
      const parents = idsOf(await times(4, () => newCategory(server.as.editor)));
      expect(outcomes(await concurrently(4, (n) => patch(`/categories/${id}`, { parentId: parents[n] })))).toEqual(
        Array(4).fill('200'),
      );
      const { parentId, version } = await read(`/categories/${id}`);
      expect(parents).toContain(parentId);
      expect(version).toBe(5);
    }),
  );

  test(
    'of a child while its parent is deleted, and to a parent that is deleted',
    rounds(async () => {
      const [doomed, other] = await times(2, () => newCategory(server.as.editor));
      const child = await newCategory(server.as.editor, { parentId: doomed.id });
      const answers = await Promise.all([
        del(`/categories/${doomed.id}`),
        patch(`/categories/${child.id}`, { parentId: other.id }),
        patch(`/categories/${other.id}`, { parentId: doomed.id }),
      ]);
      expect(answers.slice(0, 2).map(({ status }) => status)).toEqual([204, 200]);
      expect(['200', '422 unknown_category', '422 category_cycle']).toContain(outcomes(answers.slice(2))[0]);
      expect((await read(`/categories/${child.id}`)).path.map(({ id }: { id: number }) => id)).not.toContain(doomed.id);
      await expectSound();
    }),
  );
});

describe('deletion of a category', () => {
  test(
    'by many: one 204, the others 404',
    rounds(async () => {
      const { id } = await newCategory(server.as.editor);
      await newArticle(server.as.editor, { categoryIds: [id] });
      expect(outcomes(await concurrently(4, () => del(`/categories/${id}`)))).toEqual([
        '204',
        ...Array(3).fill('404 not_found'),
      ]);
    }),
  );

  test(
    'against creation of children: 201, and they moved up, or 422',
    rounds(async () => {
      const root = await newCategory(server.as.editor);
      const doomed = await newCategory(server.as.editor, { parentId: root.id });
      const [gone, ...made] = await concurrently(5, (n) =>
        n === 0 ? del(`/categories/${doomed.id}`) : post('/categories', { name: unique('Child'), parentId: doomed.id }),
      );
      expect(gone?.status).toBe(204);
      for (const answer of made) {
        expect(['201', '422 unknown_category']).toContain(outcomes([answer])[0]);
        if (answer.status === 201) expect((await read(`/categories/${answer.body.id}`)).parentId).toBe(root.id);
      }
      await expectSound();
    }),
  );

  test(
    'together with its parent and its child: all 204, and what is left hangs at the top',
    rounds(async () => {
      const chain: any[] = [];
      for (let depth = 0; depth < 5; depth += 1)
        chain.push(await newCategory(server.as.editor, { parentId: chain.at(-1)?.id ?? null }));
      expect(outcomes(await concurrently(4, (n) => del(`/categories/${chain[n].id}`)))).toEqual(Array(4).fill('204'));
      expect(await read(`/categories/${chain[4].id}`)).toMatchObject({ parentId: null, path: [] });
      await expectSound();
    }),
  );

  test(
    'against filing an article under it: 204, or 404 when it came first',
    rounds(async () => {
      const [doomed, other] = await times(2, () => newCategory(server.as.editor));
      const { id } = await newArticle(server.as.editor, { categoryIds: [other.id] });
      const [filed, gone] = await Promise.all([
        put(`/articles/${id}/categories/${doomed.id}`),
        del(`/categories/${doomed.id}`),
      ]);
      expect(gone.status).toBe(204);
      expect(['204', '404 not_found']).toContain(outcomes([filed])[0]);
      // Filed and unfiled again are two changes.
      expect(await read(`/articles/${id}`)).toMatchObject({
        version: filed.status === 204 ? 3 : 1,
        categories: [{ id: other.id }],
      });
      await expectSound();
    }),
  );

  test(
    'against PATCH of its articles: each wholly changed, or 422 and not at all',
    rounds(async () => {
      const [doomed, other, third] = await times(3, () => newCategory(server.as.editor));
      const articles = await times(4, (n) =>
        newArticle(server.as.editor, { categoryIds: [n % 2 ? doomed.id : third.id] }),
      );
      const body = { title: 'Changed', categoryIds: [other.id, doomed.id] };
      const [gone, ...changed] = await concurrently(5, (n) =>
        n === 0 ? del(`/categories/${doomed.id}`) : patch(`/articles/${articles[n - 1].id}`, body),
      );
      expect(gone?.status).toBe(204);
      for (const [n, answer] of changed.entries()) {
        expect(['200', '422 unknown_category']).toContain(outcomes([answer])[0]);
        const { title, categories } = await read(`/articles/${articles[n].id}`);
        const wanted =
          answer.status === 200 ? ['Changed', other.id] : [articles[n].title, ...(n % 2 ? [] : [third.id])];
        expect([title, ...idsOf(categories)]).toEqual(wanted);
      }
      await expectSound();
    }),
  );

  test(
    'against creation of articles under it: 201 with the other links, or 422 and no article',
    rounds(async () => {
      const [doomed, other] = await times(2, () => newCategory(server.as.editor));
      const titles = await times(4, async () => unique('Filed'));
      const [gone, ...made] = await concurrently(5, (n) =>
        n === 0
          ? del(`/categories/${doomed.id}`)
          : post('/articles', { title: titles[n - 1], categoryIds: [doomed.id, other.id] }),
      );
      expect(gone?.status).toBe(204);
      for (const answer of made) {
        expect(['201', '422 unknown_category']).toContain(outcomes([answer])[0]);
        if (answer.status === 201)
          expect(idsOf((await read(`/articles/${answer.body.id}`)).categories)).toEqual([other.id]);
      }
      const { rows } = await server.database.pool.query('select from articles where title = any($1)', [titles]);
      expect(rows).toHaveLength(made.filter(({ status }) => status === 201).length);
      expect((await read(`/categories/${other.id}`)).articleCount).toBe(rows.length);
      await expectSound();
    }),
  );

  test(
    'of two that share their articles, while these are trashed and restored',
    rounds(async () => {
      const doomed = idsOf(await times(2, () => newCategory(server.as.editor)));
      const articles = idsOf(
        await times(4, (n) => newArticle(server.as.editor, { categoryIds: n % 2 ? doomed : [...doomed].reverse() })),
      );
      const answers = await Promise.all([
        ...doomed.map((id) => del(`/categories/${id}`)),
        ...articles.map((id) => del(`/articles/${id}`)),
      ]);
      expect(outcomes(answers)).toEqual(Array(6).fill('204'));
      for (const id of articles) {
        // Trashed, and unfiled once by each of the two.
        expect(await read(`/articles/${id}?trashed=true`)).toMatchObject({
          version: 4,
          categories: [],
          status: 'trashed',
        });
      }
      await expectSound();
    }),
  );
});

test('none of these was a deadlock', async () => {
  const { rows } = await server.database.pool.query(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  );
  expect(rows).toEqual([{ deadlocks: 0 }]);
});
