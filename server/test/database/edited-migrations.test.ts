import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { connect } from '../../src/database/connection.ts';
import { migrate } from '../../src/database/migrate.ts';
import { runChecks } from '../../src/doctor/doctor.service.ts';
import { connectClient, olderDatabase } from '../harness/older-database.ts';

/** The functions of migrations that were changed on `main`, and the tables whose constraint was. */
const MISSING = ['counts_settled_at()', 'ordered_marks()'];
const DIFFERENT = [
  'index_articles(bigint[])',
  'index_noted_articles()',
  'recount_articles(bigint[])',
  'update_linked_articles()',
  'set_row_version()',
  'sequence_events()',
];
const LETTER_IN_SLUG = ['articles', 'authors', 'categories'];

async function differences(url: string): Promise<string[]> {
  const connection = connect({ ...readConfig({}).database, connectionString: url });
  const [schema] = await runChecks(connection.db);
  await connection.close();
  return schema?.first ?? [];
}

test('A database that ran the earlier text of a migration gets the functions of all others', async () => {
  const url = await olderDatabase('20261128122537_functions_as_they_are');
  const database = await connectClient(url);
  for (const each of DIFFERENT) await database.query(`alter function ${each} set work_mem to '5MB'`);
  for (const table of LETTER_IN_SLUG) {
    await database.query(
      `alter table ${table} drop constraint ${table}_slug_check, add constraint ${table}_slug_check
         check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug ~ '[a-z]' and char_length(slug) <= 200)`,
    );
  }
  for (const each of MISSING) await database.query(`drop function ${each}`);
  const insert = (slug: string) =>
    database.query('insert into articles (title, slug, published_at) values ($1, $1, now())', [slug]);
  await expect(insert('2026-11')).rejects.toThrow('articles_slug_check');

  await migrate(url);
  expect(await differences(url)).toEqual([]);
  await insert('2026-11');
});
