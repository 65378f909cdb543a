import pg from 'pg';

/** The number of articles per statement: large enough to be fast, small enough to divide the work between two connections. */
const BATCH = 20_000;
const CONNECTIONS = 2;

/** Fills `article_search` like its worker, on two connections, and then builds its index. */
export async function deriveSearch(connectionString: string, articles: number): Promise<void> {
  await withBulkClient(connectionString, async (client) => {
    const { rows } = await client.query<{ indexdef: string }>(
      "select indexdef from pg_indexes where indexname = 'article_search_document_idx'",
    );
    const definition = rows[0]?.indexdef;
    if (definition === undefined) throw new Error('article_search has no index to rebuild');
    await client.query('truncate article_search');
    await client.query('drop index article_search_document_idx');
    // Always rebuilt: otherwise the next run could not read its definition.
    try {
      await inRanges(connectionString, articles, SEARCH);
    } finally {
      await client.query("set maintenance_work_mem = '1GB'");
      await client.query(definition);
    }
  });
}

const SEARCH = 'select index_articles(array(select id from articles where id > $1 and id <= $2))';

/** The rows that `recount_articles` stores: the categories of an article. */
const COUNTED = `insert into counted_articles (article_id, direct_ids, listed_at)
  select article_id, array_agg(category_id order by category_id), listed_at from article_categories
  where article_id > $1 and article_id <= $2 and listed_at < 'infinity' group by article_id, listed_at`;

const SUMS = `with recursive above as (
    select id as category_id, id, parent_id from categories
    union all
    select category_id, categories.id, categories.parent_id from above join categories on categories.id = above.parent_id
  )
  insert into category_counts (category_id, direct, deep)
  select id, sum(direct), sum(deep) from (
    select category_id as id, 1 as direct, 0 as deep from article_categories where listed_at < 'infinity'
    union all
    select id, 0, 1 from (
      select distinct article_id, id from article_categories join above using (category_id) where listed_at < 'infinity'
    ) as counted_below
  ) as each group by id`;

/** Fills `counted_articles` and `category_counts` like the triggers and the worker. */
export async function deriveCounts(connectionString: string, articles: number): Promise<void> {
  await withBulkClient(connectionString, (client) =>
    client.query(`truncate counted_articles, category_counts, category_count_deltas, category_paths;
      insert into category_paths select * from list_category_paths(array(select id from categories))`),
  );
  await inRanges(connectionString, articles, COUNTED);
  await withBulkClient(connectionString, (client) => client.query(SUMS));
}

const REVISIONS = `insert into article_revisions
    (article_id, number, first_number, at, via, kind, published_at, category_ids, author_ids)
  select id, version, version, updated_at, 'database', 'create', published_at,
    array(select category_id from article_categories where article_id = id order by position),
    array(select author_id from article_authors where article_id = id order by position)
  from articles where id > $1 and id <= $2`;

const NAMES = `insert into row_names (type, id, valid_from, name, slug)
  select 'category', id, '-infinity'::timestamptz, name, slug from categories
  union all select 'author', id, '-infinity', name, slug from authors`;

/** Fills `article_revisions` and `row_names` like the triggers. */
export async function deriveRevisions(connectionString: string, articles: number): Promise<void> {
  await withBulkClient(connectionString, (client) => client.query(`truncate row_names, article_revisions; ${NAMES}`));
  await inRanges(connectionString, articles, REVISIONS);
}

/**
 * Checks the counts of a sample with the database's own function, which records differences, and the sums with a full count.
 *
 * @throws Error when anything differs
 */
export async function checkCounts(client: pg.Client): Promise<void> {
  await client.query('begin');
  await client.query('delete from category_count_deltas');
  await client.query(`select recount_articles(array(select id from articles order by hashint8(id) limit 1000))`);
  const deltas = await client.query('select from category_count_deltas limit 1');
  await client.query('rollback');
  if (deltas.rowCount !== 0) throw new Error('The seeded counts differ from those of recount_articles.');
  const wrong = await client.query(`
    select category_id from category_counts full join (
      select category_id, count(*) as direct from article_categories where listed_at <= now() group by 1
    ) as counted using (category_id)
    where category_counts.direct is distinct from counted.direct
      and not exists (select from category_count_deltas as change where change.category_id = category_counts.category_id)`);
  if (wrong.rowCount !== 0) throw new Error(`The counts of ${wrong.rowCount} seeded categories are wrong.`);
}

/** Runs a statement for all ids in batches, on two connections, without triggers and foreign keys. */
async function inRanges(connectionString: string, articles: number, statement: string) {
  let next = 0;
  const work = () =>
    withBulkClient(connectionString, async (client) => {
      while (next < articles) {
        const from = next;
        next += BATCH;
        await client.query(statement, [from, from + BATCH]);
      }
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

async function withBulkClient(connectionString: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = await bulkClient(connectionString);
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Connects without triggers and foreign keys: seeded rows are consistent, and triggers would derive and check each again. */
export async function bulkClient(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query("set session_replication_role = 'replica'");
  return client;
}
