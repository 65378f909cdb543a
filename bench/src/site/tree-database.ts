import pg from 'pg';
import { migrate } from '../../../server/src/database/migrate.ts';

const CATEGORIES = 10_000;
const NAME = 'site_tree';

/** Creates a database in the same cluster with a tree of ten thousand categories, ten below each. @returns its URL */
export async function createTree(url: string): Promise<string> {
  await dropTree(url);
  await run(url, `create database ${NAME}`);
  const beside = new URL(url);
  beside.pathname = `/${NAME}`;
  await migrate(beside.href);
  await run(
    beside.href,
    `insert into categories (id, name, slug, parent_id) overriding system value
      select id, 'Category ' || id, 'category-' || id, nullif((id - 1) / 10, 0) from generate_series(1, ${CATEGORIES}) as id`,
  );
  return beside.href;
}

export const dropTree = (url: string) => run(url, `drop database if exists ${NAME} with (force)`);

async function run(connectionString: string, statement: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
