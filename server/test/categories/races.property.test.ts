import { describe, expect, test } from 'vitest';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { runs } from '../harness/random.ts';
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
const ROUNDS = runs(8);
const rounds = (run: (round: number) => Promise<unknown>) => () => times(ROUNDS, run);
/** Expects every category to be reachable from a root and every link to have its category. */
const expectConsistent = async () => {
  const { rows } = await server.database.pool.query(
    `with recursive reached as (
       select id from categories where parent_id is null union select c.id from categories as c join reached on c.parent_id = reached.id)
     select (select count(*)::int from categories where id not in (select id from reached)) as lost,
       (select count(*)::int from article_categories where category_id not in (select id from categories)) as dangling`,
  );
  expect(rows).toEqual([{ lost: 0, dangling: 0 }]);
};

describe('concurrent moves', () => {
  test(
    'of A below B and of B below A: one 200, the other 422',
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
      await expectConsistent();
    }),
  );

  test(
    'around a ring of five: all but one 200',
    rounds(async () => {
      const ring = idsOf(await times(5, () => newCategory(server.as.editor)));
      const responses = await concurrently(5, (n) => patch(`/categories/${ring[n]}`, { parentId: ring[(n + 1) % 5] }));
      expect(outcomes(responses)).toEqual([...Array(4).fill('200'), '422 category_cycle']);
      await expectConsistent();
    }),
  );

  test(
    'of one category to many parents: all 200, and it has one of them',
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
    'of a child whose parent is deleted, and to a parent that is deleted',
    rounds(async () => {
      const [doomed, other] = await times(2, () => newCategory(server.as.editor));
      const child = await newCategory(server.as.editor, { parentId: doomed.id });
      const responses = await Promise.all([
        del(`/categories/${doomed.id}`),
        patch(`/categories/${child.id}`, { parentId: other.id }),
        patch(`/categories/${other.id}`, { parentId: doomed.id }),
      ]);
      expect(responses.slice(0, 2).map(({ status }) => status)).toEqual([204, 200]);
      expect(['200', '422 unknown_category', '422 category_cycle']).toContain(outcomes(responses.slice(2))[0]);
      expect((await read(`/categories/${child.id}`)).path.map(({ id }: { id: number }) => id)).not.toContain(doomed.id);
      await expectConsistent();
    }),
  );
});

describe('concurrent deletion of a category', () => {
  test(
    'by many clients: one 204, the others 404',
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
    'and creation of children: 201 and the child moved up, or 422',
    rounds(async () => {
      const root = await newCategory(server.as.editor);
      const doomed = await newCategory(server.as.editor, { parentId: root.id });
      const [deleted, ...created] = await concurrently(5, (n) =>
        n === 0 ? del(`/categories/${doomed.id}`) : post('/categories', { name: unique('Child'), parentId: doomed.id }),
      );
      expect(deleted?.status).toBe(204);
      for (const response of created) {
        expect(['201', '422 unknown_category']).toContain(outcomes([response])[0]);
        if (response.status === 201) expect((await read(`/categories/${response.body.id}`)).parentId).toBe(root.id);
      }
      await expectConsistent();
    }),
  );

  test(
    'and of its ancestors: all 204, and the last descendant is at the top',
    rounds(async () => {
      const chain: any[] = [];
      for (let depth = 0; depth < 5; depth += 1)
        chain.push(await newCategory(server.as.editor, { parentId: chain.at(-1)?.id ?? null }));
      expect(outcomes(await concurrently(4, (n) => del(`/categories/${chain[n].id}`)))).toEqual(Array(4).fill('204'));
      expect(await read(`/categories/${chain[4].id}`)).toMatchObject({ parentId: null, path: [] });
      await expectConsistent();
    }),
  );

  test(
    'and linking an article to it: 204, or 404 if the deletion came first',
    rounds(async () => {
      const [doomed, other] = await times(2, () => newCategory(server.as.editor));
      const { id } = await newArticle(server.as.editor, { categoryIds: [other.id] });
      const [linked, deleted] = await Promise.all([
        put(`/articles/${id}/categories/${doomed.id}`),
        del(`/categories/${doomed.id}`),
      ]);
      expect(deleted.status).toBe(204);
      expect(['204', '404 not_found']).toContain(outcomes([linked])[0]);
      // Linking and unlinking raise the version twice.
      expect(await read(`/articles/${id}`)).toMatchObject({
        version: linked.status === 204 ? 3 : 1,
        categories: [{ id: other.id }],
      });
      await expectConsistent();
    }),
  );

  test(
    'and PATCH of its articles: each is updated completely, or 422 and not at all',
    rounds(async () => {
      const [doomed, other, third] = await times(3, () => newCategory(server.as.editor));
      const articles = await times(4, (n) =>
        newArticle(server.as.editor, { categoryIds: [n % 2 ? doomed.id : third.id] }),
      );
      const body = { title: 'Changed', categoryIds: [other.id, doomed.id] };
      const [deleted, ...updated] = await concurrently(5, (n) =>
        n === 0 ? del(`/categories/${doomed.id}`) : patch(`/articles/${articles[n - 1].id}`, body),
      );
      expect(deleted?.status).toBe(204);
      for (const [n, response] of updated.entries()) {
        expect(['200', '422 unknown_category']).toContain(outcomes([response])[0]);
        const { title, categories } = await read(`/articles/${articles[n].id}`);
        const expected =
          response.status === 200 ? ['Changed', other.id] : [articles[n].title, ...(n % 2 ? [] : [third.id])];
        expect([title, ...idsOf(categories)]).toEqual(expected);
      }
      await expectConsistent();
    }),
  );

  test(
    'and creation of articles in it: 201 with the other links, or 422 and no article',
    rounds(async () => {
      const [doomed, other] = await times(2, () => newCategory(server.as.editor));
      const titles = await times(4, async () => unique('Linked'));
      const [deleted, ...created] = await concurrently(5, (n) =>
        n === 0
          ? del(`/categories/${doomed.id}`)
          : post('/articles', { title: titles[n - 1], categoryIds: [doomed.id, other.id] }),
      );
      expect(deleted?.status).toBe(204);
      for (const response of created) {
        expect(['201', '422 unknown_category']).toContain(outcomes([response])[0]);
        if (response.status === 201)
          expect(idsOf((await read(`/articles/${response.body.id}`)).categories)).toEqual([other.id]);
      }
      const { rows } = await server.database.pool.query('select from articles where title = any($1)', [titles]);
      expect(rows).toHaveLength(created.filter(({ status }) => status === 201).length);
      expect((await read(`/categories/${other.id}`)).articleCount).toBe(rows.length);
      await expectConsistent();
    }),
  );

  test(
    'of two categories with the same articles, which are trashed at the same time',
    rounds(async () => {
      const doomed = idsOf(await times(2, () => newCategory(server.as.editor)));
      const articles = idsOf(
        await times(4, (n) => newArticle(server.as.editor, { categoryIds: n % 2 ? doomed : [...doomed].reverse() })),
      );
      const responses = await Promise.all([
        ...doomed.map((id) => del(`/categories/${id}`)),
        ...articles.map((id) => del(`/articles/${id}`)),
      ]);
      expect(outcomes(responses)).toEqual(Array(6).fill('204'));
      for (const id of articles) {
        // Trashed, and unlinked once by each of the two deletions.
        expect(await read(`/articles/${id}?trashed=true`)).toMatchObject({
          version: 4,
          categories: [],
          status: 'trashed',
        });
      }
      await expectConsistent();
    }),
  );
});

test('none of these races caused a deadlock', async () => {
  const { rows } = await server.database.pool.query(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  );
  expect(rows).toEqual([{ deadlocks: 0 }]);
});
