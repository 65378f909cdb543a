import { expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { connectClient, olderDatabase } from '../harness/older-database.ts';

test('the migration renames siblings whose names look the same, and says which', async () => {
  const url = await olderDatabase('20261127150845_sibling_names');
  const database = await connectClient(url);
  const long = 'x'.repeat(199);
  const names = ['News', 'News ', 'News (2)', 'NE\u00adWS', 'Sport', 'Straße', 'STRASSE', `${long}y`, `${long}ｙ`];
  await database.query(
    "insert into categories (name, slug) select name, 'slug-' || place from unnest($1::text[]) with ordinality as t (name, place)",
    [names],
  );
  await database.query(
    "insert into categories (name, slug, parent_id) values ('News', 'below', 5), ('News ', 'other', 6)",
  );
  const warnings: string[] = [];
  await migrate(url, { onWarning: (message) => warnings.push(message) });
  const { rows } = await database.query('select name, version from categories order by id');
  expect(rows.map(({ name }) => name)).toEqual([
    'News',
    'News (3)',
    'News (2)',
    'NE\u00adWS (4)',
    'Sport',
    'Straße',
    'STRASSE (2)',
    `${long}y`,
    `${'x'.repeat(196)} (2)`,
    'News',
    'News ',
  ]);
  expect(rows.map(({ version }) => version)).toEqual([1, 2, 1, 2, 1, 1, 2, 1, 2, 1, 1]);
  expect(warnings).toHaveLength(4);
  expect(warnings[0]).toBe('Category 2 was renamed from "News " to "News (3)": the name of a sibling looks the same.');
  await expect(database.query("insert into categories (name, slug) values ('ｎｅｗｓ', 'wide')")).rejects.toThrow(
    'categories_sibling_name_key',
  );
});
