import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { databaseUrl } from '../harness/cluster.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const MIGRATION = '20261127150845_sibling_names';

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  client.on('error', () => undefined);
  return client;
}

/** Returns the URL of a database with the migrations before this one. */
async function olderDatabase(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rubric-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const older = (await readdir(MIGRATIONS)).filter((name) => name < MIGRATION);
  for (const name of older) await cp(join(MIGRATIONS, name), join(folder, name), { recursive: true });
  const cluster = await connect(inject('clusterUrl'));
  const name = `older_${randomBytes(8).toString('hex')}`;
  await cluster.query(`create database ${name}`);
  onTestFinished(async () => void (await cluster.query(`drop database ${name} with (force)`)));
  const url = databaseUrl(inject('clusterUrl'), name);
  await migrate(url, { folder });
  return url;
}

test('the migration renames siblings whose names look the same, and says which', async () => {
  const url = await olderDatabase();
  const database = await connect(url);
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
