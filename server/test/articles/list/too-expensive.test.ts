import { beforeAll, expect, test } from 'vitest';
import { expectProblem } from '../../harness/problem.ts';
import { newArticle, newCategory } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();
let path: string;
beforeAll(async () => {
  const categories = [await newCategory(server.as.editor), await newCategory(server.as.editor)];
  const ids = categories.map(({ id }) => id);
  await newArticle(server.as.editor, { title: 'Sourdough', categoryIds: ids });
  // As if each had 100 million articles: counts and statistics are all that the arithmetic reads.
  await server.database.pool.query(
    `insert into category_counts (category_id, direct, deep) select id, 1e8, 1e8 from unnest($1::bigint[]) as id
     on conflict (category_id) do update set direct = excluded.direct, deep = excluded.deep`,
    [ids],
  );
  await server.database.pool.query(
    "update pg_class set reltuples = 1e8 where oid in ('articles'::regclass, 'article_categories'::regclass)",
  );
  path = `/articles?categories[any]=${ids}`;
});

test.each(['total=true', 'facets=categories'])(
  'A list whose matches are known to be too many for %s is refused before it starts',
  async (wish) => {
    const response = await server.anonymous.get(`${path}&${wish}`);
    expectProblem(response, 503, 'too_expensive');
    expect(response.body.detail).toContain('it was not started');
  },
);

test.each(['q=sourdough', 'published[gte]=2020-01-01T00:00:00Z', 'status=published,draft'])(
  'A list with %s, which can match few, is counted',
  async (condition) => {
    const { status, body } = await server.as.editor.get(`${path}&${condition}&total=true&facets=categories`);
    expect([status, body.page.total, body.facets.categories.length]).toEqual([200, 1, 2]);
  },
);
