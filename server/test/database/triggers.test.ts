import { expect, test } from 'vitest';
import { FIELD_NAMES } from '../../src/articles/article-fields.ts';
import { ARTICLE_RELATIONS, LINKED_TABLES, RELATION_FIELDS } from '../../src/articles/article-relations.ts';
import { articles } from '../../src/database/schema/content.ts';
import { newArticle, newAuthor, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const select = async (query: string, values: unknown[] = []) => (await server.database.pool.query(query, values)).rows;

/** A field that is missing there would change without being part of a revision. */
test('record_article compares every column that a client can write', async () => {
  const [row] = await select(`select pg_get_functiondef('record_article'::regproc) as definition`);
  for (const column of [...FIELD_NAMES.map((name) => articles[name].name), 'published_at', 'deleted_at']) {
    expect(row.definition).toMatch(new RegExp(`new\\.${column}\\b.* old\\.${column}\\b`));
  }
  for (const name of [...FIELD_NAMES, 'publishedAt', ...RELATION_FIELDS]) {
    expect(row.definition).toContain(`then '${name}' end`);
  }
});

/** An update of a column that is missing there would raise the version without a revision. */
test('articles_record_change names every column but the version', async () => {
  const rows = await select(
    `select attname as name, attnum = any(tgattr) as "isNamed" from pg_attribute join pg_trigger on tgrelid = attrelid
     where tgname = 'articles_record_change' and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`,
  );
  expect(rows.filter(({ isNamed }) => !isNamed)).toEqual([{ name: 'version', isNamed: false }]);
});

test('forget_fields_set_back compares every column that a client can write', async () => {
  const [row] = await select(`select pg_get_functiondef('forget_fields_set_back'::regproc) as definition`);
  for (const name of [...FIELD_NAMES, 'publishedAt', 'status', ...RELATION_FIELDS]) {
    expect(row.definition).toContain(`then '${name}' end`);
  }
});

/** Without them, a change of links would not raise the version of the article, which records the change. */
test.each(Object.values(ARTICLE_RELATIONS))(
  '$linkTable has the triggers that raise versions',
  async ({ linkTable }) => {
    const rows = await select('select tgname as name from pg_trigger where tgrelid = $1::regclass', [linkTable]);
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['insert', 'delete', 'reorder', 'keep_key'].map((each) => `${linkTable}_${each}`)),
    );
  },
);

/** Without them, lists would go on with the old names after a rename. */
test.each(LINKED_TABLES)('%s has the triggers that change the epoch of names', async (table) => {
  const rows = await select(
    `select pg_get_triggerdef(oid) as trigger from pg_trigger where tgfoid = 'set_name_epoch'::regproc and tgrelid = $1::regclass`,
    [table],
  );
  const events = rows.map(({ trigger }) => /AFTER (.*) ON/.exec(trigger)?.[1]);
  expect(new Set(events)).toEqual(new Set(['DELETE OR UPDATE OF id, name, slug', 'TRUNCATE']));
});

test('an update in psql cannot give a link another article, category or author: counts and versions would not follow', async () => {
  const { editor } = server.as;
  const [from, to] = [await newCategory(editor), await newCategory(editor)];
  const [author, other] = [await newAuthor(editor), await newAuthor(editor)];
  const [article, empty] = [
    await newArticle(editor, { categoryIds: [from.id], authorIds: [author.id] }),
    await newArticle(editor),
  ];
  for (const [update, ids] of [
    ['article_categories set category_id = $2 where article_id = $1', [article.id, to.id]],
    ['article_categories set article_id = $2 where article_id = $1', [article.id, empty.id]],
    ['article_authors set author_id = $2 where article_id = $1', [article.id, other.id]],
    ['article_authors set article_id = $2 where article_id = $1', [article.id, empty.id]],
  ] as const) {
    await expect(select(`update ${update}`, [...ids])).rejects.toThrow(/a link keeps its article/);
  }
  expect((await server.anonymous.get(`/categories/${from.id}`)).body).toMatchObject({ articleCount: 1 });
});

test.each(['article_categories', 'articles cascade'])('the counts are exact after truncate %s', async (tables) => {
  const { editor } = server.as;
  const parent = await newCategory(editor);
  const category = await newCategory(editor, { parentId: parent.id });
  const counts = async () => {
    const { data } = (await server.anonymous.get(`/categories?ids=${parent.id},${category.id}`)).body;
    return data.map((each: any) => [each.articleCount, each.articleCountDeep]);
  };
  await newArticle(editor, { categoryIds: [category.id] });
  expect(await counts()).toEqual([
    [0, 1],
    [1, 1],
  ]);
  await select(`truncate ${tables}`);
  expect(await counts()).toEqual([
    [0, 0],
    [0, 0],
  ]);
  await newArticle(editor, { categoryIds: [category.id] });
  expect(await counts()).toEqual([
    [0, 1],
    [1, 1],
  ]);
});
