import { expect, test } from 'vitest';
import { createApp } from '../../../src/app.ts';
import { updateOldDocuments } from '../../../src/articles/search/search-index.queries.ts';
import { connect } from '../../../src/database/connection.ts';
import { eventually, untilStatementsWait } from '../../harness/eventually.ts';
import { idsOf, newArticle, newCategory } from '../../harness/seed.ts';
import { startServerBeside, useServer } from '../../harness/server.ts';

const server = useServer();

const isInBacklog = async (id: number) => {
  const { rows } = await server.database.pool.query('select from search_backlog where article_id = $1', [id]);
  return rows.length > 0;
};
const untilIndexed = (id: number) => eventually(async () => expect(await isInBacklog(id)).toBe(false));

async function documentOf(id: number): Promise<string | undefined> {
  const { rows } = await server.database.pool.query<{ document: string }>(
    'select document::text from article_search where article_id = $1',
    [id],
  );
  return rows[0]?.document;
}

/** Keeps the workers of all servers from indexing while `during` runs. Readers and writers of articles do not wait. */
async function withoutWorkers(during: () => Promise<void>): Promise<void> {
  const client = await server.database.pool.connect();
  await client.query('begin; lock table article_search in exclusive mode');
  try {
    await during();
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test('an article that is not yet indexed is found by its words of now, in every kind of list', async () => {
  const { id: categoryId } = await newCategory(server.as.editor);
  const changed = await newArticle(server.as.editor, { title: 'Lantern', categoryIds: [categoryId] });
  await untilIndexed(changed.id);
  await withoutWorkers(async () => {
    const created = await newArticle(server.as.editor, { title: 'Harbor lighthouse', categoryIds: [categoryId] });
    const { status } = await server.as.editor.patch(`/articles/${changed.id}`, { content: 'A lighthouse at sea' });
    expect(status).toBe(200);
    expect([await isInBacklog(created.id), await isInBacklog(changed.id)]).toEqual([true, true]);
    const both = new Set([created.id, changed.id]);
    for (const [list, ids] of [
      ['/articles?q=lighthouse', both],
      ['/articles?q=lighthouse&sort=relevance', both],
      ['/articles?q=lighthouse&sort=title', both],
      ['/articles?q=lightho&sort=-updatedAt', both],
      [`/articles?q=lighthouse&ids=${changed.id}`, new Set([changed.id])],
      [`/categories/${categoryId}/articles?q=lighthouse`, both],
      [`/categories/${categoryId}/articles?q=-harbor lighthouse`, new Set([changed.id])],
      ['/articles?q="at sea"', new Set([changed.id])],
    ] as const) {
      const { body } = await server.anonymous.get(`${list}&total=true&facets=categories`);
      expect(new Set(idsOf(body.data)), list).toEqual(ids);
      expect([body.page.total, body.facets.categories[0].count], list).toEqual([ids.size, ids.size]);
    }
    // The title has a higher weight, so the order shows that the rank is that of the new words.
    const { body } = await server.anonymous.get('/articles?q=lighthouse&sort=relevance');
    expect(idsOf(body.data)).toEqual([created.id, changed.id]);
    await server.as.editor.patch(`/articles/${changed.id}`, { title: 'Lamp' });
    expect((await server.anonymous.get('/articles?q=lantern')).body.data).toEqual([]);
  });
  await untilIndexed(changed.id);
  expect(await documentOf(changed.id)).toContain("'lamp'");
});

test('where the backlog would have more than 256 kB, a writer makes the document itself', async () => {
  const small = await newArticle(server.as.editor, { title: 'Small' });
  await untilIndexed(small.id);
  const client = await server.database.pool.connect();
  try {
    // Not committed, so that no worker takes part.
    await client.query('begin');
    const insert = `insert into articles (title, slug, content) values ('Large', $1, repeat('word ', $2)) returning id`;
    const ids = [];
    for (const [slug, words] of [
      ['large-1', 50_000],
      ['large-2', 3_000],
      ['large-3', 1_000],
    ]) {
      const { rows } = await client.query<{ id: string }>(insert, [slug, words]);
      ids.push(rows[0]?.id);
    }
    const { rows } = await client.query(
      'select id, exists (select from article_search where article_id = id) as "isIndexed" from articles where id = any($1) order by id',
      [ids],
    );
    expect(rows.map(({ isIndexed }) => isIndexed)).toEqual([false, true, false]);
  } finally {
    await client.query('rollback');
    client.release();
  }
});

test('a document is never replaced by that of an older version of its article', async () => {
  const { id } = await newArticle(server.as.editor, { title: 'Beacon' });
  await untilIndexed(id);
  const { pool } = server.database;
  await pool.query(`update article_search set document = 'newer', article_version = 9 where article_id = $1`, [id]);
  await pool.query('select index_articles(array[$1::bigint])', [id]);
  expect(await documentOf(id)).toBe("'newer'");
});

test('an article that is deleted while it is indexed does not fail the others', async () => {
  const [deleted, kept] = [await newArticle(server.as.editor), await newArticle(server.as.editor)];
  for (const { id } of [deleted, kept]) await untilIndexed(id);
  const ids = [deleted.id, kept.id];
  const { pool } = server.database;
  await pool.query('delete from article_search where article_id = any($1)', [ids]);
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('delete from articles where id = $1', [deleted.id]);
    const indexing = pool.query('select index_articles($1)', [ids]);
    await untilStatementsWait(pool);
    await client.query('commit');
    await indexing;
  } finally {
    client.release();
  }
  expect([await documentOf(deleted.id), await documentOf(kept.id)]).toEqual([undefined, expect.any(String)]);
});

test('the backlog has few entries, however short the articles are', async () => {
  const client = await server.database.pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `insert into articles (title, slug, content) select 'Short', 'short-' || n, '' from generate_series(1, 400) as n`,
    );
    const { rows } = await client.query('select count(*)::int as entries from search_backlog');
    expect(rows[0].entries).toBeLessThan(300);
  } finally {
    await client.query('rollback');
    client.release();
  }
});

test('documents of long articles are made again in smaller batches, by one server at a time', async () => {
  const { db, pool } = server.database;
  const ids = [];
  for (let n = 0; n < 3; n += 1) ids.push((await newArticle(server.as.editor, { content: 'word '.repeat(1_000) })).id);
  for (const id of ids) await untilIndexed(id);
  await pool.query('update article_search set document_version = 1 where article_id = any($1)', [ids]);
  const client = await pool.connect();
  try {
    await client.query(`begin; select pg_advisory_xact_lock(hashtext('rubric.old_documents'))`);
    expect((await updateOldDocuments(db, 0, 100, 9_000)).rows).toEqual([]);
  } finally {
    await client.query('rollback');
    client.release();
  }
  const afterId = Number(ids[0]) - 1;
  expect((await updateOldDocuments(db, afterId, 100, 9_000)).rows).toEqual([
    { lastId: String(ids[1]), firstLockedId: null },
  ]);
  expect((await updateOldDocuments(db, Number(ids[1]), 100, 9_000)).rows).toEqual([
    { lastId: String(ids[2]), firstLockedId: null },
  ]);
  expect((await updateOldDocuments(db, Number(ids[2]), 100, 9_000)).rows).toEqual([
    { lastId: null, firstLockedId: null },
  ]);
});

test('documents of an older version are made again by the next server', async () => {
  const ids = [];
  for (let n = 0; n < 3; n += 1) ids.push((await newArticle(server.as.editor, { title: `Beacon ${n}` })).id);
  for (const id of ids) await untilIndexed(id);
  const old = `update article_search set document = 'old', document_version = 1 where article_id = any($1)`;
  await server.database.pool.query(old, [ids]);
  const database = connect({ ...server.config.database, connectionString: server.databaseUrl });
  const next = await createApp(server.config, database, false);
  try {
    await next.init();
    for (const id of ids) await eventually(async () => expect(await documentOf(id)).toContain("'beacon'"));
  } finally {
    await next.close();
    await database.close();
  }
});

test('documents of an older version are made again beside a transaction that has locked an article, and that one later', async () => {
  const ids: number[] = [];
  for (let n = 0; n < 3; n += 1) ids.push((await newArticle(server.as.editor, { title: `Pharos ${n}` })).id);
  for (const id of ids) await untilIndexed(id);
  const old = `update article_search set document = 'old', document_version = 1 where article_id = any($1)`;
  await server.database.pool.query(old, [ids]);
  const [locked = 0, ...others] = ids;
  const client = await server.database.pool.connect();
  await client.query('begin');
  await client.query('select from articles where id = $1 for update', [locked]);
  const next = await startServerBeside(server);
  try {
    for (const id of others) await eventually(async () => expect(await documentOf(id)).toContain("'pharos'"));
    expect(await documentOf(locked)).toBe("'old'");
    await client.query('commit');
    await eventually(async () => expect(await documentOf(locked)).toContain("'pharos'"));
  } finally {
    client.release(true);
    await next.close();
  }
});

test('a link changes no document', async () => {
  const { id } = await newArticle(server.as.editor, { title: 'Buoy' });
  const category = await newCategory(server.as.editor);
  await untilIndexed(id);
  await withoutWorkers(async () => {
    await server.as.editor.put(`/articles/${id}/categories/${category.id}`);
    await server.as.editor.patch(`/articles/${id}`, { title: 'Buoy', slug: 'buoy-2' });
    expect(await isInBacklog(id)).toBe(false);
  });
});

test('the worker goes on beside a transaction that has locked an article, and indexes that one later', async () => {
  const { pool } = server.database;
  const { id: locked } = await newArticle(server.as.editor);
  await untilIndexed(locked);
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select from articles where id = $1 for update', [locked]);
    await pool.query('insert into search_backlog (article_id, bytes) values ($1, 1)', [locked]);
    const other = await newArticle(server.as.editor);
    await untilIndexed(other.id);
    expect(await isInBacklog(locked)).toBe(true);
  } finally {
    await client.query('rollback');
    client.release();
  }
  await untilIndexed(locked);
});

test('an entry of an article that was deleted for good leaves the backlog', async () => {
  await server.database.pool.query('insert into search_backlog (article_id, bytes) values (999999, 1)');
  await untilIndexed(999_999);
});

test('the lexemes of new documents leave the pending list of the index, which every search reads', async () => {
  await server.database.pool.query('create extension pgstattuple');
  const pendingTuples = async () => {
    const { rows } = await server.database.pool.query<{ pending: string }>(
      `select pending_tuples as pending from pgstatginindex('article_search_document_idx')`,
    );
    return Number(rows[0]?.pending);
  };
  const { id } = await newArticle(server.as.editor, { title: 'Barnacles' });
  await untilIndexed(id);
  await eventually(async () => expect(await pendingTuples()).toBe(0));
  expect(idsOf((await server.anonymous.get('/articles?q=barnacles')).body.data)).toEqual([id]);
});
