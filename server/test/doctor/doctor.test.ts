import { describe, expect, onTestFinished, test } from 'vitest';
import { updateCategoryCounts } from '../../src/categories/category-counts/category-counts.queries.ts';
import { readConfig } from '../../src/config.ts';
import { type Connection, connect } from '../../src/database/connection.ts';
import { examine } from '../../src/doctor/doctor.service.ts';
import { cloneDatabase } from '../harness/server.ts';
import { rubric } from '../process/processes.ts';

/** A small world with everything in it: categories 1 > 2 > 3 and 4, articles 1 to 5, author 1. */
const CONTENT = `
  insert into categories (name, slug, parent_id) values ('One', 'one', null), ('Two', 'two', 1), ('Three', 'three', 2), ('Four', 'four', null);
  insert into authors (name, slug) values ('Ann', 'ann');
  insert into articles (title, slug, published_at) values ('A', 'a', now()), ('B', 'b', now()), ('C', 'c', now() + '1 day'),
    ('D', 'd', null), ('E', 'e', now());
  insert into article_categories (article_id, category_id, position, listed_at)
    select articles.id, category, 1, listed_at from articles, unnest(array[1, 3, 4]) as category;
  insert into article_authors (article_id, author_id, position, listed_at) select id, 1, 1, listed_at from articles;
  update articles set deleted_at = now() where slug = 'e'`;

async function open(): Promise<Connection & { url: string }> {
  const { url, drop } = await cloneDatabase();
  const connection = connect({ ...readConfig({}).database, connectionString: url });
  onTestFinished(async () => {
    await connection.close();
    await drop();
  });
  await connection.pool.query(CONTENT);
  return { ...connection, url };
}

/** What only somebody with the rights of a superuser can do: no trigger and no foreign key looks. */
const damage = ({ pool }: Connection, sql: string) =>
  pool.query(`set session_replication_role = replica; ${sql}; reset session_replication_role`);

const found = async ({ db }: Connection) => (await examine(db)).filter(({ differences }) => differences > 0);

const RULES = 'constraints, indexes, triggers and functions are as the migrations made them';
const COUNTS = 'counts of categories are exact, now and at every instant to come';
const COUNTED = 'articles are counted where they are filed';
const LISTED = 'links have both ends and are listed when their article is';
const SLUGS = 'slugs are well formed, and unique';

/** What was done, and what each check that fails says first. */
const DAMAGE: [string, Record<string, string>][] = [
  [
    'update category_counts set direct = 7 where category_id = 1',
    { [COUNTS]: 'category 1 counts 7 and 2 deep, and it is 2 and 2' },
  ],
  [
    'update category_counts set deep = 3 where category_id = 2',
    { [COUNTS]: 'category 2 counts 0 and 3 deep, and it is 0 and 2' },
  ],
  [
    'delete from category_counts where category_id = 4',
    { [COUNTS]: 'category 4 counts 0 and 0 deep, and it is 2 and 2' },
  ],
  [
    'delete from category_count_deltas where category_id = 2',
    { [COUNTS]: expect.stringMatching(/^category 2 counts 0 and 0 deep from .+, and it is 0 and 1$/) },
  ],
  [
    `update category_count_deltas set effective_at = '2999-01-01' where category_id = 2`,
    { [COUNTS]: expect.stringMatching(/^category 2 counts 0 and 0 deep from 2.+, and it is 0 and 1$/) },
  ],
  [
    "insert into category_count_deltas values (4, now() - interval '1 minute', 1, 1)",
    { [COUNTS]: 'category 4 counts 3 and 3 deep, and it is 2 and 2' },
  ],
  [
    `delete from article_categories where article_id = 1 and category_id = 3`,
    {
      [COUNTED]: expect.stringMatching(
        /^article 1 is counted in \{1,3,4\} and the sections \{1,2,3,4\} .+ and is in \{1,4\} and \{1,4\}/,
      ),
      [COUNTS]: 'category 2 counts 0 and 2 deep, and it is 0 and 1',
    },
  ],
  [
    'delete from counted_articles where article_id = 3',
    { [COUNTED]: expect.stringContaining('article 3 is counted in  and') },
  ],
  [
    `update counted_articles set direct_ids = '{1}' where article_id = 1`,
    { [COUNTED]: expect.stringContaining('article 1 is counted in {1} and') },
  ],
  [
    `update article_categories set listed_at = '2020-01-01' where article_id = 4 and category_id = 1`,
    {
      [LISTED]: expect.stringMatching(
        /^the link of article 4 to category 1 is listed at 2020.+, the article at infinity$/,
      ),
    },
  ],
  [
    `update article_authors set listed_at = '2020-01-01' where article_id = 4`,
    { [LISTED]: expect.stringMatching(/^the link of article 4 to author 1 is listed at 2020/) },
  ],
  [
    'insert into article_categories values (99, 4, 1, now())',
    { [LISTED]: expect.stringMatching(/^the link of article 99 to category 4 .+: it is gone$/) },
  ],
  [
    'delete from authors',
    { [LISTED]: expect.stringMatching(/^the link of article 1 to author 1 .+; the author is gone$/) },
  ],
  [
    'update categories set parent_id = 99 where id = 4',
    { 'every parent of a category exists': 'category 4 is below category 99, which is gone' },
  ],
  [
    'update categories set parent_id = 3 where id = 1',
    { 'no category is its own ancestor': 'category 1 is above itself' },
  ],
  [
    `alter table articles drop constraint articles_slug_check; update articles set slug = '2024' where id = 1`,
    { [SLUGS]: 'article 1 has the slug "2024"', [RULES]: 'articles_slug_check is missing' },
  ],
  [
    `drop index articles_slug_key; update articles set slug = 'b' where id = 1`,
    { [SLUGS]: 'article 1 and 2 share the slug "b"', [RULES]: 'articles_slug_key is missing' },
  ],
  [
    `drop index categories_sibling_name_key; update categories set name = 'ONE' where id = 4`,
    {
      'categories beside one another have different names': expect.stringContaining('the categories 1 and 4, beside'),
      [RULES]: 'categories_sibling_name_key is missing',
    },
  ],
  [
    'alter table article_categories alter column position drop not null; update article_categories set position = null where article_id = 2 and category_id = 3',
    { 'links have a position': 'the link of article 2 to category 3 has no position' },
  ],
  [
    'delete from article_search where article_id = 2',
    { 'searches see the words of the articles': 'article 2 cannot be found by its words' },
  ],
  [
    `update articles set title = 'Other' where id = 2`,
    { 'searches see the words of the articles': 'article 2 is found by other words than it has' },
  ],
  [
    'alter table categories drop constraint categories_version_check; update categories set version = 0 where id = 1',
    { 'versions count up from 1': 'category 1 has the version 0', [RULES]: 'categories_version_check is missing' },
  ],
  [
    `select setval('articles_id_seq', 3)`,
    { 'ids that come next are free': 'the next id of articles is 4, and 5 is taken' },
  ],
  ['drop trigger articles_document on articles', { [RULES]: 'articles_document is missing' }],
  ['alter table articles disable trigger articles_version', { [RULES]: 'articles_version is not in force' }],
  [
    `alter table article_categories drop constraint article_categories_article_fkey;
     alter table article_categories add constraint article_categories_article_fkey foreign key (article_id, listed_at)
       references articles (id, listed_at) on update cascade on delete cascade not valid`,
    { [RULES]: 'article_categories_article_fkey is not in force' },
  ],
  [
    `create or replace function set_row_version() returns trigger language plpgsql as 'begin return new; end'`,
    { [RULES]: 'set_row_version is not as the migrations made it' },
  ],
  [
    'drop index articles_listed_at_idx; create index articles_listed_at_idx on articles (listed_at)',
    { [RULES]: 'articles_listed_at_idx is not as the migrations made it' },
  ],
];

describe('rubric doctor', () => {
  test('finds nothing in a database that is as it should be, folded or not', async () => {
    const database = await open();
    expect(await found(database)).toEqual([]);
    await fold(database);
    expect(await found(database)).toEqual([]);
  });

  test.each(DAMAGE)('finds %s', async (sql, expected) => {
    const database = await open();
    await fold(database);
    await damage(database, sql);
    expect(Object.fromEntries((await found(database)).map(({ check, first }) => [check, first[0]]))).toEqual(expected);
  });

  test('ends with 0 and a line for each check, or with 1 and the first few differences, in words or as JSON', async () => {
    const database = await open();
    const settings = { DATABASE_URL: database.url };
    const healthy = await rubric(['doctor'], settings);
    expect(healthy).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^(ok {7}.+\n){13}$/) });
    await database.pool.query(`set session_replication_role = replica;
      insert into articles (title, slug, published_at) select 'n', 'n-' || n, now() from generate_series(1, 8) as n`);
    const sick = await rubric(['doctor'], settings);
    expect(sick.status).toBe(1);
    expect(sick.stdout).toMatch(
      /\nDIFFERS {2}searches see the words of the articles: 8\n( {11}article \d+ cannot be found by its words\n){5} {11}and 3 more\nok /,
    );
    const { status, stdout } = await rubric(['doctor', '--json'], settings);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toContainEqual({
      check: 'searches see the words of the articles',
      differences: 8,
      first: expect.arrayContaining(['article 6 cannot be found by its words']),
    });
  });
});

/** Adds up what is due, as the server does once a second for what was due a second ago. */
async function fold({ db, pool }: Connection) {
  await pool.query(
    `update category_count_deltas set effective_at = effective_at - interval '1 minute' where effective_at <= now()`,
  );
  await updateCategoryCounts(db, 1_000);
}
