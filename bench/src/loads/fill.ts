import type pg from 'pg';
import { printProgress } from '../progress.ts';
import { NUMBERS, WORDS } from '../seed.ts';
import type { Load } from './shapes.ts';

/**
 * Fills an empty database with set-based statements, with the rows that triggers would have written: texts, links, counts
 * and search documents. Random values derive from hashes, so that every run writes the same rows.
 */

/** Different texts. Articles share them, and each begins its text with two words of its own. */
const TEXTS = 2_000;
/** Repetitions of "the <word> and the <word>" in a text of 2 kB. */
const PAIRS = 72;
const AUTHORS = 200;

/** A number in [0, 1) that depends on two numbers. */
const chance = (id: string, salt: string) => `((hashint8extended(${id}, ${salt}) & 2147483647) / 2147483648.0)`;
const wordOf = (id: string, salt: string) =>
  `('{${WORDS.join()}}'::text[])[1 + (${WORDS.length} * ${chance(id, salt)})::int % ${WORDS.length}]`;
/** Any of 16,000 words. Each is in about a hundredth of the texts. */
const numberedWordOf = (id: string, salt: string) =>
  `${wordOf(id, salt)} || (${NUMBERS} * ${chance(id, `${salt} + 500`)})::int % ${NUMBERS}`;

/** The n-th category that an article draws; a draw can repeat. */
const drawnCategory = ({ categories, hasCategoryOfAll }: Load) =>
  hasCategoryOfAll
    ? `case n when 1 then 1 else 2 + (${categories - 1} * ${chance('articles.id', 'n')})::int % ${categories - 1} end`
    : `least(${categories}, floor(exp(${chance('articles.id', 'n')} * ln(${categories} + 1.0)))::int)`;

/** Draws of categories for each article: more than links, because some repeat. */
const DRAWS = 12;

/** The rows that the triggers would have recorded. */
const REVISIONS = `insert into article_revisions (article_id, number, first_number, at, via, kind, published_at, category_ids, author_ids)
    select id, version, version, updated_at, 'database', 'create', published_at,
      array(select category_id from article_categories where article_id = id order by position),
      array(select author_id from article_authors where article_id = id order by position)
    from articles;
  insert into row_names (type, id, valid_from, name, slug)
    select 'category', id, '-infinity'::timestamptz, name, slug from categories
    union all select 'author', id, '-infinity', name, slug from authors`;

const steps = (load: Load): [string, string][] => [
  [
    'categories and authors',
    `insert into categories (id, name, slug, parent_id, position) overriding system value
      select id, 'Category ' || id, 'category-' || id, ${load.parentOf}, id from generate_series(1, ${load.categories}) as id;
    insert into authors (id, name, slug) overriding system value
      select id, 'Author ' || id, 'author-' || id from generate_series(1, ${AUTHORS}) as id`,
  ],
  [
    'texts',
    `create temporary table texts as select id, string_agg('the ' || ${numberedWordOf('id', 'n')} || ' and the ' || ${numberedWordOf('id', '1000 + n')}, ' ') as text
      from generate_series(1, ${TEXTS}) as id cross join generate_series(1, ${PAIRS}) as n group by id;
    alter table texts add column document tsvector;
    update texts set document = article_document('', '', text);
    analyze texts`,
  ],
  [
    'articles',
    `insert into articles (id, title, slug, excerpt, content, published_at, created_at, updated_at) overriding system value
      select articles.id, 'The ' || ${wordOf('articles.id', '1')} || ' and the ' || ${wordOf('articles.id', '2')} || ' ' || articles.id,
        'article-' || articles.id, 'About ' || ${wordOf('articles.id', '3')} || '.', 'Article rare' || articles.id || ' ' || text,
        published_at, published_at, published_at
      from generate_series(1, ${load.articles}) as articles (id)
        cross join lateral (select '2006-01-01'::timestamptz + articles.id * interval '10 minutes' as published_at) as dates
        join texts on texts.id = 1 + articles.id % ${TEXTS} order by articles.id`,
  ],
  [
    'links',
    `insert into article_categories (article_id, category_id, position, listed_at)
      select id, category_id, position, listed_at from articles cross join lateral (
        select category_id, row_number() over (order by n) as position from (
          select ${drawnCategory(load)} as category_id, min(n) as n from generate_series(1, ${DRAWS}) as n group by 1
        ) as distinct_draws order by n limit ${load.linksPerArticle} + (articles.id <= ${load.extraLinks})::int
      ) as draws;
    insert into article_authors (article_id, author_id, position, listed_at)
      select id, least(${AUTHORS}, floor(exp(${chance('id', '77')} * ln(${AUTHORS} + 1.0)))::int), 1, listed_at from articles`,
  ],
  [
    'search documents',
    `insert into article_search (article_id, document, article_version, document_version)
      select articles.id, article_document(title, excerpt, 'Article rare' || articles.id) || document, version, document_version()
      from articles join texts on texts.id = 1 + articles.id % ${TEXTS} order by articles.id`,
  ],
  [
    'counts',
    `insert into category_paths select * from list_category_paths(array(select id from categories));
    create temporary table ancestors as select category_id as id, unnest(ancestor_ids) as ancestor_id from category_paths;
    analyze ancestors;
    insert into counted_articles (article_id, direct_ids, listed_at)
      select article_id, array_agg(category_id order by category_id), listed_at from article_categories group by article_id, listed_at;
    insert into category_counts (category_id, direct, deep)
      select id, sum(direct), sum(deep) from (
        select unnest(direct_ids) as id, 1 as direct, 0 as deep from counted_articles
        union all select ancestor_id, 0, count(distinct article_id)
          from article_categories join ancestors on ancestors.id = category_id group by ancestor_id
      ) as counted group by id`,
  ],
];

/** Indexes that are built after the rows: that is several times faster than one row at a time. */
const INDEXES = `select indexname, indexdef from pg_indexes join pg_class on pg_class.relname = indexname
  join pg_index on pg_index.indexrelid = pg_class.oid
  where tablename in ('articles', 'article_search', 'article_categories', 'article_authors') and not indisunique`;

/** @param client on an empty database with the current schema; nobody else uses it */
export async function fill(client: pg.Client, load: Load): Promise<void> {
  await client.query(`set session_replication_role = 'replica';
    set maintenance_work_mem = '1GB'; set work_mem = '256MB'; set temp_buffers = '64MB'`);
  const { rows: indexes } = await client.query<{ indexname: string; indexdef: string }>(INDEXES);
  await client.query('begin');
  for (const { indexname } of indexes) await client.query(`drop index ${indexname}`);
  for (const [what, statement] of steps(load)) await timed(what, client, statement);
  await timed('revisions', client, REVISIONS);
  for (const { indexname, indexdef } of indexes) await timed(indexname, client, indexdef);
  for (const table of ['categories', 'articles', 'authors']) {
    await client.query(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`);
  }
  await client.query('commit');
  await timed('vacuum analyze', client, 'vacuum (analyze, freeze)');
}

async function timed(what: string, client: pg.Client, statement: string) {
  const since = performance.now();
  await client.query(statement);
  printProgress(`${what}: ${((performance.now() - since) / 1000).toFixed(1)} s`);
}
