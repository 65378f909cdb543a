import { beforeAll, expect, test } from 'vitest';
import { SAMPLE_ROWS } from '../../../src/articles/list/list-thresholds.ts';
import { updateCategoryCounts } from '../../../src/categories/category-counts/category-counts.queries.ts';
import { listSlugsLike } from '../../../src/slugs/slugs.queries.ts';
import { useServer } from '../../harness/server.ts';
import { describeNode, type ExplainedStatement, expensiveNodes, explain, explainStatements } from './explained.ts';

const server = useServer({ PIPELINING: 'off', EXPENSIVE_LIST_MS: '3600000' });

const ARTICLES = 36_000;
/** The category of a third of the articles. */
const LARGE = 1;
/** A category of a few articles. */
const SMALL = 299;
/** A category with 99 descendants. */
const TOP = 10;
/** A manual category of a third of the articles, of which half have a rank. */
const MANUAL = 301;
/** The maxRows rows that a step of a page can touch, whatever the size of a category. */
const MAX_ROWS = 3_000;
/** The same for a search, which reads this many to tell whether its terms are rare, and ranks this many. */
const MAX_SEARCH_ROWS = 10_001;

beforeAll(async () => {
  const { pool, db } = server.database;
  await pool.query(`begin; set local session_replication_role = replica;
    insert into categories (name, slug, parent_id)
      select 'C ' || n, 'c-' || n, case when n between ${TOP + 1} and ${TOP + 99} then ${TOP} end from generate_series(1, 300) as n;
    insert into authors (name, slug) select 'A ' || n, 'a-' || n from generate_series(1, 50) as n;
    insert into articles (title, slug, content, published_at)
      select 'Title ' || (n * 7919) % ${ARTICLES}, 'article-' || n, 'salt number' || n, '2025-01-01'::timestamptz + n * interval '1 minute'
      from generate_series(1, ${ARTICLES}) as n;
    insert into article_categories (article_id, category_id, position, listed_at)
      select id, category, 1, listed_at from articles cross join lateral (
        select ${LARGE} as category where id % 3 = 0
        union select 2 + ((id * 7919) % 296) union select 2 + ((id * 104729) % 296)
        union select ${SMALL} where id % 400 = 0 union select 300 where id < 30) as filed;
    insert into article_authors (article_id, author_id, position, listed_at) select id, 1 + id % 50, 1, listed_at from articles;
    insert into categories (name, slug, ordering) values ('C ${MANUAL}', 'c-${MANUAL}', 'manual');
    insert into article_categories (article_id, category_id, position, listed_at, rank)
      select id, ${MANUAL}, 2, listed_at, case when id % 2 = 0 then 'V' || lpad(id::text, 6, '0') end from articles where id % 3 = 1;
    select index_articles(array(select id from articles));
    commit;
    select recount_articles(array(select id from articles));
    update category_count_deltas set effective_at = '2025-01-01'`); // in one transaction: the worker locks these rows, too
  // The worker of the server adds up counts, too, and only one can at a time.
  for (let due = 1; due > 0; ) {
    await updateCategoryCounts(db, 1_000_000);
    due = (await pool.query('select from category_count_deltas limit 1')).rows.length;
  }
  // Scheduled articles come before all others in every index.
  await pool.query(`insert into articles (title, slug, published_at)
    select 'Title ' || n, 'later-' || n, '2999-01-01' from generate_series(1, 5000) as n`);
  await pool.query(`insert into article_categories (article_id, category_id, position, listed_at)
    select id, ${LARGE}, 1, listed_at from articles where slug like 'later-%'`);
  // The slug of every second trashed article has been taken by another article.
  await pool.query(`insert into articles (title, slug, deleted_at)
    select 'Title ' || n, case n % 2 when 0 then 'article-' else 'gone-' end || n % 1000, now()
    from generate_series(1, 5000) as n`);
  await pool.query('vacuum analyze');
});

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n).join();
const LISTS: [string, string, number?][] = [
  ['all articles', '/articles'],
  ['a large category', `/categories/${LARGE}/articles`],
  ['a large category by its slug, with its total', `/categories/c-${LARGE}/articles?total=true`],
  ['a small category', `/categories/${SMALL}/articles`],
  ['a manual category', `/categories/${MANUAL}/articles`],
  ['a manual category by its slug, with its total', `/categories/c-${MANUAL}/articles?total=true`],
  ['a category by rank', `/articles?categories[any]=${MANUAL}&sort=rank`],
  ['all of two', `/articles?categories[all]=${LARGE},c-20`],
  ['all of three', `/articles?categories[all]=${LARGE},20,21`],
  ['any of ten', `/articles?categories[any]=${LARGE},${range(20, 28)}`],
  ['a subtree of 100', `/categories/${TOP}/articles?descendants=true&total=true`],
  ['any of 40 small ones', `/articles?categories[any]=${SMALL},300,${range(20, 57)}`],
  ['none of one', `/articles?categories[none]=${LARGE}`],
  ['one and not another', `/articles?categories[all]=${LARGE}&categories[none]=20`],
  ['an author', '/articles?author=a-7'],
  ['an author in a category', `/categories/${LARGE}/articles?author=7`],
  ['before a date', '/articles?published[lt]=2025-01-02T00:00:00Z'],
  ['a category before a date', `/categories/${LARGE}/articles?published[lt]=2025-01-02T00:00:00Z`],
  ['after a date', '/articles?published[gte]=2025-01-25T20:00:00Z'],
  [
    'a category between two dates, oldest first',
    `/categories/${LARGE}/articles?published[gte]=2025-01-20T00:00:00Z&published[lt]=2025-01-20T03:00:00Z&sort=publishedAt`,
  ],
  [
    'a hundred given articles, with their total and facets',
    `/articles?ids=${range(1, 100)}&total=true&facets=categories`,
  ],
  [
    'given articles by title, in a subtree',
    `/articles?ids=${range(1, 100)}&sort=title&categories[any]=${TOP}&descendants=true`,
  ],
  ['given articles with a word of every article', `/articles?ids=${range(1, 100)}&q=salt&total=true`],
  ['given articles by relevance', `/articles?ids=${range(1, 100)}&q=salt&sort=relevance`],
  ['the articles of an author without categories', '/articles?author=7&uncategorised=true'],
  ['scheduled articles', '/articles?status=scheduled'],
  ['all by title', '/articles?sort=title'],
  ['a large category by title', `/categories/${LARGE}/articles?sort=title`],
  ['a small category by title', `/categories/${SMALL}/articles?sort=-title`],
  ['a small category by update', `/categories/${SMALL}/articles?sort=-updatedAt`],
  ['any of two by title', `/articles?categories[any]=${LARGE},20&sort=title`],
  ['a small subtree by title', `/articles?categories[all]=${SMALL}&descendants=true&sort=title`],
  ['none of one by update', `/articles?categories[none]=20&sort=updatedAt`],
  ['a rare word', '/articles?q=number777'],
  ['a rare word in a large category', `/categories/${LARGE}/articles?q=number777`],
  ['a word of every article', '/articles?q=salt'],
  ['words that no article has together', '/articles?q="number7"+salt+"number8"', MAX_SEARCH_ROWS],
  ['a word of every article, in a small category', `/categories/${SMALL}/articles?q=salt`],
  ['a word of every article, by title', '/articles?q=salt&sort=title'],
  ['a word of every article, by relevance', '/articles?q=salt&sort=relevance', MAX_SEARCH_ROWS],
  [
    'a word of every article, in a large category, by relevance',
    `/categories/${LARGE}/articles?q=salt&sort=relevance`,
    MAX_SEARCH_ROWS,
  ],
  ['a rare word, by relevance', '/articles?q=number777&sort=relevance'],
];
const ROWS: [string, string, number?][] = [
  ['an article', '/articles/500'],
  ['an article by its slug', '/articles/article-500'],
  ['a category with its first page', `/categories/${LARGE}`],
  ['a manual category with its first page', `/categories/${MANUAL}`],
];

/** No step scans a whole table that grows, or touches more rows than a page can need. */
function expectCheap(statements: ExplainedStatement[], path: string, maxRows: number) {
  const expensive = statements.flatMap((statement) => expensiveNodes(statement, maxRows).map(describeNode));
  expect(expensive, `${path}\n${expensive.join('\n')}`).toEqual([]);
}

test.each([...LISTS, ...ROWS])(
  '%s: the cost is that of a page, not of a table',
  async (_, path, maxRows = MAX_ROWS) => {
    const { statements } = await explain(server, path);
    expect(statements.length).toBeGreaterThan(0);
    expectCheap(statements, path, maxRows);
  },
);

test.each(ROWS)(
  '%s, read anonymously: the cost is that of a page, not of a table',
  async (_, path, maxRows = MAX_ROWS) => {
    const { statements } = await explain(server, path, server.anonymous);
    expect(statements.length).toBeGreaterThan(0);
    expectCheap(statements, path, maxRows);
  },
);

test.each(['article-500', 'gone-501'])(
  '%s, with trashed=true: the cost is that of a page, not of a table',
  async (slug) => {
    const { body, statements } = await explain(server, `/articles/${slug}?trashed=true`);
    expect(body.slug).toBe(slug);
    expectCheap(statements, slug, MAX_ROWS);
  },
);

test('the search for a free slug: the cost is that of the slugs with the same stem', async () => {
  const { pool, db } = server.database;
  const statements = await explainStatements(pool, () => listSlugsLike(db, 'articles', 'article-77'));
  expect(statements).toHaveLength(1);
  expectCheap(statements, 'article-77', MAX_ROWS);
});

/** With the filter these lists have no end that comes early: everything is read once, in one pass for each condition. */
const EVERYTHING: [string, string][] = [
  ['the total of two large subtrees', `/articles?categories[all]=${LARGE},${TOP}&descendants=true&total=true`],
  ['the facets of two large subtrees', `/articles?categories[all]=${LARGE},${TOP}&descendants=true&facets=categories`],
  [
    'the total of a word in two subtrees',
    `/articles?categories[all]=${LARGE},${TOP}&descendants=true&q=salt&total=true`,
  ],
  ['the total of a word outside a subtree', `/articles?categories[none]=${TOP}&descendants=true&q=salt&total=true`],
  ['two subtrees by title that share no article', `/articles?categories[all]=${SMALL},300&descendants=true&sort=title`],
  ['nothing but a few articles, by title', `/articles?categories[none]=${range(1, 298)}&sort=title&total=true`],
];

test.each(EVERYTHING)('%s: no step takes matches times categories', async (_, path) => {
  const { statements } = await explain(server, `${path}&limit=1`);
  const links = 4 * (ARTICLES + 5000);
  const expensive = statements
    .flatMap((statement) => expensiveNodes(statement, links))
    .filter((node) => node['Node Type'] !== 'Seq Scan' || node['Actual Loops'] > 1);
  expect(expensive.map(describeNode), path).toEqual([]);
});

test.each([
  '/articles?uncategorised=true&total=true',
  '/articles?uncategorised=true&sort=title',
  '/articles?uncategorised=true&sort=-updatedAt&status=published,scheduled,draft',
])(
  '%s, where nearly all articles have a category: the links are read once, not probed for each article',
  async (path) => {
    const { statements } = await explain(server, path);
    const probes = statements.flatMap(({ nodes }) => nodes.map((node) => node['Actual Loops']));
    expect(Math.max(...probes)).toBeLessThanOrEqual(SAMPLE_ROWS);
  },
);

test('each total, and each list by title, equals what PostgreSQL counts and sorts without the list engine', async () => {
  const { pool } = server.database;
  const inSubtree = (
    id: number,
  ) => `exists (select from article_categories as link join categories on categories.id = link.category_id
    where link.article_id = articles.id and ${id} in (categories.id, categories.parent_id))`;
  const expected = async (condition: string) => {
    const { rows } = await pool.query(
      `select id::int from articles where listed_at <= now() and ${condition} order by title collate "und-x-icu", id`,
    );
    return rows.map(({ id }) => id);
  };
  for (const [path, condition] of [
    [`categories[all]=${LARGE},${TOP}&descendants=true`, `${inSubtree(LARGE)} and ${inSubtree(TOP)}`],
    [`categories[all]=${TOP},${TOP + 1}&descendants=true`, inSubtree(TOP + 1)],
    [`categories[all]=${SMALL},${TOP}&descendants=true`, `${inSubtree(SMALL)} and ${inSubtree(TOP)}`],
    [
      `categories[all]=${LARGE}&categories[none]=${TOP}&descendants=true&q=salt`,
      `${inSubtree(LARGE)} and not ${inSubtree(TOP)}`,
    ],
    [`categories[all]=${TOP}&descendants=true&q=salt`, inSubtree(TOP)],
    [`categories[any]=${SMALL},300`, `${inSubtree(SMALL)} or ${inSubtree(300)}`],
  ] as const) {
    const ids = await expected(`(${condition})`);
    const { body } = await server.as.reader.get(`/articles?${path}&sort=title&fields=id&limit=100&total=true`);
    expect(body.page.total, path).toBe(ids.length);
    expect(
      body.data.map(({ id }: { id: number }) => id),
      path,
    ).toEqual(ids.slice(0, 100));
    const next = await server.as.reader.get(`/articles?${path}&sort=title&fields=id&limit=100&after=${body.page.next}`);
    if (body.page.next)
      expect(
        next.body.data.map(({ id }: { id: number }) => id),
        path,
      ).toEqual(ids.slice(100, 200));
  }
});

const buffersOf = (statements: ExplainedStatement[]) => statements.reduce((sum, { buffers }) => sum + buffers, 0);

test.each([
  ['all articles', '/articles'],
  ['a large category', `/categories/${LARGE}/articles`],
  ['a large category, oldest first', `/categories/${LARGE}/articles?sort=publishedAt`],
  ['a subtree of 100', `/categories/${TOP}/articles?descendants=true`],
  ['one and not another', `/articles?categories[all]=${LARGE}&categories[none]=20`],
  [
    'a large category after a date, oldest first',
    `/categories/${LARGE}/articles?sort=publishedAt&published[gte]=2025-01-02T00:00:00Z`,
  ],
  ['a large category before a date', `/categories/${LARGE}/articles?published[lt]=2025-01-25T00:00:00Z`],
])('%s: a page 10,000 rows deep costs as much as the first page', async (_, path) => {
  const separator = path.includes('?') ? '&' : '?';
  const first = await explain(server, `${path}${separator}limit=20`);
  const { body } = await server.as.reader.get(`${path}${separator}limit=100&page=100`);
  const deep = await explain(server, `${path}${separator}limit=20&after=${body.page.next}`);
  expect(deep.body.data).toHaveLength(20);
  expectCheap(deep.statements, path, MAX_ROWS);
  expect(buffersOf(deep.statements)).toBeLessThan(1.5 * buffersOf(first.statements) + 50);
});

test.each(LISTS.filter(([, path]) => !/q=|scheduled/.test(path)))(
  '%s: a search for a word of every article returns the same pages',
  async (_, path) => {
    const separator = path.includes('?') ? '&' : '?';
    const read = async (parameters: string) =>
      (await server.as.reader.get(`${path}${separator}fields=id&limit=30${parameters}`)).body;
    let [plain, searched] = [await read(''), await read('&q=sal')];
    for (let page = 0; page < 3 && plain.page.next; page += 1) {
      expect(searched.data).toEqual(plain.data);
      [plain, searched] = [await read(`&after=${plain.page.next}`), await read(`&q=sal&after=${searched.page.next}`)];
    }
    expect(searched.data).toEqual(plain.data);
    const back = await read(`&q=sal&before=${searched.page.previous}`);
    expect(back.data).toEqual((await read(`&before=${plain.page.previous}`)).data);
  },
);
