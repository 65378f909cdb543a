import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';

/**
 * One query for each thing that must be true of a database. Each lists what is not: a sentence for a row, the first few,
 * and with each how many there are. They compute anew, from the articles, links and categories alone.
 */

/** How many differences of a kind are shown. */
const SHOWN = 5;

const first = (db: Database, found: SQL) =>
  db.execute<{ difference: string; total: number }>(sql`
    select difference, (count(*) over ())::int as total from (${found}) as found (difference) order by difference limit ${SHOWN}`);

/** Each category with itself and all above it that exist. A distinct union, so that it ends where the tree is a cycle. */
const above = sql`above as (
  select id as category_id, id as section from categories
  union
  select above.category_id, parent.id from above join categories on categories.id = above.section
  join categories as parent on parent.id = categories.parent_id)`;

/** The links of what is or will be published, and when: what counts, without any of what is stored for speed. */
const filed = sql`filed as (
  select article_id, category_id, published_at from article_categories join articles on articles.id = article_id
  where deleted_at is null and published_at is not null)`;

/** Everything that is due is one instant; each that is to come is its own. */
const instant = (column: SQL) => sql`case when ${column} <= now() then '-infinity' else ${column} end as instant`;

/** The counts of categories, now and at every instant to come, against a full count. */
export const listMiscountedCategories = (db: Database) =>
  first(
    db,
    sql`with recursive ${above}, ${filed}, true_counts as (
      select category_id, instant, sum(direct) as direct, sum(deep) as deep from (
        select category_id, ${instant(sql`published_at`)}, 1 as direct, 0 as deep from filed
        union all
        select section, ${instant(sql`published_at`)}, 0, 1
        from (select distinct article_id, section, published_at from filed join above using (category_id)) as sections
      ) as counted group by 1, 2
    ), stored_counts as (
      select category_id, instant, sum(direct) as direct, sum(deep) as deep from (
        select category_id, '-infinity'::timestamptz as instant, direct, deep from category_counts
        union all
        select category_id, ${instant(sql`effective_at`)}, direct, deep from category_count_deltas
      ) as counted where exists (select from categories where id = category_id) group by 1, 2
    )
    select format('category %s counts %s and %s deep%s, and it is %s and %s', category_id,
      coalesce(stored.direct, 0), coalesce(stored.deep, 0), case when instant > '-infinity' then ' from ' || instant end,
      coalesce(actual.direct, 0), coalesce(actual.deep, 0))
    from true_counts as actual full join stored_counts as stored using (category_id, instant)
    where (coalesce(actual.direct, 0), coalesce(actual.deep, 0)) <> (coalesce(stored.direct, 0), coalesce(stored.deep, 0))`,
  );

/** What was counted of each article, against its links and the tree. */
export const listMiscountedArticles = (db: Database) =>
  first(
    db,
    sql`with recursive ${above}, ${filed}, actual as (
      select article_id, published_at as listed_at, array_agg(distinct category_id) as filed, array_agg(distinct section) as sections
      from filed join above using (category_id) group by 1, 2
    )
    select format('article %s is counted in %s and the sections %s from %s, and is in %s and %s from %s', article_id,
      stored.direct_ids, stored.deep_ids, stored.listed_at, actual.filed, actual.sections, actual.listed_at)
    from actual full join counted_articles as stored using (article_id)
    where (actual.filed, actual.sections, actual.listed_at) is distinct from (stored.direct_ids, stored.deep_ids, stored.listed_at)`,
  );

/** The sort key of each article, against what it is made of. */
export const listMisplacedArticles = (db: Database) =>
  first(
    db,
    sql`select format('article %s is listed at %s, published at %s, deleted at %s', id, listed_at, published_at, deleted_at)
    from articles
    where listed_at is distinct from case when deleted_at is null then coalesce(published_at, 'infinity') else 'infinity' end`,
  );

/** Links: both ends are there, and the copy of the article's sort key is true. */
export const listMisplacedLinks = (db: Database) => {
  const links = (table: string, other: string, linked: string) => sql`
    select format('the link of article %s to ${sql.raw(other)} %s is listed at %s, the article at %s%s', article_id,
      link.${sql.raw(linked)}, link.listed_at, coalesce(articles.listed_at::text, 'nothing: it is gone'),
      case when other.id is null then '; the ${sql.raw(other)} is gone' end)
    from ${sql.raw(table)} as link left join articles on articles.id = article_id
      left join ${sql.raw(other === 'author' ? 'authors' : 'categories')} as other on other.id = link.${sql.raw(linked)}
    where link.listed_at is distinct from articles.listed_at or other.id is null`;
  return first(
    db,
    sql`${links('article_categories', 'category', 'category_id')}
    union all ${links('article_authors', 'author', 'author_id')}`,
  );
};

/** Every link has its place in the order of the article's links. */
export const listLinksWithoutPosition = (db: Database) =>
  first(
    db,
    sql`select format('the link of article %s to category %s has no position', article_id, category_id)
    from article_categories where position is null
    union all select format('the link of article %s to author %s has no position', article_id, author_id)
    from article_authors where position is null`,
  );

/** Every parent is there. */
export const listMissingParents = (db: Database) =>
  first(
    db,
    sql`select format('category %s is below category %s, which is gone', id, parent_id) from categories as child
    where parent_id is not null and not exists (select from categories where id = child.parent_id)`,
  );

/** No category is above itself. */
export const listCategoryCycles = (db: Database) =>
  first(
    db,
    sql`with recursive higher as (
      select id as category_id, parent_id as section from categories where parent_id is not null
      union
      select higher.category_id, parent_id from higher join categories on categories.id = section where parent_id is not null
    )
    select format('category %s is above itself', category_id) from higher where section = category_id`,
  );

/**
 * Slugs have their shape, and no two rows that may not share one do. Grouped anew, as an index may be what is damaged.
 *
 * @param pattern what a slug must match
 */
export const listBadSlugs = (db: Database, pattern: string) =>
  first(
    db,
    sql`with slugs as (
      select 'article' as kind, id, slug, deleted_at is not null as trashed from articles
      union all select 'category', id, slug, false from categories
      union all select 'author', id, slug, false from authors
    )
    select format('%s %s has the slug "%s"', kind, id, slug) from slugs
    where slug is null or slug !~ ${pattern}::text or slug ~ '^[0-9]+$'
    union all
    select format('%s %s share the slug "%s"', kind, string_agg(id::text, ' and ' order by id), slug)
    from slugs where not trashed group by kind, slug having count(*) > 1`,
  );

/** Beside one another, names differ by more than case. */
export const listSharedNames = (db: Database) =>
  first(
    db,
    sql`select format('the categories %s, beside one another, share the name "%s"', string_agg(id::text, ' and ' order by id), min(name))
    from categories group by parent_id, lower(normalize(name, NFC) collate "und-x-icu") having count(*) > 1`,
  );

/** The words that a search looks at are those of the articles. */
export const listStaleWords = (db: Database) =>
  first(
    db,
    sql`select case when articles.id is null then format('the words of article %s are kept, and it is gone', found.article_id)
      when found.article_id is null then format('article %s cannot be found by its words', articles.id)
      else format('article %s is found by other words than it has', articles.id) end
    from articles full join article_search as found on found.article_id = articles.id
    where found.document is distinct from article_document(articles.title, articles.excerpt, articles.content)`,
  );

/** Versions count up from 1. */
export const listBadVersions = (db: Database) =>
  first(
    db,
    sql`select format('%s %s has the version %s', kind, id, version) from (
      select 'article' as kind, id, version from articles union all select 'category', id, version from categories
      union all select 'author', id, version from authors
    ) as versions where version is null or version < 1`,
  );

/** The next id that a table gives is free. */
export const listSequencesBehind = (db: Database) => {
  const next = (table: string) => sql`
    select '${sql.raw(table)}' as name, (select last_value + is_called::int from ${sql.raw(table)}_id_seq) as next,
      (select max(id) from ${sql.raw(table)}) as highest`;
  const tables = ['articles', 'categories', 'authors', 'api_tokens'].map(next);
  return first(
    db,
    sql`select format('the next id of %s is %s, and %s is taken', name, next, highest)
    from (${sql.join(tables, sql` union all `)}) as sequences where next <= highest`,
  );
};

/**
 * Constraints, indexes, triggers and functions are there, in force, and as the migrations made them. What else there is
 * belongs to somebody else.
 *
 * @param schema what the migrations add up to, as `npm run generate` writes it
 * @param names the names in it
 */
export const listAlteredRules = (db: Database, schema: string, names: readonly string[]) =>
  first(
    db,
    sql`with actual as (
      select conname as name, convalidated as good, pg_get_constraintdef(oid, true) as definition from pg_constraint
        where connamespace = 'public'::regnamespace
      union all
      select relname, indisvalid and indisready, pg_get_indexdef(indexrelid, 0, true) from pg_index
        join pg_class on pg_class.oid = indexrelid
        where relnamespace = 'public'::regnamespace and not exists (select from pg_constraint where conindid = indexrelid)
      union all
      select tgname, tgenabled = 'O', pg_get_triggerdef(oid, true) from pg_trigger where not tgisinternal
      union all
      select proname, true, rtrim(pg_get_functiondef(oid), E'\n') from pg_proc
        where pronamespace = 'public'::regnamespace and prokind = 'f'
    )
    select format('%s %s', name, case when actual is null then 'is missing' when not good then 'is not in force'
      else 'is not as the migrations made it' end)
    from unnest(${sql.param(names)}::text[]) as expected (name) left join actual using (name)
    where actual is null or not good or position(definition in ${schema}::text) = 0`,
  );

/** Everything is compared at one instant, however long that takes; writers go on meanwhile. */
export const updateStatementTimeout = (db: Database) => db.execute(sql`set local statement_timeout = 0`);
