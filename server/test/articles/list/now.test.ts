import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { COMMAND } from '../../../src/access/principal.ts';
import { ArticleListQuery } from '../../../src/articles/list/article-list.schema.ts';
import { listArticles } from '../../../src/articles/list/list.queries.ts';
import { planList } from '../../../src/articles/list/list-plan.reader.ts';
import { countOf, updateCategoryCounts } from '../../../src/categories/category-counts/category-counts.queries.ts';
import { newArticle, newCategory } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

// `now()` is constant inside a transaction, so that a test can look at one instant.

const server = useServer();

test('an article is listed from the millisecond of its publication on', async () => {
  const { shape, values } = planList(ArticleListQuery.parse({}), COMMAND, null);
  const titles = await server.database.db.transaction(async (tx) => {
    await tx.execute(sql`insert into articles (title, slug, published_at)
      select 'In ' || ms || ' ms', 'now-' || ms,
        date_trunc('milliseconds', now()) + ms * interval '1 millisecond'
      from generate_series(0, 1) as ms`);
    return (await listArticles(tx, shape, values)).map(({ title }) => title);
  });
  expect(titles).toEqual(['In 0 ms']);
});

test('a transaction does not count an article published after its start, even when the worker adds up the counts meanwhile', async () => {
  const { id } = await newCategory(server.as.editor);
  const count = async (db: typeof server.database.db) =>
    (await db.select({ count: countOf('direct', sql`${id}::bigint`) }).from(sql`(select) as nothing`))[0]?.count;
  await server.database.db.transaction(async (tx) => {
    expect(await count(tx)).toBe(0);
    await newArticle(server.as.editor, { categoryIds: [id] });
    await updateCategoryCounts(server.database.db, 20_000);
    expect(await count(server.database.db)).toBe(1);
    expect(await count(tx)).toBe(0);
  });
});

test('a server that stalls between `begin` and its first read counts what it lists', async () => {
  const { id } = await newCategory(server.as.editor);
  const link = async () => {
    const { id: article } = await newArticle(server.as.editor);
    await delay(1_500);
    return server.as.editor.put(`/articles/${article}/categories/${id}`);
  };
  const { shape, values } = planList(ArticleListQuery.parse({}), COMMAND, { id });
  const { db, snapshots } = server.database;
  const answer = await db.transaction(
    async (tx) => {
      // Here PostgreSQL knows `now()`, but has no snapshot yet.
      // One article is counted when it appears, and one later, when its time is over for other readers.
      await Promise.all([newArticle(server.as.editor, { categoryIds: [id] }), link()]);
      await updateCategoryCounts(db, 20_000);
      const rows = await listArticles(tx, shape, values);
      const [total] = await tx.select({ count: countOf('direct', sql`${id}::bigint`) }).from(sql`(select) as nothing`);
      return { rows: rows.length, total: total?.count };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  expect(answer).toEqual({ rows: 0, total: 0 });
  const { signal } = new AbortController();
  const later = await snapshots.ordinary.run((tx) => listArticles(tx, shape, values), signal);
  expect(later).toHaveLength(2);
});
