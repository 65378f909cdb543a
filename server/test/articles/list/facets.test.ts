import { beforeAll, expect, test } from 'vitest';
import { useServer } from '../../harness/server.ts';

const server = useServer();

/** More categories than a list tells of, all with one article but for the last two, which have two. */
const CATEGORIES = 1_005;
const [SECOND, LAST] = [CATEGORIES - 1, CATEGORIES];

beforeAll(async () => {
  await server.database.pool.query(`
    insert into categories (name, slug) select 'C ' || n, 'c-' || n from generate_series(1, ${CATEGORIES}) as n;
    insert into articles (title, slug, published_at) select 'A', 'a-' || n, '2026-01-01' from generate_series(1, 2) as n;
    insert into article_categories (article_id, category_id, position, listed_at)
      select articles.id, categories.id, 1, listed_at from articles, categories
      where articles.id = 1 or categories.id >= ${SECOND}`);
});

test.each([
  ['', 'of all that is published'],
  ['&published[gte]=2000-01-01T00:00:00Z', 'of a filter'],
])('with%s: the 1,000 largest categories %s, of equal ones those with the lower ids', async (filter) => {
  const { facets } = (await server.anonymous.get(`/articles?facets=categories${filter}`)).body;
  const counts = facets.categories.map(({ id, count }: { id: number; count: number }) => [id, count]);
  expect(counts).toEqual([[SECOND, 2], [LAST, 2], ...Array.from({ length: 998 }, (_, n) => [n + 1, 1])]);
});
