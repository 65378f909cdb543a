import { onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type Connection, connect } from '../../src/database/connection.ts';
import { cloneDatabase } from '../harness/server.ts';

/** Categories 1 > 2 > 3 and 4, articles 1 to 5 of every status, author 1. */
const CONTENT = `
  insert into categories (name, slug, parent_id) values ('One', 'one', null), ('Two', 'two', 1), ('Three', 'three', 2), ('Four', 'four', null);
  insert into authors (name, slug) values ('Ann', 'ann');
  insert into articles (title, slug, published_at) values ('A', 'a', now()), ('B', 'b', now()), ('C', 'c', now() + '1 day'),
    ('D', 'd', null), ('E', 'e', now());
  insert into article_categories (article_id, category_id, position, listed_at)
    select articles.id, category, 1, listed_at from articles, unnest(array[1, 3, 4]) as category;
  insert into article_authors (article_id, author_id, position, listed_at) select id, 1, 1, listed_at from articles;
  update articles set deleted_at = now() where slug = 'e'`;

/** Connects to a new database with some content. */
export async function open(): Promise<Connection & { url: string }> {
  const { url, drop } = await cloneDatabase();
  const connection = connect({ ...readConfig({}).database, connectionString: url });
  onTestFinished(async () => {
    await connection.close();
    await drop();
  });
  await connection.pool.query(CONTENT);
  return { ...connection, url };
}
