import { expect, test } from 'vitest';
import { FIELD_NAMES } from '../../src/articles/article-fields.ts';
import { ARTICLE_RELATIONS, LINKED_TABLES } from '../../src/articles/article-relations.ts';
import { articles } from '../../src/database/schema/content.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const select = async (query: string, values: unknown[] = []) => (await server.database.pool.query(query, values)).rows;

/** A field that is missing in the trigger would change without an entry in the audit log. */
test('articles_audit_update covers every column that a client can write', async () => {
  const rows = await select(`select attname::text as column from pg_trigger
    join pg_attribute on attrelid = tgrelid and attnum = any(tgattr) where tgname = 'articles_audit_update'`);
  const columns = FIELD_NAMES.map((name) => articles[name].name);
  expect(rows.map(({ column }) => column)).toEqual(expect.arrayContaining([...columns, 'published_at']));
});

/** Without them, a change of links would neither raise the version of the article nor have an entry in the audit log. */
test.each(Object.values(ARTICLE_RELATIONS))(
  '$linkTable has the triggers that raise versions and write to the audit log',
  async ({ linkTable }) => {
    const rows = await select('select tgname as name from pg_trigger where tgrelid = $1::regclass', [linkTable]);
    const suffixes = ['insert', 'delete', 'reorder', 'audit_insert', 'audit_delete', 'audit_reorder'];
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(suffixes.map((each) => `${linkTable}_${each}`)),
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
