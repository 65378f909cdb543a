import { expect, test } from 'vitest';
import { useServer } from '../../harness/server.ts';

const server = useServer();
const STATEMENTS = 300;

test('a statement that writes links reads the revisions of its articles, not those of the transaction', async () => {
  const client = await server.database.pool.connect();
  await client.query(`begin; insert into authors (name, slug) values ('Ann', 'ann')`);
  for (let n = 0; n < STATEMENTS; n += 1) {
    await client.query(
      `with article as (insert into articles (title, slug) values ($1, $1) returning id, listed_at)
      insert into article_authors (article_id, author_id, position, listed_at)
      select article.id, author.id, 1, listed_at from article, authors as author where author.slug = 'ann'`,
      [`article-${n}`],
    );
  }
  const { rows } = await client.query<{ reads: number }>(
    `select pg_stat_get_xact_tuples_returned('article_revisions'::regclass)::int as reads`,
  );
  await client.query('rollback');
  client.release();
  expect(rows[0]?.reads).toBeLessThan(STATEMENTS * 20);
});
