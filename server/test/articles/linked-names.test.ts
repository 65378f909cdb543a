import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { recordOfLinkedTables } from '../../src/articles/article-relations.ts';
import { LinkedNames } from '../../src/articles/linked-names/linked-names.reader.ts';
import { NameMemory } from '../../src/articles/linked-names/name-memory.ts';
import { BoundedReads } from '../../src/bounded-reads/bounded-reads.ts';
import { newArticle, newAuthor, newCategory, unique } from '../harness/seed.ts';
import { startServerBeside, useServer } from '../harness/server.ts';
import { explain } from './list/explained.ts';

const server = useServer({ PIPELINING: 'off', EXPENSIVE_LIST_MS: '3600000' });
let other: Awaited<ReturnType<typeof startServerBeside>>;
beforeAll(async () => {
  other = await startServerBeside(server);
});
afterAll(() => other.close());

const query = (sql: string, values: unknown[] = []) => server.database.pool.query(sql, values);

/** An article of its own category and author, and the paths that show it in a list. */
const linked = { category: 0, author: 0, paths: [] as string[] };
beforeEach(async () => {
  linked.category = (await newCategory(server.as.editor)).id;
  linked.author = (await newAuthor(server.as.editor)).id;
  await newArticle(server.as.editor, { categoryIds: [linked.category], authorIds: [linked.author] });
  const list = `/categories/${linked.category}/articles`;
  linked.paths = [list, `${list}?total=true`, `${list}?sort=title`, `/categories/${linked.category}`];
});

/** Returns the names that each server shows in each list. */
async function shownNames(table: 'categories' | 'authors'): Promise<Set<string>> {
  const names = new Set<string>();
  for (const client of [server.as.editor, other.editor]) {
    for (const path of linked.paths) {
      const { body } = await client.get(path);
      const [article] = (body.articles ?? body).data;
      names.add(`${article[table][0].name} ${article[table][0].slug}`);
    }
  }
  return names;
}

/** The statements of a request that read the epoch; others can be those of a worker. */
const statementsOf = async (path: string) =>
  (await explain(server, path)).statements.filter(({ sql }) => sql.includes('name_epoch'));

describe('The names of categories and authors in lists', () => {
  test.each(['categories', 'authors'] as const)('%s: a rename shows on every server at once', async (table) => {
    const path = `/${table}/${table === 'categories' ? linked.category : linked.author}`;
    for (let n = 0; n < 3; n += 1) {
      await shownNames(table);
      const [name, slug] = [unique('Renamed'), unique('renamed').replace(' ', '-')];
      expect((await server.as.editor.patch(path, { name })).status).toBe(200);
      expect([...(await shownNames(table))]).toEqual([expect.stringMatching(`^${name} `)]);
      expect((await other.editor.patch(path, { slug })).status).toBe(200);
      expect([...(await shownNames(table))]).toEqual([`${name} ${slug}`]);
    }
  });

  test.each(['categories', 'authors'] as const)('%s: a row that takes the id of a deleted one', async (table) => {
    const [link, column, id] =
      table === 'categories'
        ? ['article_categories', 'category_id', linked.category]
        : ['article_authors', 'author_id', linked.author];
    await shownNames(table);
    const { rows } = await query(`delete from ${link} where ${column} = $1 returning article_id, listed_at`, [id]);
    await query(`delete from ${table} where id = $1`, [id]);
    const name = unique('Another');
    const slug = name.toLowerCase().replace(' ', '-');
    await query(`insert into ${table} (id, name, slug) overriding system value values ($1, $2, $3)`, [id, name, slug]);
    await query(`insert into ${link} (article_id, ${column}, position, listed_at) values ($1, $2, 1, $3)`, [
      rows[0].article_id,
      id,
      rows[0].listed_at,
    ]);
    expect([...(await shownNames(table))]).toEqual([`${name} ${slug}`]);
  });

  test('are read once, and again after a change of any name', async () => {
    const [list = ''] = linked.paths;
    expect(await statementsOf(list)).toHaveLength(2);
    expect(await statementsOf(list)).toHaveLength(1);
    await newCategory(server.as.editor);
    await newAuthor(server.as.editor);
    await server.as.editor.patch(`/categories/${linked.category}`, { position: 7 });
    expect(await statementsOf(list)).toHaveLength(1);
    await server.as.editor.patch(`/authors/${linked.author}`, { name: unique('Pen') });
    expect(await statementsOf(list)).toHaveLength(2);
    expect(await statementsOf(list)).toHaveLength(1);
  });
});

/** Does something once, before the next statement that reads names is sent. */
function beforeNamesAreRead(work: () => Promise<unknown>) {
  const { pool } = server.database;
  const intercepted = new Set<pg.PoolClient>();
  let isDone = false;
  const intercept = (client: pg.PoolClient) => {
    if (intercepted.has(client)) return;
    const query = client.query.bind(client) as (...all: unknown[]) => unknown;
    const sendAfterWork = async (all: unknown[]) => {
      isDone = true;
      await work();
      query(...all);
    };
    intercepted.add(client);
    client.query = ((...all: [{ name?: string }]) =>
      !isDone && all[0].name === 'names_of_linked_rows' ? void sendAfterWork(all) : query(...all)) as never;
  };
  pool.on('acquire', intercept);
  return () => {
    pool.off('acquire', intercept);
    for (const client of intercepted) delete (client as Partial<pg.PoolClient>).query;
    expect(isDone).toBe(true);
  };
}

/** Then the name of `linked.category` is in memory, and those of later rows are not. */
const knowFirstCategory = () => server.anonymous.get(`/categories/${linked.category}/articles?author=${linked.author}`);

test('Names that change between the statement for the rows and the one for the names are not mixed', async () => {
  const second = await newCategory(server.as.editor);
  const categoryIds = [linked.category, second.id];
  const article = await newArticle(server.as.editor, { categoryIds });
  await knowFirstCategory();
  const expectRan = beforeNamesAreRead(() =>
    query(`update categories set name = 'Both ' || id where id = any($1)`, [categoryIds]),
  );
  const { body } = await server.anonymous.get(`/articles?ids=${article.id}`);
  expectRan();
  expect(body.data[0].categories.map(({ name }: { name: string }) => name)).toEqual(
    categoryIds.map((id) => `Both ${id}`),
  );
});

test('A category that is deleted between the two statements is not shown', async () => {
  const second = await newCategory(server.as.editor);
  const article = await newArticle(server.as.editor, { categoryIds: [linked.category, second.id] });
  await knowFirstCategory();
  const expectRan = beforeNamesAreRead(() => other.editor.delete(`/categories/${second.id}`));
  const { body } = await server.anonymous.get(`/articles?ids=${article.id}`);
  expectRan();
  expect(body.data[0].categories.map(({ id }: { id: number }) => id)).toEqual([linked.category]);
});

describe('The epoch of names', () => {
  test('is locked only while a transaction commits, so that imports hold up no rename', async () => {
    const importing = new pg.Client({ connectionString: server.databaseUrl });
    await importing.connect();
    onTestFinished(() => importing.end());
    const category = await newCategory(server.as.editor);
    await importing.query('begin');
    await importing.query('update categories set name = $2 where id = $1', [category.id, unique('Imported')]);
    const renamed = await server.as.editor.patch(`/categories/${linked.category}`, { name: unique('Meanwhile') });
    expect(renamed.status).toBe(200);
    await importing.query('commit');
  });

  test('is set once by a transaction that renames many', async () => {
    const client = await server.database.pool.connect();
    onTestFinished(() => client.release());
    const updates = async () => {
      const { rows } = await client.query(
        `select pg_stat_get_xact_tuples_updated('name_epoch'::regclass)::int as updates`,
      );
      return rows[0].updates;
    };
    await client.query('begin');
    const before = await updates();
    await client.query(
      `insert into authors (name, slug) select 'Many ' || n, 'many-' || n from generate_series(1, 50) as n`,
    );
    await client.query(`update authors set name = name || '!' where slug like 'many-%'`);
    await client.query(`delete from authors where slug like 'many-%'`);
    await client.query('set constraints all immediate');
    const after = await updates();
    await client.query('rollback');
    expect(after - before).toBe(1);
  });

  test('changes when a table is truncated', async () => {
    const client = await server.database.pool.connect();
    onTestFinished(() => client.release());
    const epoch = async () => (await client.query('select epoch from name_epoch')).rows[0].epoch;
    await client.query('begin');
    const before = await epoch();
    await client.query('truncate authors cascade');
    const after = await epoch();
    await client.query('rollback');
    expect(after).not.toBe(before);
  });
});

test('At most 50,000 names are in memory, however many rows there are', async () => {
  const { db, snapshots } = server.database;
  const memory = new NameMemory();
  const names = new LinkedNames(new BoundedReads(db, snapshots, server.config), memory);
  // Without the audit log, with which it takes seconds.
  await query(`begin; set local session_replication_role = replica;
    insert into authors (name, slug) select 'Many ' || n, 'many-' || n from generate_series(1, 50500) as n; commit`);
  const { rows } = await query(
    `select array_agg(id::text order by id) as ids, (select epoch from name_epoch) from authors where slug like 'many-%'`,
  );
  const [{ ids, epoch }] = rows as [{ ids: string[]; epoch: string }];
  for (let first = 0; first < ids.length; first += 1_000) {
    const authors = ids.slice(first, first + 1_000);
    const [article] = await names.nameRows(db, [{ ...recordOfLinkedTables(() => []), nameEpoch: epoch, authors }]);
    expect(article?.authors.map(({ id }) => String(id))).toEqual(authors);
    expect(memory.namesOf(epoch).authors.size).toBeLessThanOrEqual(50_000);
  }
  expect(memory.namesOf(epoch).authors.size).toBeLessThan(1_000);
});
