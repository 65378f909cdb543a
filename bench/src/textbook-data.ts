import { execFileSync } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { BENCH } from './options.ts';
import { articlesAt } from './seed.ts';

/** Tables of the textbook with the columns that are copied from Rubric's. */
const TABLES = {
  categories: 'id, name, slug, parent_id, position',
  articles: 'id, title, content, published_at',
  article_categories: 'article_id, category_id, position',
} as const;
const KEYS = { categories: 'id', articles: 'id', article_categories: 'article_id' } as const;

/** For the search of the lists; the tutorial has none. */
const SEARCH_INDEX = "create index on articles using gin (to_tsvector('simple', title || ' ' || content))";

/** The URL of the textbook's database, beside Rubric's in the same cluster. */
export function textbookUrl(rubricUrl: string): string {
  const url = new URL(rubricUrl);
  url.pathname = '/textbook';
  return url.href;
}

/** Creates the textbook's database from its Drizzle schema, with the articles, categories and links of Rubric's. */
export async function createTextbook(client: pg.Client, rubricUrl: string): Promise<void> {
  await client.query('drop database if exists textbook');
  await client.query('create database textbook');
  const schema = ['export', '--dialect', 'postgresql', '--schema', `${BENCH}src/textbook/schema.ts`];
  const ddl = execFileSync('drizzle-kit', schema, { encoding: 'utf8' });
  await withTextbook(rubricUrl, async (textbook) => {
    await textbook.query(ddl);
    await textbook.query('set session_replication_role = replica');
    for (const table of ['categories', 'articles', 'article_categories'] as const)
      await copy(client, textbook, table, 0);
    await textbook.query("select setval(pg_get_serial_sequence('articles', 'id'), (select max(id) from articles))");
    await textbook.query(SEARCH_INDEX);
    await textbook.query('vacuum (analyze, freeze)');
  });
}

/** Returns whether the textbook's database exists, with all seeded links. */
export async function hasTextbook(client: pg.Client, rubricUrl: string, links: number): Promise<boolean> {
  const { rowCount } = await client.query("select from pg_database where datname = 'textbook'");
  if (rowCount === 0) return false;
  return withTextbook(rubricUrl, async (textbook) => {
    const { rows } = await textbook
      .query<{ count: string }>('select count(*) from article_categories')
      .catch(() => ({ rows: [] }));
    return Number(rows[0]?.count) >= links;
  });
}

/** Copies the articles that a run creates for W9, so that the textbook's have the same links. */
export const copyUpdatable = (client: pg.Client, rubricUrl: string, scale: number) =>
  withTextbook(rubricUrl, async (textbook) => {
    await textbook.query('set session_replication_role = replica');
    for (const table of ['articles', 'article_categories'] as const) {
      await copy(client, textbook, table, articlesAt(scale));
    }
    await textbook.query("select setval(pg_get_serial_sequence('articles', 'id'), (select max(id) from articles))");
  });

/** Deletes the rows that a run wrote. */
export const restoreTextbook = (rubricUrl: string, scale: number) =>
  withTextbook(rubricUrl, (textbook) => textbook.query('delete from articles where id > $1', [articlesAt(scale)]));

/** @param above copies only rows of articles with a larger id */
async function copy(client: pg.Client, textbook: pg.Client, table: keyof typeof TABLES, above: number) {
  const select = `select ${TABLES[table]} from ${table} where ${KEYS[table]} > ${above}`;
  await pipeline(
    client.query(copyTo(`copy (${select}) to stdout`)),
    textbook.query(copyFrom(`copy ${table} (${TABLES[table]}) from stdin`)),
  );
}

async function withTextbook<T>(rubricUrl: string, work: (textbook: pg.Client) => Promise<T>): Promise<T> {
  const textbook = new pg.Client({ connectionString: textbookUrl(rubricUrl) });
  await textbook.connect();
  try {
    return await work(textbook);
  } finally {
    await textbook.end();
  }
}
