import { beforeAll, describe, expect, test } from 'vitest';
import { expectProblem } from '../../harness/problem.ts';
import { idsOf, newArticle } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();
const list = async (parameters: Record<string, string>) => {
  const { status, body } = await server.anonymous.get(`/articles?${new URLSearchParams(parameters)}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return idsOf(body.data);
};
let article: { id: number };

beforeAll(async () => {
  article = await newArticle(server.as.editor, { publishedAt: '2017-01-01T00:00:00Z' });
});

describe('GET /articles compares a bound as it is written', () => {
  test.each([
    ['2017-01-01T00:00:00Z', true],
    ['2017-01-01t00:00:00z', true],
    ['2017-01-01 00:00:00Z', true],
    ['0001-01-01T00:00:00Z', true],
    ['0099-01-01 00:00:00Z', true],
    ['2017-01-01T02:00:00.000000+02:00', true],
    ['2016-12-31T23:59:60Z', true],
    ['2016-12-31T23:59:59.9999999999Z', true],
    ['2016-12-31T23:59:59.999Z', true],
    ['2017-01-01T00:00:00.000001Z', false],
    ['2017-01-01T00:00:00.0000000000000001Z', false],
    ['2017-01-01T00:00:00.001Z', false],
    ['9999-12-31T23:59:59.999Z', false],
    ['9999-12-31T23:59:59.999999Z', false],
  ])('%s: at this time or later %s', async (bound, isAtOrAfter) => {
    expect(await list({ 'published[gte]': bound })).toEqual(isAtOrAfter ? [article.id] : []);
    expect(await list({ 'published[lt]': bound })).toEqual(isAtOrAfter ? [] : [article.id]);
  });

  test('and the last millisecond that can be stored is before a later bound of the same year', async () => {
    const last = await newArticle(server.as.editor, { publishedAt: '9999-12-31T23:59:59.999Z' });
    const scheduled = async (parameters: string) =>
      idsOf((await server.as.editor.get(`/articles?status=scheduled&${parameters}`)).body.data);
    expect(await scheduled('published[lt]=9999-12-31T23:59:59.999999Z')).toEqual([last.id]);
    expect(await scheduled('published[lt]=9999-12-31T23:59:59.999Z')).toEqual([]);
    expect(await scheduled('published[gte]=9999-12-31T23:59:59.999Z')).toEqual([last.id]);
    expect(await scheduled('published[gte]=9999-12-31T23:59:59.999999Z')).toEqual([]);
    const drafts = 'status=draft,scheduled,trashed&published[gte]=9999-12-31T23:59:59.999999Z';
    await newArticle(server.as.editor, { publishedAt: null });
    expect(idsOf((await server.as.editor.get(`/articles?${drafts}`)).body.data)).toEqual([]);
  });

  test('with a plus sign that was not percent-encoded, which is a blank in a query string', async () => {
    for (const [bound, isAtOrAfter] of [
      ['2017-01-01T02:00:00+02:00', true],
      ['2017-01-01+02:00:00.000+02:00', true],
      ['2017-01-01T02:00:00.001+02:00', false],
    ]) {
      const { status, body } = await server.anonymous.get(`/articles?published[gte]=${bound}`);
      expect([status, idsOf(body.data)], `${bound}`).toEqual([200, isAtOrAfter ? [article.id] : []]);
    }
  });

  test.each([
    '2017-01-01',
    '2017-01-01+00:00',
    '2017-01-01T00:00:00++00:00',
    '2017-01-01T00:00Z',
    '2017-01-01T00:00:00',
    '2017-02-29T00:00:00Z',
    '0000-12-31T23:59:59Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59.999999-01:00',
    '',
  ])('and refuses %j with a 400', async (bound) => {
    for (const name of ['published[gte]', 'published[lt]']) {
      const response = await server.anonymous.get(`/articles?${name}=${bound}`);
      expectProblem(response, 400, 'invalid_request', [`/${name}`]);
    }
  });
});

describe('publishedAt in a body', () => {
  test.each([
    ['2017-01-01t00:00:00.25z', '2017-01-01T00:00:00.250Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2017-01-01 00:00:00Z', '2017-01-01T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['2017-01-01T00:00:00.123456789-05:00', '2017-01-01T05:00:00.123Z'],
    ['2017-01-01T00:00:00.9999Z', '2017-01-01T00:00:00.999Z'],
  ])('%s is stored as %s, without what is smaller than a millisecond', async (sent, stored) => {
    expect((await newArticle(server.as.editor, { publishedAt: sent })).publishedAt).toBe(stored);
  });

  test('that is no time of RFC 3339 gets a 400', async () => {
    for (const publishedAt of ['2017-01-01T00:00:61Z', '2017-01-01_00:00:00Z', '2017-01-01T00:00:00 02:00', 'now', 1]) {
      const response = await server.as.editor.post('/articles', { title: 'x', publishedAt });
      expectProblem(response, 400, 'invalid_request', ['/publishedAt']);
    }
  });
});
