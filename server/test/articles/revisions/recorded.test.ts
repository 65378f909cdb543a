import { describe, expect, test } from 'vitest';
import { minutesFromNow, newArticle, newAuthor, newCategory } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';
import { category, importText, link, post, wxrExport } from '../../imports/build-export.ts';
import { entriesOf, revisionsOf } from './history.ts';

const server = useServer();
const query = async (sql: string, values: unknown[] = []) => (await server.database.pool.query(sql, values)).rows;
const revisions = (id: number) => revisionsOf(server.database.pool, id);
const entries = (id: number, subject = 'article') => entriesOf(server.database.pool, subject, id);
const numbers = async (id: number) => (await revisions(id)).map(({ first_number, number }) => [first_number, number]);

const TEXT = 'The planted text of an article.';

async function newFiled(body: object = {}) {
  const { editor } = server.as;
  const [first, second, author] = [await newCategory(editor), await newCategory(editor), await newAuthor(editor)];
  const categoryIds = [second.id, first.id];
  return newArticle(editor, { content: TEXT, categoryIds, authorIds: [author.id], ...body });
}
const idsIn = (rows: { id: number }[]) => rows.map(({ id }) => String(id));

/** Runs statements in one transaction, on a connection of its own. */
async function inTransaction(...statements: string[]) {
  await server.database.pool.query(['begin', ...statements, 'commit'].join(';'));
}

describe('One change is one revision and one entry:', () => {
  test('a create with links, which stores no text again', async () => {
    const article = await newFiled();
    const ids = { category_ids: idsIn(article.categories), author_ids: idsIn(article.authors) };
    expect(await revisions(article.id)).toMatchObject([
      { number: 1, first_number: 1, kind: 'create', changed: null, title: null, content: null, ...ids },
    ]);
    const [entry, ...others] = await entries(article.id);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      action: 'article.create',
      via: 'http',
      subject_version: 1,
      subject_slug: article.slug,
      changed: null,
      before: null,
      was_public: false,
      is_public: true,
      subject_category_ids: ids.category_ids,
    });
    expect(entry.after).toMatchObject({ categoryIds: article.categories.map(({ id }: { id: number }) => id) });
  });

  test('an update of text and links', async () => {
    const article = await newFiled();
    const [kept] = article.categories;
    const { body } = await server.as.editor.patch(`/articles/${article.id}`, {
      content: 'Other',
      title: 'Other',
      categoryIds: [kept.id],
    });
    expect(body.version).toBe(2);
    expect(await revisions(article.id)).toMatchObject([
      { number: 1 },
      {
        number: 2,
        kind: 'change',
        changed: ['title', 'content', 'categoryIds'],
        title: article.title,
        content: TEXT,
        slug: null,
        category_ids: [String(kept.id)],
      },
    ]);
    expect((await entries(article.id)).slice(1)).toMatchObject([
      {
        action: 'article.change',
        subject_version: 2,
        changed: ['title', 'content', 'categoryIds'],
        before: { categoryIds: article.categories.map(({ id }: { id: number }) => id) },
        after: { categoryIds: [kept.id] },
        was_public: true,
        is_public: true,
      },
    ]);
  });

  test('a link, its removal and another order', async () => {
    const { id, categories } = await newFiled();
    const { id: added } = await newCategory(server.as.editor);
    const [first, second] = categories;
    await server.as.editor.put(`/articles/${id}/categories/${added}`);
    await server.as.editor.delete(`/articles/${id}/categories/${first.id}`);
    await server.as.editor.patch(`/articles/${id}`, { categoryIds: [added, second.id] });
    expect((await revisions(id)).map(({ number, category_ids }) => [number, category_ids.map(Number)])).toEqual([
      [1, [first.id, second.id]],
      [2, [first.id, second.id, added]],
      [3, [second.id, added]],
      [4, [added, second.id]],
    ]);
    expect((await entries(id)).map(({ action, changed }) => [action, changed])).toEqual([
      ['article.create', null],
      ...Array.from({ length: 3 }, () => ['article.change', ['categoryIds']]),
    ]);
  });

  test('several statements of one transaction, in any order', async () => {
    const { id, title } = await newFiled();
    const { id: added } = await newCategory(server.as.editor);
    await inTransaction(
      `insert into article_categories select id, ${added}, 9, listed_at from articles where id = ${id}`,
      `update articles set title = 'Between' where id = ${id}`,
      `delete from article_categories where article_id = ${id} and category_id <> ${added}`,
      `update articles set title = 'After', excerpt = 'New' where id = ${id}`,
    );
    const [{ version }] = await query('select version from articles where id = $1', [id]);
    expect(await revisions(id)).toMatchObject([
      { number: 1 },
      { number: version, first_number: 2, title, excerpt: null, category_ids: [String(added)] },
    ]);
    const [, entry, ...others] = await entries(id);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ via: 'database', action: 'article.change', subject_version: version });
    expect(new Set(entry.changed)).toEqual(new Set(['categoryIds', 'excerpt', 'title']));
    expect(entry.after).toEqual({ categoryIds: [added] });
  });

  test('a create and its links in separate statements', async () => {
    const { id: categoryId } = await newCategory(server.as.editor);
    await inTransaction(
      `insert into articles (title, slug) values ('Apart', 'apart')`,
      `insert into article_categories select id, ${categoryId}, 1, listed_at from articles where slug = 'apart'`,
      `update articles set published_at = date_trunc('milliseconds', now()), title = 'Apart at last' where slug = 'apart'`,
    );
    const [{ id }] = await query("select id from articles where slug = 'apart'");
    expect(await revisions(id)).toMatchObject([
      { kind: 'create', changed: null, title: null, category_ids: [String(categoryId)] },
    ]);
    const log = await entries(id);
    expect(log).toMatchObject([{ action: 'article.create', before: null, was_public: false, is_public: true }]);
    expect(log[0].after).toMatchObject({ categoryIds: [categoryId], publishedAt: expect.any(String) });
  });

  test('several changes of a category in one transaction', async () => {
    const { id, name } = await newCategory(server.as.editor);
    await inTransaction(
      `update categories set name = 'Renamed once' where id = ${id}`,
      `update categories set name = 'Renamed twice', parent_id = null, position = 4 where id = ${id}`,
    );
    expect((await entries(id, 'category')).slice(1)).toMatchObject([
      {
        action: 'category.change',
        subject_version: 3,
        before: { name, position: 0 },
        after: { name: 'Renamed twice', position: 4 },
        changed: ['name', 'position'],
      },
    ]);
  });

  test('nothing for an update that changes nothing', async () => {
    const { id, title } = await newFiled();
    await server.as.editor.patch(`/articles/${id}`, { title });
    expect(await numbers(id)).toEqual([[1, 1]]);
    expect(await entries(id)).toHaveLength(1);
  });

  test('the deletion of a category or an author, for each of its articles', async () => {
    const { id, categories, authors } = await newFiled();
    await server.as.editor.delete(`/categories/${categories[0].id}`);
    await server.as.editor.delete(`/authors/${authors[0].id}`);
    expect(await revisions(id)).toMatchObject([
      { number: 1 },
      { number: 2, changed: ['categoryIds'], category_ids: [String(categories[1].id)] },
      { number: 3, changed: ['authorIds'], author_ids: [] },
    ]);
    expect((await entries(id)).slice(1)).toMatchObject([
      { subject_category_ids: expect.arrayContaining([String(categories[0].id)]), via: 'http' },
      { before: { authorIds: [authors[0].id] }, after: { authorIds: [] } },
    ]);
    const { body: first } = await server.as.editor.get(`/articles/${id}/revisions/1`);
    expect(first).toMatchObject({ categories, authors });
  });
});

describe('Kinds and visibility:', () => {
  test('publishing, taking back, the trash and restoring', async () => {
    const { id } = await newFiled({ publishedAt: null });
    const change = (publishedAt: string | null) => server.as.editor.patch(`/articles/${id}`, { publishedAt });
    await change(minutesFromNow(60));
    await change(minutesFromNow(-1));
    await change(null);
    await change(minutesFromNow(-1));
    await server.as.editor.delete(`/articles/${id}`);
    await server.as.editor.post(`/articles/${id}/restore`);
    expect((await revisions(id)).map(({ kind, changed }) => [kind, changed])).toEqual([
      ['create', null],
      ['publish', ['publishedAt']],
      ['change', ['publishedAt']],
      ['publish', ['publishedAt']],
      ['change', ['status']],
      ['restore', ['status']],
    ]);
    expect((await entries(id)).map((entry) => [entry.action, entry.was_public, entry.is_public])).toEqual([
      ['article.create', false, false],
      ['article.change', false, false],
      ['article.change', false, true],
      ['article.change', true, false],
      ['article.change', false, true],
      ['article.trash', true, false],
      ['article.restore', false, true],
    ]);
  });

  test('an import', async () => {
    const file = (title: string) => wxrExport([category('quay'), post({ id: 1, title, links: [link('quay')] })]);
    await importText(server.database, file('Imported'));
    const [{ id }] = await query("select id from articles where title = 'Imported'");
    expect(await revisions(id)).toMatchObject([{ kind: 'import', via: 'command', command: 'import wordpress' }]);
    expect(await entries(id)).toMatchObject([{ action: 'article.create', command: 'import wordpress' }]);
    await importText(server.database, file('Imported again'));
    expect(await revisions(id)).toMatchObject([{ kind: 'import' }, { kind: 'import', title: 'Imported' }]);
  });

  test('another owner is no event and no revision', async () => {
    const { id } = await newArticle(server.as.author);
    await query('update articles set owner_id = null where id = $1', [id]);
    expect(await numbers(id)).toEqual([[1, 1]]);
    expect((await entries(id))[1]).toMatchObject({ changed: [], after: { ownerId: null }, is_public: null });
    expect((await entries(id))[0].subject_owner_id).not.toBeNull();
  });

  test('deleting for good removes the revisions; the log keeps title and links', async () => {
    const article = await newFiled();
    await server.as.editor.patch(`/articles/${article.id}`, { content: 'Other' });
    await server.as.editor.delete(`/articles/${article.id}?permanent=true`);
    expect(await revisions(article.id)).toEqual([]);
    const log = await entries(article.id);
    expect(log.map(({ action }) => action)).toEqual(['article.create', 'article.change', 'article.delete']);
    expect(log[2]).toMatchObject({
      before: {
        title: article.title,
        categoryIds: article.categories.map(({ id }: { id: number }) => id),
        authorIds: article.authors.map(({ id }: { id: number }) => id),
      },
      after: null,
      was_public: true,
      is_public: false,
    });
  });

  test('the log holds no text of an article', async () => {
    const texts = { content: 'planted content', excerpt: 'planted excerpt', title: 'planted title' };
    const { id } = await newFiled(texts);
    await server.as.editor.patch(`/articles/${id}`, { content: 'x', excerpt: null, title: 'planted other title' });
    await server.as.editor.delete(`/articles/${id}`);
    const [{ log }] = await query('select string_agg(audit_log::text, chr(10)) as log from audit_log');
    expect(log).not.toContain('planted ');
  });
});

describe('Saves of an article that is not public', () => {
  const draft = () => newFiled({ publishedAt: null });

  test('by one caller within ten minutes of the first are one revision, with the number of the last', async () => {
    const { id, title } = await draft();
    await server.as.editor.patch(`/articles/${id}`, { title: 'Second' });
    await server.as.editor.patch(`/articles/${id}`, { title: 'Third', content: 'Third' });
    expect(await numbers(id)).toEqual([[1, 3]]);
    await query(`update article_revisions set open_until = now() where article_id = ${id}`);
    await server.as.editor.patch(`/articles/${id}`, { content: 'Fourth' });
    await server.as.editor.patch(`/articles/${id}`, { content: 'Fifth', title });
    await server.as.editor.patch(`/articles/${id}`, { title: 'Sixth' });
    expect(await revisions(id)).toMatchObject([
      { number: 3, kind: 'create', content: null },
      { number: 6, first_number: 4, kind: 'change', content: 'Third', title: 'Third', changed: ['content', 'title'] },
    ]);
    expect(await entries(id)).toHaveLength(6);
  });

  test('by others, in the trash, published or from psql are revisions of their own', async () => {
    const { id } = await draft();
    await server.as.admin.patch(`/articles/${id}`, { title: 'By another' });
    await query(`update articles set title = 'From psql' where id = ${id}`);
    await query(`update articles set title = 'From psql again' where id = ${id}`);
    await server.as.editor.patch(`/articles/${id}`, { publishedAt: minutesFromNow(-1) });
    await server.as.editor.patch(`/articles/${id}`, { title: 'Published' });
    await server.as.editor.patch(`/articles/${id}`, { publishedAt: null });
    await server.as.editor.patch(`/articles/${id}`, { title: 'Taken back' });
    await server.as.editor.delete(`/articles/${id}`);
    await server.as.editor.post(`/articles/${id}/restore`);
    await server.as.editor.patch(`/articles/${id}`, { title: 'Restored' });
    expect(await numbers(id)).toEqual(Array.from({ length: 11 }, (_, index) => [index + 1, index + 1]));
  });
});

test('A deletion of a category becomes part of the revisions that a change of one article would', async () => {
  const { editor, admin } = server.as;
  const [doomed, other] = [await newCategory(editor), await newCategory(editor)];
  const draft = { publishedAt: null, categoryIds: [other.id, doomed.id] };
  const published = await newArticle(editor, { categoryIds: [doomed.id] });
  const saved = await newArticle(editor, draft);
  const savedByAnother = await newArticle(admin, draft);
  const savedLongAgo = await newArticle(editor, draft);
  await query(`update article_revisions set open_until = now() where article_id = ${savedLongAgo.id}`);
  await editor.delete(`/categories/${doomed.id}`);
  for (const { id } of [saved, savedLongAgo]) await editor.patch(`/articles/${id}`, { title: 'Saved again' });
  expect(await numbers(published.id)).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(await numbers(saved.id)).toEqual([[1, 3]]);
  expect(await numbers(savedByAnother.id)).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(await numbers(savedLongAgo.id)).toEqual([
    [1, 1],
    [2, 3],
  ]);
  const change = {
    action: 'article.change',
    via: 'http',
    changed: ['categoryIds'],
    subject_version: 2,
    before: { categoryIds: [other.id, doomed.id] },
    after: { categoryIds: [other.id] },
    was_public: false,
    is_public: false,
    subject_category_ids: [other.id, other.id, doomed.id].map(String),
  };
  for (const { id } of [saved, savedByAnother, savedLongAgo]) expect((await entries(id))[1]).toMatchObject(change);
});

test('A deletion of a category in psql becomes part of what its transaction has written before', async () => {
  const doomed = await newCategory(server.as.editor);
  const [written, untouched] = [
    await newArticle(server.as.editor, { categoryIds: [doomed.id] }),
    await newArticle(server.as.editor, { categoryIds: [doomed.id] }),
  ];
  await inTransaction(
    `update articles set title = 'Written' where id = ${written.id}`,
    `delete from categories where id = ${doomed.id}`,
  );
  expect(await numbers(written.id)).toEqual([
    [1, 1],
    [2, 3],
  ]);
  expect(await numbers(untouched.id)).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect((await entries(written.id)).slice(1)).toMatchObject([
    { changed: ['title', 'categoryIds'], subject_version: 3 },
  ]);
  expect((await entries(untouched.id)).slice(1)).toMatchObject([
    { changed: ['categoryIds'], via: 'database', command: null },
  ]);
});

test('Names of categories and authors are kept, also of those that are gone', async () => {
  const { id, name, slug } = await newAuthor(server.as.editor);
  await server.as.editor.patch(`/authors/${id}`, { bio: 'Not a name' });
  await server.as.editor.patch(`/authors/${id}`, { name: 'Renamed' });
  await server.as.editor.delete(`/authors/${id}`);
  const names = await query(`select name, slug from row_names where type = 'author' and id = $1 order by valid_from`, [
    id,
  ]);
  expect(names).toEqual([
    { name, slug },
    { name: 'Renamed', slug },
  ]);
});

// The last test: ids start again.
test('truncating the table removes all revisions', async () => {
  await newFiled();
  await inTransaction(
    'truncate articles restart identity cascade',
    `insert into articles (title, slug) values ('First again', 'first-again')`,
  );
  expect(await query('select article_id, number from article_revisions')).toEqual([{ article_id: '1', number: 1 }]);
});
