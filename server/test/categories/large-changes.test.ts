import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { categories } from '../../src/database/schema/content.ts';
import { runChecks } from '../../src/doctor/doctor.service.ts';
import { untilStatementsWait } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, newArticle, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

// Who waits beside a large move or deletion. A lock of another session keeps it running for as long as a test needs.

const patient = useServer();
const impatient = useServer({ LOCK_TIMEOUT_MS: '500' });

/** Begins a transaction of another session and runs statements in it. */
async function beginTransaction(databaseUrl: string, ...statements: string[]) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('begin');
  for (const statement of statements) await client.query(statement);
  return client;
}

/** Runs statements in a transaction of another session. Returns a function that ends it. */
async function holdTransaction(databaseUrl: string, ...statements: string[]) {
  const client = await beginTransaction(databaseUrl, ...statements);
  return () => client.query('rollback');
}

async function expectExactCounts({ database }: typeof patient) {
  const findings = await runChecks(database.db);
  expect(findings.flatMap(({ first }) => first)).toEqual([]);
}

const deepCountsOf = (categories: { id: number }[]) =>
  Promise.all(
    categories.map(async ({ id }) => (await patient.as.editor.get(`/categories/${id}`)).body.articleCountDeep),
  );

describe('While a category is being deleted', () => {
  test('articles elsewhere are written, and its children are', async () => {
    const { editor } = patient.as;
    const [doomed, other] = await times(2, () => newCategory(editor));
    const child = await newCategory(editor, { parentId: doomed.id });
    const articles = idsOf(await times(3, () => newArticle(editor, { categoryIds: [doomed.id] })));
    const elsewhere = await newArticle(editor, { categoryIds: [other.id, child.id] });
    const release = await holdTransaction(
      patient.databaseUrl,
      `select from articles where id = ${articles.at(-1)} for update`,
    );
    const deletion = editor.delete(`/categories/${doomed.id}`);
    await untilStatementsWait(patient.database.pool);
    const created = await newArticle(editor, { categoryIds: [other.id, child.id] });
    expect((await editor.patch(`/articles/${elsewhere.id}`, { categoryIds: [other.id] })).status).toBe(200);
    expect((await editor.put(`/articles/${elsewhere.id}/categories/${child.id}`)).status).toBe(204);
    expect((await editor.delete(`/articles/${created.id}`)).status).toBe(204);
    const grandchild = await newCategory(editor, { parentId: child.id });
    await release();
    expect((await deletion).status).toBe(204);
    expect((await editor.get(`/articles/${articles[0]}`)).body).toMatchObject({ version: 2, categories: [] });
    expect((await editor.get(`/categories/${child.id}`)).body).toMatchObject({ parentId: null, articleCountDeep: 1 });
    await newArticle(editor, { categoryIds: [grandchild.id] });
    expect((await editor.get(`/categories/${child.id}`)).body.articleCountDeep).toBe(2);
    await expectExactCounts(patient);
  });

  test('a write to one of its articles, to the category, or of the tree is 503 lock_timeout', async () => {
    const { editor } = impatient.as;
    const [doomed, other] = await times(2, () => newCategory(editor));
    const touched = await newArticle(editor, { categoryIds: [doomed.id] });
    const elsewhere = await newArticle(editor, { categoryIds: [other.id] });
    const release = await holdTransaction(impatient.databaseUrl, `delete from categories where id = ${doomed.id}`);
    const refused = [
      await editor.patch(`/articles/${touched.id}`, { title: 'Late' }),
      await editor.put(`/articles/${elsewhere.id}/categories/${doomed.id}`),
      await editor.post('/articles', { title: 'New', categoryIds: [doomed.id] }),
      await editor.delete(`/categories/${other.id}`),
      await editor.patch(`/categories/${other.id}`, { parentId: doomed.id }),
    ];
    for (const response of refused) {
      expectProblem(response, 503, 'lock_timeout');
      expect(response.headers.get('retry-after')).toBe('1');
    }
    expect((await editor.patch(`/articles/${elsewhere.id}`, { title: 'In time' })).status).toBe(200);
    await release();
    expect((await editor.patch(`/articles/${touched.id}`, { title: 'Late' })).status).toBe(200);
    expect((await editor.delete(`/categories/${doomed.id}`)).status).toBe(204);
    await expectExactCounts(impatient);
  });

  test('an article that was linked to it meanwhile, and that another writer has locked, is no deadlock', async () => {
    const { editor } = patient.as;
    const { pool } = patient.database;
    const doomed = await newCategory(editor);
    const { id } = await newArticle(editor, { categoryIds: [] });
    const lock = `select from articles where id = ${id} for no key update`;
    const linking = await beginTransaction(patient.databaseUrl, lock);
    await linking.query(
      `insert into article_categories select id, ${doomed.id}, 1, listed_at from articles where id = ${id}`,
    );
    const deletion = editor.delete(`/categories/${doomed.id}`);
    await untilStatementsWait(pool);
    const unlinking = await beginTransaction(patient.databaseUrl);
    const locked = unlinking.query(lock);
    await untilStatementsWait(pool, 2);
    await linking.query('commit');
    await locked;
    // Where the deletion got the lock of the article before the other writer, it is done.
    await Promise.race([untilStatementsWait(pool), deletion]);
    await unlinking.query(`delete from article_categories where article_id = ${id} and category_id = ${doomed.id}`);
    await unlinking.query('commit');
    expect((await deletion).status).toBe(204);
    const { rows } = await pool.query('select deadlocks::int from pg_stat_database where datname = current_database()');
    expect(rows).toEqual([{ deadlocks: 0 }]);
    await expectExactCounts(patient);
  });
});

describe('While a category is being moved', () => {
  test('articles below it are written, and are counted in its old or new ancestors', async () => {
    const { editor } = patient.as;
    const [from, to] = await times(2, () => newCategory(editor));
    const moved = await newCategory(editor, { parentId: from.id });
    const child = await newCategory(editor, { parentId: moved.id });
    const articles = idsOf(await times(5, () => newArticle(editor, { categoryIds: [child.id] })));
    // As a transaction does that has written links and stays open: the move catches up when it ends.
    const release = await holdTransaction(
      patient.databaseUrl,
      `select pg_advisory_xact_lock_shared(hashtext('rubric.category_tree'))`,
    );
    const move = editor.patch(`/categories/${moved.id}`, { parentId: to.id });
    await untilStatementsWait(patient.database.pool);
    await newArticle(editor, { categoryIds: [moved.id, to.id] });
    await newArticle(editor, { categoryIds: [child.id] });
    await editor.put(`/articles/${articles[0]}/categories/${to.id}`);
    await editor.put(`/articles/${articles[1]}/categories/${from.id}`);
    await editor.delete(`/articles/${articles[2]}/categories/${child.id}`);
    await editor.delete(`/articles/${articles[3]}`);
    await editor.delete(`/articles/${articles[4]}?permanent=true`);
    const grandchild = await newCategory(editor, { parentId: child.id });
    await newArticle(editor, { categoryIds: [grandchild.id] });
    expect((await editor.get(`/categories/${from.id}`)).body.articleCountDeep).toBe(5);
    await release();
    expect((await move).status).toBe(200);
    await newArticle(editor, { categoryIds: [grandchild.id] });
    expect((await editor.get(`/categories/${from.id}`)).body.articleCountDeep).toBe(1);
    expect((await editor.get(`/categories/${to.id}`)).body.articleCountDeep).toBe(6);
    await expectExactCounts(patient);
  });

  test('a transaction that holds it up for too long ends it with 503 lock_timeout, and nothing has moved', async () => {
    const { editor } = impatient.as;
    const [from, to] = await times(2, () => newCategory(editor));
    const moved = await newCategory(editor, { parentId: from.id });
    await newArticle(editor, { categoryIds: [moved.id] });
    const release = await holdTransaction(
      impatient.databaseUrl,
      `select pg_advisory_xact_lock_shared(hashtext('rubric.category_tree'))`,
    );
    expectProblem(await editor.patch(`/categories/${moved.id}`, { parentId: to.id }), 503, 'lock_timeout');
    await newArticle(editor, { categoryIds: [moved.id] });
    await release();
    expect((await editor.get(`/categories/${from.id}`)).body.articleCountDeep).toBe(2);
    expect((await editor.patch(`/categories/${moved.id}`, { parentId: to.id })).status).toBe(200);
    await expectExactCounts(impatient);
  });
});

describe('In psql', () => {
  test.each([
    ['moves several categories at once', 'update categories set parent_id = $2 where parent_id = $1 or id = $1'],
    [
      'deletes a category and moves its children elsewhere',
      `with deleted as (delete from categories where id = $1 returning id)
       update categories set parent_id = $2 from deleted where categories.parent_id = deleted.id`,
    ],
    [
      'moves a category and its child',
      'update categories set parent_id = case id when $1 then $2::bigint end where id in ($1, $3)',
    ],
  ])('a statement that %s keeps the counts exact', async (_, statement) => {
    const { editor } = patient.as;
    const [root, target] = await times(2, () => newCategory(editor));
    const { id } = await newCategory(editor, { parentId: root.id });
    const children = idsOf(await times(2, () => newCategory(editor, { parentId: id })));
    const grandchild = await newCategory(editor, { parentId: children[0] });
    for (const categoryIds of [[id], [children[1], root.id], [grandchild.id, target.id], [grandchild.id, children[0]]])
      await newArticle(editor, { categoryIds });
    await newArticle(editor, { categoryIds: [grandchild.id], publishedAt: '2040-01-01T00:00:00Z' });
    const values = [id, target.id, children[0]].slice(0, statement.includes('$3') ? 3 : 2);
    await patient.database.pool.query(statement, values);
    await expectExactCounts(patient);
  });

  test('a transaction that creates, fills, and moves a category keeps them exact, with a move of its parent in between', async () => {
    const { editor } = patient.as;
    const [from, to, target] = await times(3, () => newCategory(editor));
    const parent = await newCategory(editor, { parentId: from.id });
    const article = await newArticle(editor, { categoryIds: [] });
    const filled = await newArticle(editor, { categoryIds: [from.id] });
    await patient.database.db.transaction(async (tx) => {
      const insert = async (slug: string, parentId: number) => {
        const values = { name: slug, slug, parentId };
        const [row] = await tx.insert(categories).values(values).returning({ id: categories.id });
        return row!.id;
      };
      const created = await insert('created', parent.id);
      expect((await editor.patch(`/categories/${parent.id}`, { parentId: to.id })).status).toBe(200);
      const below = await insert('below', created);
      const link = (id: number, categoryId: number) =>
        tx.execute(
          `insert into article_categories select id, ${categoryId}, 9, listed_at from articles where id = ${id}`,
        );
      await link(article.id, below);
      await tx.execute(`update categories set parent_id = ${target.id} where id = ${created}`);
      await link(filled.id, created);
    });
    expect(await deepCountsOf([from, to, target])).toEqual([1, 0, 2]);
    await expectExactCounts(patient);
  });

  test('a category that is created below one that has moved waits for the commit, and counts in the new ancestors', async () => {
    const { editor } = patient.as;
    const [from, to] = await times(2, () => newCategory(editor));
    const moved = await newCategory(editor, { parentId: from.id });
    const created = await patient.database.db.transaction(async (tx) => {
      await tx.execute(`update categories set parent_id = ${to.id} where id = ${moved.id}`);
      const creation = newCategory(editor, { parentId: moved.id });
      await untilStatementsWait(patient.database.pool);
      return { creation };
    });
    await newArticle(editor, { categoryIds: [(await created.creation).id] });
    expect(await deepCountsOf([from, to])).toEqual([0, 1]);
    await expectExactCounts(patient);
  });

  test('a transaction that counts at its commit keeps them exact, with a move in between', async () => {
    const { editor } = patient.as;
    const [from, to] = await times(2, () => newCategory(editor));
    const moved = await newCategory(editor, { parentId: from.id });
    const articles = idsOf(await times(3, () => newArticle(editor, { categoryIds: [moved.id] })));
    await patient.database.db.transaction(async (tx) => {
      for (const statement of [
        `select set_config('rubric.count_at_commit', 'on', true)`,
        `delete from article_categories where article_id = ${articles[0]}`,
        `update categories set parent_id = ${to.id} where id = ${moved.id}`,
        `delete from article_categories where article_id = ${articles[1]}`,
      ])
        await tx.execute(statement);
    });
    expect((await editor.get(`/categories/${to.id}`)).body.articleCountDeep).toBe(1);
    await expectExactCounts(patient);
  });
});
