import { beforeAll, describe, expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const get = (path: string) => server.as.reader.get(path);

beforeAll(async () => {
  const categories = await times(3, () => newCategory(server.as.editor));
  const authors = await times(2, () => newAuthor(server.as.editor));
  await times(4, (n) =>
    newArticle(server.as.editor, {
      categoryIds: idsOf(categories.slice(n % 3)),
      authorIds: idsOf([authors[n % 2]]),
      publishedAt: n === 3 ? null : '2020-01-01T00:00:00Z',
    }),
  );
});

describe('A parameter that takes a list', () => {
  test.each([
    ['/articles', 'categories[any]', '1', '3'],
    ['/articles', 'categories[all]', '2', '3'],
    ['/articles', 'categories[none]', '1', '2'],
    ['/articles', 'author', '1', '2'],
    ['/articles', 'status', 'draft', 'published'],
    ['/articles', 'fields', 'id', 'title'],
    ['/articles', 'ids', '1', '2'],
    ['/articles', 'facets', 'categories', 'categories'],
    ['/categories', 'ids', '1', '2'],
    ['/categories', 'fields', 'id', 'name'],
    ['/authors', 'fields', 'id', 'name'],
  ])('can be sent several times: %s?%s=%s,%s', async (path, name, first, second) => {
    const [encoded, commas] = [encodeURIComponent(name), `${first},${second}`];
    const expected = await get(`${path}?${name}=${commas}`);
    expect(expected.status).toBe(200);
    expect(expected.body.data).not.toEqual([]);
    for (const query of [
      `${name}=${first}&${name}=${second}`,
      `${encoded}=${first}&total=false&${encoded}=${second}`,
      `${encoded}=${encodeURIComponent(commas)}`,
      `${name}=${commas}&${name}=${second}`,
    ]) {
      expect((await get(`${path}?${query}`)).body, query).toEqual(expected.body);
    }
  });

  test.each(['categories[any]', 'categories[all]', 'categories[none]', 'author'])(
    'and names rows, %s, gets a 400 that names what no id or slug can be',
    async (name) => {
      const bad: [sent: string, value: string][] = [
        ['1,%202', ' 2'],
        ['1;2', '1;2'],
        ['Baking', 'Baking'],
        ['%zz', '%zz'],
        ['a--b', 'a--b'],
        ['-1', '-1'],
        ['1.5', '1.5'],
        ['1,,2', ''],
        ['', ''],
        ['caf%C3%A9', 'café'],
        ['%D9%A1', '١'],
        ['a%00', 'a\0'],
      ];
      for (const [sent, value] of bad) {
        const response = await get(`/articles?${name}=${sent}`);
        expectProblem(response, 400, 'invalid_request', [`/${name}`]);
        expect(response.body.detail).toContain(`${name} must be ids or slugs`);
        expect(response.body.detail).toContain(`not ${JSON.stringify(value)}`);
      }
      const repeated = await get(`/articles?${name}=1&${name}=B&${name}=C`);
      expectProblem(repeated, 400, 'invalid_request', [`/${name}`, `/${name}`]);
      expectProblem(await get(`/articles?${name}=${'a'.repeat(201)}`), 400, 'invalid_request', [`/${name}`]);
      expect((await get(`/articles?${name}=999999,no-such-row,0001,${'a'.repeat(200)}`)).status).toBe(200);
    },
  );

  test('names a long value shortened', async () => {
    const { body } = await get(`/articles?author=${'A'.repeat(5_000)}`);
    expect(body.detail.length).toBeLessThan(300);
  });
});

describe('A parameter that takes one value', () => {
  test.each([
    'sort=title',
    'descendants=true',
    'uncategorised=true',
    'q=rye',
    'published[gte]=2020-01-01T00:00:00Z',
    'limit=5',
  ])('gets a 400 when it is sent twice: %s', async (pair) => {
    const response = await get(`/articles?${pair}&${pair}`);
    expectProblem(response, 400, 'invalid_request', [`/${pair.split('=')[0]}`]);
    expect(response.body.errors[0].code).toBe('repeated');
  });

  test('gets a 400 that names a wrong value and the right ones', async () => {
    const { body } = await get('/articles?sort=nope');
    expect(body.detail).toBe(
      'The parameter sort must be one of -publishedAt, publishedAt, -title, title, -updatedAt, updatedAt, relevance, rank, not "nope".',
    );
    expect((await get('/articles?status=nope')).body.detail).toContain('not "nope"');
    expect((await get('/articles?total=yes')).body.detail).toContain('must be true or false, not "yes"');
  });

  test.each([
    ['/articles?limit=abc', 'The parameter limit must be a whole number from 1 to 100, not "abc".'],
    ['/articles?limit=0', 'The parameter limit must be a whole number from 1 to 100, not "0".'],
    ['/categories?depth=', 'The parameter depth must be a whole number from 1 to 1000, not "".'],
    [
      '/articles?published[gte]=garbage',
      'The parameter published[gte] must be an RFC 3339 time such as 2026-01-31T12:00:00Z, not "garbage".',
    ],
    [
      '/articles?published[lt]=0000-01-01T00:00:00Z',
      'The parameter published[lt] must be within the years 1 to 9999, not "0000-01-01T00:00:00Z".',
    ],
    [
      '/articles?categories[any]=1,9223372036854775808',
      'The parameter categories[any] must fit a signed 64-bit integer, not "9223372036854775808".',
    ],
    ['/articles?ids=1&ids=x,2', 'The parameter ids must be ids, separated by commas, not "x".'],
    ['/articles?status=draft,nope', 'not "nope".'],
    ['/categories?parentId=x', 'The parameter parentId must be an id or null, not "x".'],
    ['/categories?parentId=9223372036854775808', 'must fit a signed 64-bit integer, not "9223372036854775808".'],
    [`/articles?limit=${'9'.repeat(2_000)}`, `not "${'9'.repeat(100)}…".`],
    [`/articles?categories[none]=${'9'.repeat(2_000)}`, `not "${'9'.repeat(100)}…".`],
  ])('gets a 400 that names the value: %s', async (path, detail) => {
    const { status, body } = await get(path);
    expect([status, body.detail]).toEqual([400, expect.stringContaining(detail)]);
    expect(body.detail.match(/, not "/g)).toHaveLength(1);
  });

  test('gets a 400 that does not repeat what is too long, or what it must not contain', async () => {
    expect((await get(`/articles?q=${'x'.repeat(2_000)}`)).body.detail).not.toContain('not "');
    expect((await get('/articles?q=%00')).body.detail).not.toContain(', not "');
    const ids = Array.from({ length: 101 }, (_, n) => n + 1).join();
    expect((await get(`/articles?ids=${ids}`)).body.detail).not.toContain('not "');
  });
});
