import { beforeAll, describe, expect, test, vi } from 'vitest';
import { withLiterals } from '../../../src/database/driver/literals.ts';
import type { TestResponse } from '../../harness/client.ts';
import { expectProblem } from '../../harness/problem.ts';
import { idsOf, newArticle, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const MIB = 1_048_576;
const MAX = 16 * MIB;
const server = useServer();
/** Compression of so much text would take most of the time of these tests. */
const UNCOMPRESSED = { headers: { 'accept-encoding': 'identity' } };
const get = (path: string) => server.anonymous.get(path, UNCOMPRESSED);

/** Creates a category with `count` articles, each with the character so many times, and returns the path of its list. */
async function listOf(count: number, character: string, length: number): Promise<string> {
  const { id } = await newCategory(server.as.editor);
  const rows = await times(count, (n) =>
    newArticle(server.as.editor, { categoryIds: [id], title: `Sesquipedalian ${n}` }),
  );
  await setContent(idsOf(rows), character, length);
  return `/categories/${id}/articles`;
}

const setContent = (ids: number[], character: string, length: number) =>
  writeWithoutTriggers('update articles set content = repeat($1, $2) where id = any($3)', [character, length, ids]);

/** The search documents and counts of such rows take PostgreSQL minutes. */
async function writeWithoutTriggers(statement: string, values: unknown[]) {
  const client = await server.database.pool.connect();
  await client.query('begin');
  await client.query('set local session_replication_role = replica');
  await client.query(statement, values);
  await client.query('commit');
  client.release();
}

function expectTooLarge(response: TestResponse, minBytes: number) {
  expectProblem(response, 400, 'answer_too_large', ['/limit', '/fields']);
  const [bytes = 0, limit] = [...response.body.detail.matchAll(/\d+/g)].map(Number);
  expect(limit).toBe(MAX);
  expect(bytes).toBeGreaterThanOrEqual(minBytes);
  expect(bytes).toBeLessThan(minBytes * 1.01 + 1_000);
  expect(response.body.detail).toMatch(/\blimit\b.*\bfields\b/);
}

describe('A list with the content of 20 articles of 1 MiB', () => {
  let path: string;
  beforeAll(async () => {
    path = await listOf(20, 'x', MIB);
  });

  test.each([
    ['by publication', ''],
    ['by title', '&sort=title'],
    ['by relevance', '&q=sesquipedalian&sort=relevance'],
    ['of a search', '&q=sesquipedalian'],
    ['on a numbered page', '&page=1'],
    ['with total and facets', '&total=true&facets=categories'],
  ])('%s is a 400 that says how long it would be, and whole with a lower limit', async (_, query) => {
    expectTooLarge(await get(`${path}?fields=id,content&limit=18${query}`), 18 * MIB);
    expectTooLarge(await get(`${path}?fields=id,content${query}`), 20 * MIB);
    const { status, body } = await get(`${path}?fields=id,content&limit=15${query}`);
    expect([status, body.data.length]).toEqual([200, 15]);
    for (const row of body.data) expect([Object.keys(row), row.content.length]).toEqual([['id', 'content'], MIB]);
    expect(body.page.next).toBeTypeOf('string');
  });

  test('is walked whole in pages that fit, in both directions, and refused in pages that do not', async () => {
    const all = idsOf((await get(`${path}?limit=20`)).body.data);
    const first = (await get(`${path}?fields=id,content&limit=10`)).body;
    const second = (await get(`${path}?fields=id,content&limit=10&after=${first.page.next}`)).body;
    expect([...idsOf(first.data), ...idsOf(second.data)]).toEqual(all);
    const back = (await get(`${path}?fields=id,content&limit=10&before=${second.page.previous}`)).body;
    expect(back.data).toEqual(first.data);
    const last = (await get(`${path}?fields=id&limit=1&page=19`)).body;
    expectTooLarge(await get(`${path}?fields=content&limit=20&before=${last.page.next}`), 18 * MIB);
  });

  test('is a 200 without the content, at any limit', async () => {
    for (const fields of ['', '&fields=id', '&fields=title,excerpt,categories'])
      expect((await get(`${path}?limit=100${fields}`)).body.data).toHaveLength(20);
  });

  test('is in /articles the same', async () => {
    expectTooLarge(await get('/articles?fields=content&limit=20'), 20 * MIB);
  });
});

test('A refused list reads no text: PostgreSQL knows how long they are', async () => {
  const path = await listOf(20, 'x', 0);
  // PostgreSQL cannot compress this text: 1 MiB is 131 pages of 8 kB and more.
  const text = `(select string_agg(encode(sha512(n::text::bytea), 'base64'), '') from generate_series(1, 11800) as n)`;
  const { data } = (await get(`${path}?fields=id&limit=20`)).body;
  await writeWithoutTriggers(`update articles set content = ${text} where id = any($1)`, [idsOf(data)]);
  const [answered, refused] = [
    await buffersOf(`${path}?fields=content&limit=15`),
    await buffersOf(`${path}?fields=content`),
  ];
  expect(answered).toBeGreaterThan(15 * 131);
  expect(refused).toBeLessThan(200);
});

/** How many pages of 8 kB the statement of a list reads, also to send its rows. */
async function buffersOf(path: string): Promise<number> {
  const { pool } = server.database;
  const query = vi.spyOn(pool, 'query');
  await get(path);
  const sent = query.mock.calls as unknown as [{ text: string }, unknown[]][];
  query.mockRestore();
  const [{ text }, values] = sent.find(([statement]) => statement.text.includes('octet_length'))!;
  const { rows } = await pool.query(
    `explain (analyze, buffers, serialize text, format json) ${withLiterals(text, values)}`,
  );
  const [{ Plan: plan, Serialization: output }] = rows[0]['QUERY PLAN'];
  const buffers = (node: Record<string, number>) => node['Shared Hit Blocks']! + node['Shared Read Blocks']!;
  return buffers(plan) + buffers(output);
}

test('The limit holds for the JSON and not for the stored text: quotes and control characters are longer there', async () => {
  for (const [character, escaped] of [
    ['"', 2],
    ['\n', 2],
    ['\u0001', 6],
  ] as const) {
    const bytes = Math.floor((MAX - 10_000) / escaped / 3);
    const path = await listOf(4, character, bytes);
    const { status, body } = await get(`${path}?fields=content&limit=3`);
    expect([status, body.data.length]).toEqual([200, 3]);
    expectTooLarge(await get(`${path}?fields=content&limit=4`), 4 * bytes * escaped);
  }
});

test('The limit is exact: of two articles with one byte more, the list is refused', async () => {
  const path = await listOf(2, 'x', 0);
  const [{ id }] = (await get(`${path}?fields=id&limit=1`)).body.data;
  const lengthOf = async () => Number((await get(`${path}?fields=content`)).headers.get('content-length'));
  const rest = MAX - (await lengthOf());
  await setContent([id], 'x', rest);
  expect(await lengthOf()).toBe(MAX);
  await setContent([id], 'x', rest + 1);
  expectTooLarge(await get(`${path}?fields=content`), MAX);
});

test('A text that is longer than a list can be is not read for the row after the page', async () => {
  const path = await listOf(2, 'x', 17 * MIB);
  const [newest, next] = idsOf((await get(path)).body.data);
  await setContent([newest!], 'x', 5);
  const { status, body } = await get(`${path}?fields=content&limit=1`);
  expect([status, body.data, typeof body.page.next]).toEqual([200, [{ content: 'xxxxx' }], 'string']);
  expectTooLarge(await get(`${path}?fields=content&limit=2`), 17 * MIB);
  expect((await get(`/articles/${next}?`)).body.content).toHaveLength(17 * MIB);
});

test('One article that is longer than a list can be is returned alone, and refused in a list', async () => {
  const path = await listOf(1, 'x', 17 * MIB);
  const [{ id }] = (await get(path)).body.data;
  const { status, body } = await get(`/articles/${id}`);
  expect([status, body.content.length]).toEqual([200, 17 * MIB]);
  expectTooLarge(await get(`${path}?fields=content&limit=1`), 17 * MIB);
});

test('A list is also refused for the sum of the categories of its articles', async () => {
  const categories = await times(2, () => newCategory(server.as.editor));
  const articles = await times(100, () => newArticle(server.as.editor, { categoryIds: idsOf(categories) }));
  await writeWithoutTriggers(
    `with created as (
      insert into categories (name, slug) select n || repeat($1, 190), 'category-of-many-' || n from generate_series(1, 248) as n
      returning id
    )
    insert into article_categories (article_id, category_id, position, listed_at)
    select articles.id, created.id, 2 + created.id, listed_at from articles, created where articles.id = any($2)`,
    ['\u{1F600}', idsOf(articles)],
  );
  const path = `/categories/${categories[0].id}/articles`;
  const one = JSON.stringify((await get(`${path}?fields=categories&limit=1`)).body.data[0]);
  expectTooLarge(await get(`${path}?fields=categories&limit=100`), 100 * Buffer.byteLength(one));
  expect((await get(`${path}?fields=id,title&limit=100`)).body.data).toHaveLength(100);
  expect((await get(`${path}?limit=10`)).body.data[0].categories).toHaveLength(250);
});

test('A list that is long enough to be written in parts is the same JSON, in every encoding and as a 304', async () => {
  const path = `${await listOf(12, '\u{1F600}"', 100_000)}?fields=id,title,content&total=true&limit=11`;
  const plain = await get(path);
  expect(plain.status).toBe(200);
  expect(Object.keys(plain.body)).toEqual(['data', 'page']);
  expect(plain.body.data.map(({ content }: { content: string }) => content)).toEqual(
    Array.from({ length: 11 }, () => '\u{1F600}"'.repeat(100_000)),
  );
  expect(plain.body.page).toMatchObject({ limit: 11, total: 12, previous: null });
  expect(plain.headers.get('link')).toContain(`after=${plain.body.page.next}`);
  const etag = plain.headers.get('etag') ?? '';
  const same = await server.anonymous.get(path, { headers: { 'accept-encoding': 'identity', 'if-none-match': etag } });
  expect(same.status).toBe(304);
  const compressed = await Promise.all(
    ['br', 'gzip', 'br'].map((encoding) => server.anonymous.get(path, { headers: { 'accept-encoding': encoding } })),
  );
  for (const { body, headers } of compressed) {
    expect(body).toEqual(plain.body);
    expect(headers.get('etag')).toBe(etag.replace(/"$/, `-${headers.get('content-encoding')}"`));
  }
});
