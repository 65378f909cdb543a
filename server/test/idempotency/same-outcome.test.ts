import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { eventually } from '../harness/eventually.ts';
import { idsOf, newArticle, newCategory, times, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

// Services know nothing of the transaction of a request with a key. These are the places where they go on after a statement
// that failed, or begin a transaction of their own.

const server = useServer();
const withKey = () => ({ headers: { 'idempotency-key': randomUUID() } });
const { post, patch } = {
  post: (path: string, body?: unknown) => server.as.editor.post(path, body, withKey()),
  patch: (path: string, body: unknown) => server.as.editor.patch(path, body, withKey()),
};
/** Waits until a statement with this text waits for a lock. The index of words can wait for the same row. */
const untilWaiting = (text: string) =>
  eventually(async () => {
    const { rows } = await server.database.pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
      [`%${text}%`],
    );
    expect(rows).toHaveLength(1);
  });
const read = async (path: string) => (await server.as.editor.get(path)).body;

describe('A request with a key does what it does without one', () => {
  test('a generated slug that is taken gets a suffix', async () => {
    for (const [path, body] of [
      ['/articles', { title: 'Same' }],
      ['/authors', { name: 'Same' }],
    ] as const) {
      expect(await times(3, async () => (await post(path, body)).body.slug)).toEqual(['same', 'same-2', 'same-3']);
    }
    const parents = idsOf(await times(3, () => newCategory(server.as.editor)));
    const children = await concurrently(3, (n) => post('/categories', { name: 'Same', parentId: parents[n] }));
    expect(new Set(children.map(({ body }) => body.slug))).toEqual(new Set(['same', 'same-2', 'same-3']));
  });

  test('concurrent creates of the same title: all 201, with different slugs, each one revision of version 1', async () => {
    const responses = await concurrently(30, () => post('/articles', { title: 'Crowd' }));
    expect(outcomes(responses)).toEqual(Array(30).fill('201'));
    expect(new Set(responses.map(({ body }) => body.slug)).size).toBe(30);
    expect(new Set(responses.map(({ body }) => body.version))).toEqual(new Set([1]));
    const { rows } = await server.database.pool.query(
      `select count(*)::int, max(number) from article_revisions where article_id = any($1)`,
      [responses.map(({ body }) => body.id)],
    );
    expect(rows).toEqual([{ count: 30, max: 1 }]);
  });

  test('each unknown id is named, and nothing is written', async () => {
    const category = await newCategory(server.as.editor);
    const article = await newArticle(server.as.editor);
    const body = { title: 'Unknown ids', categoryIds: [999_998, category.id, 999_999], authorIds: [999_997] };
    for (const response of [await post('/articles', body), await patch(`/articles/${article.id}`, body)]) {
      expect(response.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
        '/categoryIds/0',
        '/categoryIds/2',
        '/authorIds/0',
      ]);
    }
    expect(await read(`/articles/${article.id}`)).toEqual(article);
    const cycle = await patch(`/categories/${category.id}`, { parentId: category.id });
    expect([cycle.status, cycle.body.code]).toEqual([422, 'category_cycle']);
  });

  test('a restore takes a suffix if the slug is taken', async () => {
    const { id } = await newArticle(server.as.editor, { slug: 'contended' });
    await server.as.editor.delete(`/articles/${id}`);
    await newArticle(server.as.editor, { slug: 'contended' });
    expect((await post(`/articles/${id}/restore`)).body).toMatchObject({ id, slug: 'contended-2', version: 3 });
  });

  test('an update that another writer overtook runs again', async () => {
    const [a, b] = idsOf(await times(2, () => newCategory(server.as.editor)));
    const { id } = await newArticle(server.as.editor);
    const holder = await server.database.pool.connect();
    await holder.query('begin');
    await holder.query(
      `with article as (select id, listed_at from articles where id = $1 for update)
       insert into article_categories (article_id, category_id, position, listed_at) select id, $2, 1, listed_at from article`,
      [id, a],
    );
    const waiting = patch(`/articles/${id}`, { categoryIds: [b], title: 'Overtaken' });
    await untilWaiting('"snapshot"');
    await holder.query('commit');
    holder.release();
    expect((await waiting).body).toMatchObject({ title: 'Overtaken', version: 3, categories: [{ id: b }] });
    expect((await read(`/articles/${id}`)).categories).toHaveLength(1);
  });

  test('concurrent updates of one article: all 200, each a version', async () => {
    const { id } = await newArticle(server.as.editor);
    const responses = await concurrently(20, (n) => patch(`/articles/${id}`, { title: `Version by ${n}` }));
    expect(outcomes(responses)).toEqual(Array(20).fill('200'));
    expect((await read(`/articles/${id}`)).version).toBe(21);
  });

  test('a move of a category uses the connections for large changes, and its path and counts are right', async () => {
    const [from, to] = await times(2, () => newCategory(server.as.editor));
    const moved = await newCategory(server.as.editor, { parentId: from.id });
    await newArticle(server.as.editor, { categoryIds: [moved.id] });
    const { pool } = server.database;
    const holder = await pool.connect();
    await holder.query("begin; select pg_advisory_xact_lock(hashtext('rubric.category_moves'))");
    const waiting = patch(`/categories/${moved.slug}`, { parentId: to.id, name: unique('Moved') });
    await untilWaiting('category_moves');
    // The holder has the only connection of the pool that is in use.
    await eventually(() => expect(pool.totalCount - pool.idleCount).toBe(1));
    await holder.query('rollback');
    holder.release();
    expect((await waiting).body).toMatchObject({ parentId: to.id, path: [{ id: to.id }], version: 2 });
    expect(await read(`/categories/${to.id}`)).toMatchObject({ articleCountDeep: 1 });
    expect(await read(`/categories/${from.id}`)).toMatchObject({ articleCountDeep: 0 });
  });
});
