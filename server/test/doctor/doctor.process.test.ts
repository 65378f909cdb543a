import { describe, expect, test } from 'vitest';
import { updateCategoryCounts } from '../../src/categories/category-counts/category-counts.queries.ts';
import type { Connection } from '../../src/database/connection.ts';
import { runChecks } from '../../src/doctor/doctor.service.ts';
import { open } from './content.ts';

/** Runs SQL without triggers and foreign keys, as only a superuser can. */
const damage = ({ pool }: Connection, sql: string) =>
  pool.query(`set session_replication_role = replica; ${sql}; reset session_replication_role`);

const listFindings = async ({ db }: Connection) => (await runChecks(db)).filter(({ differences }) => differences > 0);

const RULES = 'constraints, indexes, triggers and functions match the migrations';
const COUNTS = 'counts of categories are exact, now and at every scheduled publication';
const COUNTED = 'articles are counted in their categories';
const PATHS = 'categories are counted in their ancestors';
const DOCUMENTS = 'search documents match their articles';
const LINKS = 'links have both ends and the sort key of their article';
const REVISIONS = 'revisions end with the article as it is';
const TEXTS = 'texts of revisions are there';
const OLD_TEXTS = 'texts of articles have left the audit log';
const DRAFTS = 'working drafts have the revision that they began from';
const NAMES = 'the history of names ends with the present names';
const SLUGS = 'slugs are valid and unique';
const OLD_SLUGS = 'old slugs lead to rows, and no row has them';
const REDIRECTS = 'redirects lead to rows, from paths that can be found';

/** A working draft, as SQL. */
function insertDraft(articleId: number, baseVersion: number, categoryIds: string) {
  return `insert into article_drafts (article_id, version, base_version, title, slug, category_ids, author_ids)
    values (${articleId}, ${baseVersion + 1}, ${baseVersion}, 'Draft', 'draft', '${categoryIds}', '{}')`;
}

/** The damage, and the first difference of each check that fails. */
const DAMAGE: [string, Record<string, string>][] = [
  [
    'update category_counts set direct = 7 where category_id = 1',
    { [COUNTS]: 'category 1 stores the counts 7 direct, 2 deep; its articles give 2 direct, 2 deep' },
  ],
  [
    'update category_counts set deep = 3 where category_id = 2',
    { [COUNTS]: 'category 2 stores the counts 0 direct, 3 deep; its articles give 0 direct, 2 deep' },
  ],
  [
    'delete from category_counts where category_id = 4',
    { [COUNTS]: 'category 4 stores the counts 0 direct, 0 deep; its articles give 2 direct, 2 deep' },
  ],
  [
    'delete from category_count_deltas where category_id = 2',
    {
      [COUNTS]: expect.stringMatching(
        /^category 2 stores the changes 0 direct, 0 deep at .+; its articles give 0 direct, 1 deep$/,
      ),
    },
  ],
  [
    `update category_count_deltas set effective_at = '2999-01-01' where category_id = 2`,
    {
      [COUNTS]: expect.stringMatching(
        /^category 2 stores the changes 0 direct, 0 deep at 2.+; its articles give 0 direct, 1 deep$/,
      ),
    },
  ],
  [
    "insert into category_count_deltas values (4, now() - interval '1 minute', 1, 1)",
    { [COUNTS]: 'category 4 stores the counts 3 direct, 3 deep; its articles give 2 direct, 2 deep' },
  ],
  [
    `delete from article_categories where article_id = 1 and category_id = 3`,
    {
      [COUNTED]: expect.stringMatching(
        /^article 1 is counted in the categories \{1,3,4\} from .+; its links give \{1,4\} from /,
      ),
      [COUNTS]: 'category 2 stores the counts 0 direct, 2 deep; its articles give 0 direct, 1 deep',
      [REVISIONS]: 'revision 3 of article 1 has other links or dates than the article',
    },
  ],
  ['delete from article_revisions where article_id = 2', { [REVISIONS]: 'article 2 has no revision' }],
  [
    'update article_revisions set number = 7 where article_id = 2',
    { [REVISIONS]: 'article 2 has the version 3, its newest revision is 7' },
  ],
  [
    `insert into article_revisions (article_id, number, first_number, via, kind, category_ids, author_ids)
      values (99, 1, 1, 'http', 'create', '{}', '{}')`,
    { [REVISIONS]: 'revisions exist of article 99, which does not' },
  ],
  [
    `update article_revisions set changed = '{title}' where article_id = 1 and number = 3`,
    { [TEXTS]: 'revision 3 of article 1 has no title' },
  ],
  [
    `insert into revision_texts (article_id, field, first_number, value) values (1, 'content', 77, 'x')`,
    { [TEXTS]: 'article 1 has a packed content of revision 77, which does not exist or did not change it' },
  ],
  [
    `update article_revisions set changed = '{content}' where article_id = 1 and number = 3;
    insert into revision_texts (article_id, field, first_number, value, dictionary_id)
    select 1, 'content', first_number, 'x', 99 from article_revisions where article_id = 1 and number = 3`,
    {
      [TEXTS]: expect.stringMatching(
        /^the packed content of revision \d of article 1 needs one that is no keyframe of it$/,
      ),
    },
  ],
  // Entries that wait for the worker, and the title of an article that is gone, are none.
  [
    `insert into audit_log (id, via, action, subject, subject_id, before, transaction_id) overriding system value values
      (1000, 'http', 'article.change', 'article', 7, '{"content": "Waits"}', null),
      (1001, 'http', 'article.delete', 'article', 7, '{"title": "Stays"}', null),
      (1002, 'http', 'article.change', 'article', 7, '{"excerpt": "Left"}', null);
    update audit_log_conversion set next_id = 1000, last_id = 1002`,
    { [OLD_TEXTS]: 'entry 1002 of the audit log holds texts of article 7' },
  ],
  [
    "insert into old_slugs (type, slug, category_id) values ('category', 'two', 1), ('category', 'other', 1)",
    { [OLD_SLUGS]: 'the old slug two of the category 1 is the slug of the category 2' },
  ],
  // The article e is in the trash, so its slug is free.
  [
    "insert into old_slugs (type, slug, article_id) values ('article', 'a', 2), ('article', 'e', 2)",
    { [OLD_SLUGS]: 'the old slug a of the article 2 is the slug of the article 1' },
  ],
  [
    "insert into old_slugs (type, slug, author_id) values ('author', 'gone', 99)",
    { [OLD_SLUGS]: 'the old slug gone leads to the author 99, which does not exist' },
  ],
  [
    "insert into redirects (path, article_id) values ('/gone', null), ('/a', 1), ('/b', 99)",
    { [REDIRECTS]: 'the redirect of /b leads to the article 99, which does not exist' },
  ],
  [
    "insert into redirects (path) values ('/a.b/.c'), ('/a/')",
    { [REDIRECTS]: 'the redirect of /a/ is not found: the path is not in the form in which paths are compared' },
  ],
  [insertDraft(99, 1, '{}'), { [DRAFTS]: 'a working draft exists of article 99, which does not' }],
  [insertDraft(1, 7, '{}'), { [DRAFTS]: 'the working draft of article 1 began from revision 7, which does not exist' }],
  [insertDraft(1, 3, '{1,3,1}'), { [DRAFTS]: 'the working draft of article 1 links twice to category 1' }],
  ['delete from row_names where id = 3', { [NAMES]: 'category 3 is called "Three" (three), in the history "" ()' }],
  ["update authors set name = 'Ann B.'", { [NAMES]: 'author 1 is called "Ann B." (ann), in the history "Ann" (ann)' }],
  [
    'delete from counted_articles where article_id = 3',
    { [COUNTED]: expect.stringContaining('article 3 is counted in the categories  from') },
  ],
  [
    `update counted_articles set direct_ids = '{1}' where article_id = 1`,
    { [COUNTED]: expect.stringContaining('article 1 is counted in the categories {1} from') },
  ],
  [
    `update category_paths set ancestor_ids = '{1,3}' where category_id = 3`,
    { [PATHS]: 'category 3 is counted in {1,3}; it and its ancestors are {1,2,3}' },
  ],
  [
    'delete from category_paths where category_id = 4',
    { [PATHS]: 'category 4 is counted in ; it and its ancestors are {4}' },
  ],
  [
    `update article_categories set listed_at = '2020-01-01' where article_id = 4 and category_id = 1`,
    {
      [LINKS]: expect.stringMatching(
        /^the link of article 4 to category 1 has the sort key 2020.+, its article has infinity$/,
      ),
    },
  ],
  [
    `update article_authors set listed_at = '2020-01-01' where article_id = 4`,
    { [LINKS]: expect.stringMatching(/^the link of article 4 to author 1 has the sort key 2020/) },
  ],
  [
    'insert into article_categories values (99, 4, 1, now())',
    { [LINKS]: expect.stringMatching(/^the link of article 99 to category 4 .+, its article does not exist$/) },
  ],
  [
    'delete from authors',
    { [LINKS]: expect.stringMatching(/^the link of article 1 to author 1 .+; the author does not exist$/) },
  ],
  [
    'update categories set parent_id = 99 where id = 4',
    { 'parents of categories exist': 'category 4 has the parent 99, which does not exist' },
  ],
  [
    'update categories set parent_id = 3 where id = 1',
    {
      'no category is its own ancestor': 'category 1 is its own ancestor',
      [PATHS]: 'category 1 is counted in {1}; it and its ancestors are {1,2,3}',
    },
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
      'sibling categories have different names': 'the sibling categories 1 and 4 share the name "ONE"',
      [RULES]: 'categories_sibling_name_key is missing',
      [NAMES]: 'category 4 is called "ONE" (four), in the history "Four" (four)',
    },
  ],
  [
    'alter table article_categories alter column position drop not null; update article_categories set position = null where article_id = 2 and category_id = 3',
    {
      'links have a position': 'the link of article 2 to category 3 has no position',
      [REVISIONS]: 'revision 3 of article 2 has other links or dates than the article',
    },
  ],
  [
    `drop index article_categories_rank_key; update article_categories set rank = 'V' where category_id = 3 and article_id < 3`,
    {
      'articles of a category have different ranks': 'the articles 1 and 2 have the rank V in category 3',
      [RULES]: 'article_categories_rank_key is missing',
    },
  ],
  [
    `alter table article_categories drop constraint article_categories_rank_check;
     update article_categories set rank = 'x~' where category_id = 3 and article_id = 1`,
    {
      'articles of a category have different ranks': 'article 1 has the rank "x~" in category 3',
      [RULES]: 'article_categories_rank_check is missing',
    },
  ],
  [
    'select index_articles(array(select id from articles)); delete from search_backlog; delete from article_search where article_id = 2',
    { 'search documents match their articles': 'article 2 has no search document' },
  ],
  [
    `select index_articles(array(select id from articles)); delete from search_backlog; update article_search set document = 'other' where article_id = 2`,
    { 'search documents match their articles': 'article 2 has a search document with other words' },
  ],
  [
    'alter table categories drop constraint categories_version_check; update categories set version = 0 where id = 1',
    { 'versions are 1 or more': 'category 1 has the version 0', [RULES]: 'categories_version_check is missing' },
  ],
  [`select setval('articles_id_seq', 3)`, { 'next ids are free': 'the next id of articles is 4, but 5 exists' }],
  ['drop trigger articles_search_insert on articles', { [RULES]: 'articles_search_insert is missing' }],
  ['alter table articles disable trigger articles_version', { [RULES]: 'articles_version is not enforced' }],
  [
    `alter table article_categories drop constraint article_categories_article_fkey;
     alter table article_categories add constraint article_categories_article_fkey foreign key (article_id, listed_at)
       references articles (id, listed_at) on update cascade on delete cascade not valid`,
    { [RULES]: 'article_categories_article_fkey is not enforced' },
  ],
  [
    `create or replace function set_row_version() returns trigger language plpgsql as 'begin return new; end'`,
    { [RULES]: 'set_row_version differs from the migrations' },
  ],
  [
    'drop index articles_listed_at_idx; create index articles_listed_at_idx on articles (listed_at)',
    { [RULES]: 'articles_listed_at_idx differs from the migrations' },
  ],
];

describe('rubric doctor', () => {
  test('finds no difference in an intact database, before and after counts are updated', async () => {
    const database = await open();
    expect(await listFindings(database)).toEqual([]);
    await updateCounts(database);
    expect(await listFindings(database)).toEqual([]);
  });

  test('compares search documents in parts, adds up their differences, and tells how much is done', async () => {
    const database = await open();
    await damage(
      database,
      `select index_articles(array(select id from articles)); delete from search_backlog;
       insert into articles (id, title, slug) overriding system value select id, 'n', 'n-' || id from generate_series(49998, 50001) as id;
       insert into article_search values (60001, ''); delete from article_search where article_id in (1, 2, 3);
       select setval('articles_id_seq', 60001)`,
    );
    const progress: number[] = [];
    const findings = await runChecks(database.db, {
      onProgress: (check, done) => check === DOCUMENTS && progress.push(done),
    });
    expect(findings.filter(({ check }) => check === DOCUMENTS)).toEqual([
      {
        check: DOCUMENTS,
        differences: 8,
        first: [1, 2, 3, 49998, 49999].map((id) => `article ${id} has no search document`),
      },
    ]);
    expect(progress).toEqual([0, 1 / 3, 2 / 3, 1, 1].map((done) => expect.closeTo(done, 3)));
  });

  test.each(DAMAGE)('finds the damage of %s', async (sql, expected) => {
    const database = await open();
    await updateCounts(database);
    await damage(database, sql);
    expect(Object.fromEntries((await listFindings(database)).map(({ check, first }) => [check, first[0]]))).toEqual(
      expected,
    );
  });
});

/** Adds the changes that are due to the counts. The server does this once a second, one second late. */
async function updateCounts({ db, pool }: Connection) {
  await pool.query(
    `update category_count_deltas set effective_at = effective_at - interval '1 minute' where effective_at <= now()`,
  );
  await updateCategoryCounts(db, 1_000);
}
