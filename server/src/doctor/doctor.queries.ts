import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { listFirst, type Relation, unionAll } from './violations.queries.ts';

/**
 * One query for each invariant of the database. It lists the first violations, each as a sentence, with the total number of
 * violations. Expected values are computed only from articles, links and categories.
 */

/** Each category with itself and its ancestors. `union` removes duplicates, so that it also ends in a cycle. */
const ancestorsOrSelf = sql`ancestors_or_self as (
  select id as category_id, id as ancestor_id from categories
  union
  select ancestors_or_self.category_id, parent.id
  from ancestors_or_self join categories on categories.id = ancestors_or_self.ancestor_id
    join categories as parent on parent.id = categories.parent_id)`;

/** The links that count, of published and scheduled articles, with the time of publication. Reads no stored copy. */
const countedLinks = sql`counted_links as (
  select article_id, category_id, published_at from article_categories join articles on articles.id = article_id
  where deleted_at is null and published_at is not null)`;

/** Replaces all past times by one value, so that they add up to the current counts. Future times are kept. */
const effectiveAt = (column: SQL) =>
  sql`case when ${column} <= now() then '-infinity' else ${column} end as effective_at`;

/** Compares the stored counts of categories with a full count, now and at each scheduled publication. */
export const listWrongCategoryCounts = (db: Database) =>
  listFirst(
    db,
    sql`with recursive ${ancestorsOrSelf}, ${countedLinks}, actual_counts as (
      select category_id, effective_at, sum(direct) as direct, sum(deep) as deep from (
        select category_id, ${effectiveAt(sql`published_at`)}, 1 as direct, 0 as deep from counted_links
        union all
        select ancestor_id, ${effectiveAt(sql`published_at`)}, 0, 1
        from (
          select distinct article_id, ancestor_id, published_at from counted_links join ancestors_or_self using (category_id)
        ) as deep_links
      ) as increments group by 1, 2
    ), stored_counts as (
      select category_id, effective_at, sum(direct) as direct, sum(deep) as deep from (
        select category_id, '-infinity'::timestamptz as effective_at, direct, deep from category_counts
        union all
        select category_id, ${effectiveAt(sql`effective_at`)}, direct, deep from category_count_deltas
      ) as increments where exists (select from categories where id = category_id) group by 1, 2
    )
    select format('category %s stores the %s %s direct, %s deep%s; its articles give %s direct, %s deep', category_id,
      case when effective_at = '-infinity' then 'counts' else 'changes' end,
      coalesce(stored.direct, 0), coalesce(stored.deep, 0), case when effective_at > '-infinity' then ' at ' || effective_at end,
      coalesce(actual.direct, 0), coalesce(actual.deep, 0))
    from actual_counts as actual full join stored_counts as stored using (category_id, effective_at)
    where (coalesce(actual.direct, 0), coalesce(actual.deep, 0)) <> (coalesce(stored.direct, 0), coalesce(stored.deep, 0))`,
  );

/** Compares what was counted of each article with its links. */
export const listWrongCountedArticles = (db: Database) =>
  listFirst(
    db,
    sql`with ${countedLinks}, actual_articles as (
      select article_id, published_at as listed_at, array_agg(category_id order by category_id) as direct_ids
      from counted_links group by 1, 2
    )
    select format('article %s is counted in the categories %s from %s; its links give %s from %s',
      article_id, stored.direct_ids, stored.listed_at, actual.direct_ids, actual.listed_at)
    from actual_articles as actual full join counted_articles as stored using (article_id)
    where (actual.direct_ids, actual.listed_at) is distinct from (stored.direct_ids, stored.listed_at)`,
  );

/** Compares the paths by which articles are counted with the tree. A path may still have a category that was deleted. */
export const listWrongCategoryPaths = (db: Database) =>
  listFirst(
    db,
    sql`with recursive ${ancestorsOrSelf}, actual_paths as (
      select category_id, array_agg(ancestor_id order by ancestor_id) as path from ancestors_or_self group by 1
    ), stored_paths as (
      select category_id, array(select id from categories where id = any(ancestor_ids) order by id) as path from category_paths
    )
    select format('category %s is counted in %s; it and its ancestors are %s', category_id, stored.path, actual.path)
    from actual_paths as actual full join stored_paths as stored using (category_id)
    where actual.path is distinct from stored.path`,
  );

/** Compares the sort key of each article with the columns it is computed from. */
export const listWrongSortKeys = (db: Database) =>
  listFirst(
    db,
    sql`select format('article %s has the sort key %s, was published at %s and deleted at %s', id, listed_at, published_at,
      deleted_at)
    from articles
    where listed_at is distinct from case when deleted_at is null then coalesce(published_at, 'infinity') else 'infinity' end`,
  );

/** Lists links whose article or other end does not exist, and those whose copy of the article's sort key is wrong. */
export const listBrokenLinks = (db: Database, relations: readonly Relation[]) => {
  const brokenLinks = relations.map(
    ({ table, linkTable, linkColumn, noun }) => sql`
    select format('the link of article %s to ${sql.raw(noun)} %s has the sort key %s, its article %s%s', article_id,
      link.${sql.raw(linkColumn)}, link.listed_at, coalesce('has ' || articles.listed_at, 'does not exist'),
      case when target.id is null then '; the ${sql.raw(noun)} does not exist' end)
    from ${sql.raw(linkTable)} as link left join articles on articles.id = article_id
      left join ${sql.raw(table)} as target on target.id = link.${sql.raw(linkColumn)}
    where link.listed_at is distinct from articles.listed_at or target.id is null`,
  );
  return listFirst(db, unionAll(brokenLinks));
};

/** Lists links without a position among the links of their article. */
export const listLinksWithoutPosition = (db: Database, relations: readonly Relation[]) => {
  const unpositioned = relations.map(
    ({ linkTable, linkColumn, noun }) => sql`
    select format('the link of article %s to ${sql.raw(noun)} %s has no position', article_id, ${sql.raw(linkColumn)})
    from ${sql.raw(linkTable)} where position is null`,
  );
  return listFirst(db, unionAll(unpositioned));
};

/** Lists ranks that two articles of a category share, and invalid ranks. Groups the rows, as for slugs. */
export const listInvalidRanks = (db: Database) =>
  listFirst(
    db,
    sql`select format('the articles %s have the rank %s in category %s', string_agg(article_id::text, ' and ' order by article_id),
      rank, category_id)
    from article_categories where rank is not null group by category_id, rank having count(*) > 1
    union all
    select format('article %s has the rank "%s" in category %s', article_id, rank, category_id)
    from article_categories where rank !~ '^[0-9A-Za-z]+$'`,
  );

export const listMissingParents = (db: Database) =>
  listFirst(
    db,
    sql`select format('category %s has the parent %s, which does not exist', id, parent_id) from categories as child
    where parent_id is not null and not exists (select from categories where id = child.parent_id)`,
  );

/** Lists categories that are their own ancestors. */
export const listCategoryCycles = (db: Database) =>
  listFirst(
    db,
    sql`with recursive ancestors as (
      select id as category_id, parent_id as ancestor_id from categories where parent_id is not null
      union
      select ancestors.category_id, parent_id from ancestors join categories on categories.id = ancestor_id
      where parent_id is not null
    )
    select format('category %s is its own ancestor', category_id) from ancestors where ancestor_id = category_id`,
  );

/**
 * Lists invalid slugs, and slugs that two rows share. Groups the rows instead of trusting the unique index, which can be
 * what is damaged.
 *
 * @param pattern what a slug must match
 */
export const listInvalidSlugs = (db: Database, relations: readonly Relation[], pattern: string) =>
  listFirst(
    db,
    sql`with slugs as (
      ${unionAll([
        sql`select 'article' as kind, id, slug, deleted_at is not null as is_trashed from articles`,
        ...relations.map(({ table, noun }) => sql.raw(`select '${noun}', id, slug, false from ${table}`)),
      ])}
    )
    select format('%s %s has the slug "%s"', kind, id, slug) from slugs
    where slug is null or slug !~ ${pattern}::text or slug ~ '^[0-9]+$'
    union all
    select format('%s %s share the slug "%s"', kind, string_agg(id::text, ' and ' order by id), slug)
    from slugs where not is_trashed group by kind, slug having count(*) > 1`,
  );

/** Lists siblings whose names look the same. */
export const listDuplicateNames = (db: Database) =>
  listFirst(
    db,
    sql`select format('the sibling categories %s share the name "%s"', string_agg(id::text, ' and ' order by id), min(name))
    from categories group by parent_id, fold_category_name(name) having count(*) > 1`,
  );

/** Lists rows whose version is below 1. */
export const listInvalidVersions = (db: Database, relations: readonly Relation[]) =>
  listFirst(
    db,
    sql`select format('%s %s has the version %s', kind, id, version) from (
      ${unionAll([
        sql`select 'article' as kind, id, version from articles`,
        ...relations.map(({ table, noun }) => sql.raw(`select '${noun}', id, version from ${table}`)),
      ])}
    ) as versions where version is null or version < 1`,
  );

/** Lists sequences whose next id is not above all ids of their table. */
export const listLaggingSequences = (db: Database, relations: readonly Relation[]) => {
  const tables = ['articles', ...relations.map(({ table }) => table), 'api_tokens'];
  const nextIds = tables.map((table) =>
    sql.raw(`
    select '${table}' as name, (select last_value + is_called::int from ${table}_id_seq) as next_id,
      (select max(id) from ${table}) as max_id`),
  );
  return listFirst(
    db,
    sql`select format('the next id of %s is %s, but %s exists', name, next_id, max_id)
    from (${unionAll(nextIds)}) as sequences where next_id <= max_id`,
  );
};

/**
 * Lists constraints, indexes, triggers and functions that are missing, not enforced, or defined otherwise than in the
 * migrations. Ignores objects that the migrations do not create.
 *
 * @param schema the schema that the migrations create, as `npm run generate` writes it
 * @param names the names in it
 */
export const listAlteredSchemaObjects = (db: Database, schema: string, names: readonly string[]) =>
  listFirst(
    db,
    sql`with actual_objects as (
      select conname as name, convalidated as is_enforced, pg_get_constraintdef(oid, true) as definition from pg_constraint
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
    select format('%s %s', name, case when actual_objects is null then 'is missing' when not is_enforced then 'is not enforced'
      else 'differs from the migrations' end)
    from unnest(${sql.param(names)}::text[]) as expected_objects (name) left join actual_objects using (name)
    where actual_objects is null or not is_enforced or position(definition in ${schema}::text) = 0`,
  );

/**
 * Sets, until the transaction ends: no statement timeout, because all checks read one snapshot while writers continue;
 * memory for joins of whole tables; and two parallel workers for tables of 3 MB or more. PostgreSQL does not include the
 * cost of the condition of an outer join, so workers must cost nothing, or it would create the search documents in one
 * process. For small tables, starting workers takes three times as long as the check.
 */
export const updateSettings = (db: Database) =>
  db.execute(sql`select set_config(name, value, true) from (values
    ('statement_timeout', '0'), ('work_mem', '128MB'), ('jit', 'off'), ('max_parallel_workers_per_gather', '2'),
    ('parallel_setup_cost', '0'), ('parallel_tuple_cost', '0'), ('min_parallel_table_scan_size', '1MB'),
    ('min_parallel_index_scan_size', '64kB')) as settings (name, value)`);
