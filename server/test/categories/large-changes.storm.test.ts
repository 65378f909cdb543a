import { expect, onTestFinished, test } from 'vitest';
import { type Connection, connect } from '../../src/database/connection.ts';
import { runChecks } from '../../src/doctor/doctor.service.ts';
import { newArticle } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

// The largest changes that are promised: a category with 100,000 links, and a subtree of 5,001 categories with 100,000
// articles. Loaded by SQL without triggers; the counts are then filled by a full count.

const server = useServer();
const LARGE = 1;
const SUBTREE = 2;
const NEW_PARENT = 5007;

const LOAD = [
  `insert into categories (id, name, slug, parent_id) overriding system value
   select n, 'Category ' || n, 'category-' || n, case
     when n = ${LARGE} then 5005 when n = ${SUBTREE} then 5003 when n <= 12 then ${SUBTREE} when n <= 5002 then 2 + (n - 3) / 10
     when n = 5003 then 5004 when n = 5005 then 5006 when n <= 5020 then null when n > 19990 then ${LARGE}
     else 5003 + (n - 5003) / 10 end
   from generate_series(1, 20000) as n`,
  `insert into row_names (type, id, valid_from, name, slug) select 'category', id, '-infinity', name, slug from categories`,
  `insert into articles (id, title, slug, content, published_at) overriding system value
   select n, 'Article ' || n, 'article-' || n, 'Some words', '2020-01-01'::timestamptz + n * interval '20 minutes'
   from generate_series(1, 100000) as n`,
  `insert into article_categories (article_id, category_id, position, listed_at)
   select id, ${LARGE}, 1, listed_at from articles
   union all select id, 3 + (id * 7919) % 5000, 2, listed_at from articles
   union all select id, 5021 + (id * 104729) % 14980, 3, listed_at from articles
   union all select id, 5021 + (id * 611953 + 7) % 14980, 4, listed_at from articles where id % 100 < 14
   on conflict do nothing`,
  `select index_articles(array(select id from articles))`,
  `insert into counted_articles (article_id, direct_ids, listed_at)
   select article_id, array_agg(category_id order by category_id), listed_at from article_categories group by 1, 3`,
  `insert into category_paths select * from list_category_paths(array(select id from categories))`,
  `insert into category_counts (category_id, direct, deep)
   with recursive above as (
     select id as category_id, id from categories
     union all
     select category_id, parent_id from above join categories using (id) where parent_id is not null
   ), deep as (
     select above.id, count(distinct article_id) as articles from article_categories join above using (category_id) group by 1
   ), direct as (select category_id as id, count(*) as articles from article_categories group by 1)
   select id, coalesce(direct.articles, 0), deep.articles from deep left join direct using (id)`,
  `select setval('articles_id_seq', 100000), setval('categories_id_seq', 20000)`,
];

/** Connects as a command does, without timeouts. */
function connectWithoutTimeouts() {
  const { database } = server.config;
  const connection = connect({
    ...database,
    statementTimeoutMs: 0,
    lockTimeoutMs: 0,
    connectionString: server.databaseUrl,
  });
  onTestFinished(() => connection.close());
  return connection;
}

async function load({ pool }: Connection) {
  const client = await pool.connect();
  await client.query('set session_replication_role = replica');
  for (const statement of LOAD) await client.query(statement);
  await client.query('reset session_replication_role; analyze');
  client.release();
}

/** Expects a change to succeed, and meanwhile creates articles elsewhere one after the other. Prints the times. */
async function timed(change: () => Promise<{ status: number }>, status: number) {
  const begun = performance.now();
  const progress = { isDone: false };
  const changed = change().finally(() => (progress.isDone = true));
  let slowest = 0;
  while (!progress.isDone) {
    const before = performance.now();
    await newArticle(server.as.editor, { categoryIds: [5020] });
    slowest = Math.max(slowest, performance.now() - before);
  }
  expect((await changed).status).toBe(status);
  const took = performance.now() - begun;
  // oxlint-disable-next-line no-console
  console.log(`${Math.round(took)} ms; the slowest create beside it took ${Math.round(slowest)} ms`);
}

test('moving 5,001 categories and deleting a category with 100,000 links succeed, and the counts are exact', async () => {
  const connection = connectWithoutTimeouts();
  await load(connection);
  const { editor } = server.as;
  await timed(() => editor.patch(`/categories/${SUBTREE}`, { parentId: NEW_PARENT }), 200);
  await timed(() => editor.delete(`/categories/${LARGE}`), 204);
  expect((await editor.get(`/categories/${NEW_PARENT}`)).body.articleCountDeep).toBeGreaterThanOrEqual(100_000);
  expect((await editor.get('/articles/1')).body).toMatchObject({ version: 2 });
  expect((await runChecks(connection.db)).flatMap(({ first }) => first)).toEqual([]);
});
