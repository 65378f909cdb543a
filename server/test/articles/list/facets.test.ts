import { beforeAll, expect, test } from 'vitest';
import { useServer } from '../../harness/server.ts';

const server = useServer();

/** More categories than the facets return. Each has one article, the last two have two. */
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
  ['all articles', ''],
  ['a filter', '&published[gte]=2000-01-01T00:00:00Z'],
])('facets of %s: the 1,000 largest categories, ties broken by the lower id', async (_, filter) => {
  const { facets } = (await server.anonymous.get(`/articles?facets=categories${filter}`)).body;
  const counts = facets.categories.map(({ id, count }: { id: number; count: number }) => [id, count]);
  expect(counts).toEqual([[SECOND, 2], [LAST, 2], ...Array.from({ length: 998 }, (_, n) => [n + 1, 1])]);
});
