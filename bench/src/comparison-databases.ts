import { execFileSync } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { FLOOR_INDEXES, FLOOR_TABLES } from './floor/schema.ts';
import { BENCH } from './options.ts';
import { articlesAt } from './seed.ts';

/** A table of a comparison database: its columns, and where their values come from in the database of Rubric. */
interface Copied {
  table: string;
  columns: string;
  /** Default: the columns of the same table. */
  from?: string;
  /** The column with the id of an article, in tables that grow with the number of articles. */
  article?: 'id' | 'article_id';
}

/** A database of another server, in the same cluster as Rubric's, with copies of its articles, categories and links. */
interface ComparisonDatabase {
  /** Also the name of the server that uses it. */
  name: 'floor' | 'textbook';
  tables: () => string;
  /** In an order that foreign keys allow. */
  copied: Copied[];
  indexes: string;
}

const exportSchema = (path: string) =>
  execFileSync('drizzle-kit', ['export', '--dialect', 'postgresql', '--schema', path], { encoding: 'utf8' });

const TEXTBOOK: ComparisonDatabase = {
  name: 'textbook',
  tables: () => exportSchema(`${BENCH}src/textbook/schema.ts`),
  copied: [
    { table: 'categories', columns: 'id, name, slug, parent_id, position' },
    { table: 'articles', columns: 'id, title, content, published_at', article: 'id' },
    { table: 'article_categories', columns: 'article_id, category_id, position', article: 'article_id' },
  ],
  // For searches in lists; the tutorial has none.
  indexes: "create index on articles using gin (to_tsvector('simple', title || ' ' || content))",
};

const CATEGORY = 'id, name, slug, description, parent_id, position, ordering, version, created_at, updated_at';
const FLOOR: ComparisonDatabase = {
  name: 'floor',
  tables: () => FLOOR_TABLES,
  copied: [
    {
      table: 'categories',
      columns: `${CATEGORY}, article_count, article_count_deep`,
      from: `select ${CATEGORY}, coalesce(direct, 0), coalesce(deep, 0) from categories left join category_counts on category_id = id`,
    },
    { table: 'authors', columns: 'id, name, slug' },
    {
      table: 'articles',
      columns: 'id, title, slug, excerpt, content, content_format, published_at, version, created_at, updated_at',
      article: 'id',
    },
    {
      table: 'article_categories',
      columns: 'article_id, category_id, position, published_at',
      from: 'select article_id, category_id, position, listed_at from article_categories',
      article: 'article_id',
    },
    { table: 'article_authors', columns: 'article_id, author_id, position', article: 'article_id' },
    {
      table: 'article_words',
      columns: 'article_id, document',
      from: 'select article_id, document from article_search',
    },
  ],
  indexes: FLOOR_INDEXES,
};

const ALL = [FLOOR, TEXTBOOK];

/** Returns the URL of a comparison database, in the cluster of Rubric. */
export function comparisonUrl(rubricUrl: string, name: ComparisonDatabase['name']): string {
  const url = new URL(rubricUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Creates the databases that do not exist or have too few links.
 *
 * @param isStale whether the rows of Rubric have changed since the databases were created
 */
export async function createComparisonDatabases(client: pg.Client, rubricUrl: string, links: number, isStale: boolean) {
  for (const database of ALL) {
    if (isStale || !(await isFilled(client, rubricUrl, database, links))) await create(client, rubricUrl, database);
  }
}

async function isFilled(
  client: pg.Client,
  rubricUrl: string,
  { name }: ComparisonDatabase,
  links: number,
): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (rowCount === 0) return false;
  return withComparisonDatabase(rubricUrl, name, async (other) => {
    const { rows } = await other
      .query<{ count: string }>('select count(*) from article_categories')
      .catch(() => ({ rows: [] }));
    return Number(rows[0]?.count) >= links;
  });
}

async function create(client: pg.Client, rubricUrl: string, { name, tables, copied, indexes }: ComparisonDatabase) {
  await client.query(`drop database if exists ${name}`);
  await client.query(`create database ${name}`);
  await withComparisonDatabase(rubricUrl, name, async (other) => {
    await other.query(tables());
    await other.query('set session_replication_role = replica');
    for (const table of copied) await copy(client, other, table);
    await setSequence(other);
    await other.query("set maintenance_work_mem = '1GB'");
    await other.query(indexes);
    await other.query('vacuum (analyze, freeze)');
  });
}

const setSequence = (other: pg.Client) =>
  other.query("select setval(pg_get_serial_sequence('articles', 'id'), (select max(id) from articles))");

/** Copies the articles that a run creates for W9, so that all servers have the same links and counts. */
export async function copyUpdatable(client: pg.Client, rubricUrl: string, scale: number): Promise<void> {
  for (const { name, copied } of ALL) {
    await withComparisonDatabase(rubricUrl, name, async (other) => {
      await other.query('set session_replication_role = replica');
      for (const each of copied) {
        if (!each.article) await other.query(`delete from ${each.table}`);
        await copy(client, other, each, each.article && articlesAt(scale));
      }
      await setSequence(other);
    });
  }
}

/** Deletes the rows that a run wrote. */
export async function restoreComparisonDatabases(rubricUrl: string, scale: number): Promise<void> {
  for (const { name, copied } of ALL) {
    await withComparisonDatabase(rubricUrl, name, async (other) => {
      await other.query('set session_replication_role = replica');
      for (const { table, article } of copied) {
        if (article) await other.query(`delete from ${table} where ${article} > $1`, [articlesAt(scale)]);
      }
    });
  }
}

/** @param above copies only rows of articles with a larger id */
async function copy(client: pg.Client, other: pg.Client, { table, columns, from, article }: Copied, above?: number) {
  const select = from ?? `select ${columns} from ${table}`;
  const query = above === undefined ? select : `${select} where ${article} > ${above}`;
  await pipeline(
    client.query(copyTo(`copy (${query}) to stdout`)),
    other.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
  );
}

async function withComparisonDatabase<T>(
  rubricUrl: string,
  name: ComparisonDatabase['name'],
  work: (other: pg.Client) => Promise<T>,
) {
  const other = new pg.Client({ connectionString: comparisonUrl(rubricUrl, name) });
  await other.connect();
  try {
    return await work(other);
  } finally {
    await other.end();
  }
}
