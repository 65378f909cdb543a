import { beforeAll, expect, test } from 'vitest';
import { walkForward } from '../../harness/pages.ts';
import { idsOf, newArticle } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();

/** More articles than are ranked. */
const ARTICLES = 20_500;
const DRAFTS = 10_100;
/** How many of the newest articles of a list are ranked for a common term. */
const RANKED = 10_000;
/** Does not divide RANKED, so that one page has articles from both sides of the cutoff. */
const LIMIT = 96;
/** The category of all articles with an even number. */
const LARGE = 1;
/** The category of every hundredth article. */
const SMALL = 2;

beforeAll(async () => {
  const { pool } = server.database;
  await pool.query(`begin; set local session_replication_role = replica;
    insert into categories (name, slug) values ('Large', 'large'), ('Small', 'small');
    insert into articles (title, slug, content, published_at)
      select case when n % 97 = 0 then 'Salt ' else 'Bread ' end || n, 'article-' || n,
        repeat('salt and ', 1 + n % 3) || case when n % 2 = 0 then 'pepper' else '' end || case when n % 40 = 0 then ' saffron' else '' end
          || case when n < 6 or (n * 7919) % ${ARTICLES} > ${ARTICLES} - 200 then ' cardamom' else '' end,
        '2025-01-01'::timestamptz + (n * 7919) % ${ARTICLES} * interval '1 minute'
      from generate_series(1, ${ARTICLES}) as n;
    insert into articles (title, slug, content, published_at)
      select 'Salt', 'later-' || n, 'salt', now() + n * interval '1 day' from generate_series(1, 12) as n;
    insert into articles (title, slug, content) select 'Salt', 'draft-' || n, 'salt' from generate_series(1, ${DRAFTS}) as n;
    insert into article_categories (article_id, category_id, position, listed_at)
      select id, category, 1, listed_at from articles join lateral (
        select ${LARGE} as category where id % 2 = 0 union select ${SMALL} where id % 100 = 0
      ) as filed on published_at <= now();
    select index_articles(array(select id from articles));
    commit`);
  await pool.query('vacuum analyze articles, article_categories, article_search');
});

/** The expected order: the matches among the newest rows of a list by rank, then the others by date. */
async function expected(words: string, where = 'published_at <= now()', ranked = RANKED): Promise<number[]> {
  const { rows } = await server.database.pool.query(
    `with list as (
       select id, row_number() over (order by published_at desc, id desc) as place from articles where ${where}
     )
     select id::int from list join article_search on article_id = id where document @@ $1
     order by place > $2, case when place <= $2 then ts_rank(document, $1) end desc, case when place > $2 then place end, id desc`,
    [words, ranked],
  );
  return idsOf(rows);
}
const isInCategory = (category: number) =>
  `exists (select from article_categories where article_id = id and category_id = ${category})`;

async function read(path: string) {
  const { status, body } = await server.as.editor.get(`${path}&sort=relevance&fields=id&limit=${LIMIT}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return { ids: idsOf(body.data), ...(body.page as { next: string | null; previous: string | null; total?: number }) };
}

test.each([
  ['a word of every article', '/articles?q=salt', RANKED, () => expected('salt:*')],
  ['a word of every second article', '/articles?q=salt+pepper', RANKED / 2, () => expected('salt & pepper:*')],
  [
    'a word of every article of a category',
    `/categories/${LARGE}/articles?q=salt`,
    RANKED,
    () => expected('salt:*', isInCategory(LARGE)),
  ],
])(
  '%s: the newest articles are ranked, the others follow by date, in both directions',
  async (_, path, rankedCount, order) => {
    const all = await order();
    const pageOf = (number: number) => all.slice((number - 1) * LIMIT, number * LIMIT);
    const numbered = async (number: number) =>
      expect((await read(`${path}&page=${number}`)).ids).toEqual(pageOf(number));
    expect(await read(`${path}&total=true`)).toMatchObject({ ids: pageOf(1), total: all.length });
    let number = Math.floor(rankedCount / LIMIT);
    let page = await read(`${path}&page=${number}`);
    for (const step of [1, 1, 1, -1, -1, -1, -1]) {
      page = await read(`${path}&${step > 0 ? `after=${page.next}` : `before=${page.previous}`}`);
      number += step;
      expect(page.ids, `page ${number}`).toEqual(pageOf(number));
    }
    for (const deep of [number + 2, number + 10].filter((at) => at * LIMIT <= 10_000)) await numbered(deep);
  },
);

test.each([
  ['a rare word', '/articles?q=saffron', () => expected('saffron:*', 'published_at <= now()', ARTICLES)],
  [
    'a word of the newest articles',
    '/articles?q=cardamom',
    () => expected('cardamom:*', 'published_at <= now()', ARTICLES),
  ],
  [
    'a word of every article of a small category',
    `/categories/${SMALL}/articles?q=salt`,
    () => expected('salt:*', isInCategory(SMALL)),
  ],
])('%s: all articles are ranked', async (_, path, order) => {
  const { rows } = await walkForward(server.anonymous, `${path}&sort=relevance&fields=id`, LIMIT);
  expect(idsOf(rows)).toEqual(await order());
});

test('scheduled articles are ranked, however many drafts come before them', async () => {
  const { rows } = await walkForward(server.as.editor, '/articles?q=salt&status=scheduled&sort=relevance', 5);
  expect(idsOf(rows)).toEqual(await expected('salt:*', 'published_at > now()'));
});

test('more drafts than are ranked: they have no date, so none is ranked and they follow by id', async () => {
  const all = (
    await server.database.pool.query(`select id::int from articles where published_at is null order by id desc`)
  ).rows;
  const path = '/articles?q=salt&status=draft';
  const first = await read(path);
  const second = await read(`${path}&after=${first.next}`);
  expect([...first.ids, ...second.ids]).toEqual(idsOf(all).slice(0, 2 * LIMIT));
  expect((await read(`${path}&before=${second.previous}`)).ids).toEqual(first.ids);
});

test('articles above the cutoff stay there, however many are published while a client pages', async () => {
  const path = '/articles?q=salt';
  const all = await expected('salt:*');
  let page = await read(path);
  const { rows } = await server.database.pool.query(`insert into articles (title, slug, content, published_at)
    select 'News ' || n, 'news-' || n, 'salt', now() from generate_series(1, 400) as n returning id::int`);
  const newsIds = new Set(idsOf(rows));
  const ids = [...page.ids];
  while (ids.length < 3 * LIMIT) {
    page = await read(`${path}&after=${page.next}`);
    ids.push(...page.ids.filter((id) => !newsIds.has(id)));
  }
  await server.database.pool.query('delete from articles where id = any($1)', [[...newsIds]]);
  expect(ids).toEqual(all.slice(0, ids.length));
});

test('the cutoff stays the same while a client pages and others publish', async () => {
  const path = '/articles?q=salt';
  const all = await expected('salt:*');
  const number = Math.floor(RANKED / LIMIT);
  let page = await read(`${path}&page=${number}`);
  const ids = [...page.ids];
  for (let step = 0; step < 3; step += 1) {
    await newArticle(server.as.editor, {
      title: 'Salt',
      publishedAt: new Date(Date.now() - step * 1_000).toISOString(),
    });
    page = await read(`${path}&after=${page.next}`);
    ids.push(...page.ids);
  }
  expect(ids).toEqual(all.slice((number - 1) * LIMIT, (number + 3) * LIMIT));
});

test.each([
  '0.1 infinity',
  '1e-46',
  '2025-01-01T00:00:00.000Z',
  '2025-01-01T00:00:00.000Z -infinity',
  '0.1  ',
  '0.1 x',
  'infinity infinity',
])('a forged cursor at %j returns invalid_cursor', async (key) => {
  const { body } = await server.anonymous.get('/articles?q=salt&sort=relevance&limit=1');
  const [fingerprint, , id] = JSON.parse(Buffer.from(body.page.next, 'base64url').toString());
  const cursor = Buffer.from(JSON.stringify([fingerprint, key, id])).toString('base64url');
  const response = await server.anonymous.get(`/articles?q=salt&sort=relevance&limit=1&after=${cursor}`);
  expect(response).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
});
