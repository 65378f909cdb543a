import { describe, expect, test } from 'vitest';
import { recordOfLinkedTables } from '../../src/articles/article-relations.ts';
import { expectProblem } from '../harness/problem.ts';
import { forStrangers, idsOf, newArticle, newAuthor, newCategory, times, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const post = (body: unknown, headers = {}) => server.as.editor.post('/articles', body, { headers });
const countRows = async () => {
  const { rows } = await server.database.pool.query(
    'select (select count(*) from articles) as articles, (select count(*) from article_categories) as links',
  );
  return rows[0];
};

describe('POST /articles returns 201', () => {
  test('with the whole article, Location and ETag', async () => {
    const response = await post({ title: 'Bread without haste' });
    expect(response.status).toBe(201);
    const { id, createdAt, updatedAt, publishedAt, ...rest } = response.body;
    expect(rest).toEqual({
      title: 'Bread without haste',
      slug: 'bread-without-haste',
      excerpt: null,
      content: '',
      contentFormat: 'markdown',
      status: 'published',
      version: 1,
      hasDraft: false,
      ...recordOfLinkedTables(() => []),
    });
    expect([updatedAt, publishedAt]).toEqual([createdAt, createdAt]);
    expect(Math.abs(Date.parse(createdAt) - Date.now())).toBeLessThan(60_000);
    expect(response.headers.get('location')).toBe(`/articles/${id}`);
    const read = await server.as.editor.get(`/articles/${id}`);
    expect(read.body).toEqual(response.body);
    expect(response.headers.get('etag')).toBe(read.headers.get('etag'));
  });

  test('and stores every field as it was sent', async () => {
    const fields = {
      title: 'Ünïcödé  🥖 "quotes" & <b>tags</b>',
      slug: 'fields-of-9',
      excerpt: ' \u00a0\n',
      content: 'a\r\n\tb '.repeat(1000),
      contentFormat: 'html',
      publishedAt: '2020-02-29T23:59:59.999Z',
    };
    expect((await post(fields)).body).toMatchObject({ ...fields, status: 'published' });
  });

  test('with a title without blanks and invisible characters at its ends', async () => {
    const blanks = ' \t\r\n\u0085\u00a0\u1680\u2003\u2028\u3000\u00ad\u200b\u2060\ufeff\u2800\u3164';
    const sent = { title: `${blanks}Two \u00a0words${blanks}`, content: `${blanks}a${blanks}` };
    const { body } = await post(sent);
    expect(body).toMatchObject({ title: 'Two \u00a0words', content: sent.content });
    const patched = await server.as.editor.patch(`/articles/${body.id}`, { title: `\u2003${'é'.repeat(500)}\ufeff` });
    expect(patched.body.title).toBe('é'.repeat(500));
  });

  test.each([
    ['an emoji with a variation selector', '\u2764\ufe0f'],
    ['the flag of Scotland', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['a letter with a joiner', '\u0d28\u0d4d\u200d'],
    ['punctuation with a mark of direction', '\u05e9\u05dc\u05d5\u05dd!\u200f'],
  ])('with a title that ends in %s, as it was sent', async (_, title) => {
    expect((await newArticle(server.as.editor, { title: ` ${title} `, slug: `ends-in-${title.length}` })).title).toBe(
      title,
    );
  });

  test('with categories and authors in the order of the request; of a duplicate id, the first occurrence counts', async () => {
    const { editor } = server.as;
    const [a, b, c] = await times(3, () => newCategory(editor));
    const [x, y] = await times(2, () => newAuthor(editor));
    const response = await post({
      title: unique('Text'),
      categoryIds: [c.id, a.id, c.id, b.id, a.id],
      authorIds: [y.id, x.id, y.id],
    });
    const reference = ({ id, name, slug }: typeof a) => ({ id, name, slug });
    expect(response.body).toMatchObject({
      version: 1,
      categories: [c, a, b].map(reference),
      authors: [y, x].map(reference),
    });
    expect((await server.anonymous.get(`/articles/${response.body.id}`)).body).toEqual(forStrangers(response.body));
    expect((await server.anonymous.get(`/categories/${b.id}/articles`)).body.data).toMatchObject([
      { id: response.body.id },
    ]);
  });

  test.each([
    ['draft', null, null],
    ['scheduled', '2999-01-01T00:00:00Z', '2999-01-01T00:00:00.000Z'],
    ['published', '2001-01-01T02:30:00.1239+02:30', '2001-01-01T00:00:00.123Z'],
    ['published', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['published', '0099-12-31 23:00:00-01:00', '0100-01-01T00:00:00.000Z'],
    ['scheduled', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('with status %s for publishedAt %s', async (status, sent, publishedAt) => {
    expect((await post({ title: unique('Text'), publishedAt: sent })).body).toMatchObject({ status, publishedAt });
  });

  test.each([
    ['Crème brûlée', 'creme-brulee'],
    ['2026', 'article-2026'],
    ['¡!', 'article'],
    ['面包', 'mian-bao'],
    ["L'été — c'est ça", 'lete-cest-ca'],
  ])('for the title %j, with the slug %s', async (title, slug) => {
    expect((await post({ title })).body.slug).toBe(slug);
  });

  test('and adds a suffix to a slug made from the title if it is taken, also for a title of the maximum length', async () => {
    const slugOf = async (title: string) => (await post({ title })).body.slug;
    expect([await slugOf('Rye'), await slugOf('Rye'), await slugOf('rye!')]).toEqual(['rye', 'rye-2', 'rye-3']);
    const long = await times(3, () => slugOf('面包'.repeat(250)));
    expect(new Set(long).size).toBe(3);
    for (const slug of long) expect(slug).toMatch(/^(?=.{150,200}$)mian-bao(-[a-z0-9]+)*$/);
  });

  test('at the limits: 500 characters outside the Basic Multilingual Plane, 1,000 categories', async () => {
    const { rows } = await server.database.pool.query(
      "insert into categories (name, slug) select 'many ' || n, 'many-' || n from generate_series(1, 1000) as n returning id",
    );
    const categoryIds = rows.map(({ id }) => Number(id)).reverse();
    const response = await post({ title: '🥖'.repeat(500), categoryIds });
    expect(response.status).toBe(201);
    expect(idsOf(response.body.categories)).toEqual(categoryIds);
  });
});

describe('POST /articles returns 400 and writes nothing', () => {
  const title = 'Refused';
  test.each<[string, unknown, string[]]>([
    ['no title', {}, ['/title']],
    ['a blank title', { title: ' \t\n\u00a0' }, ['/title']],
    ['a title that only PostgreSQL considers blank', { title: '\u0085' }, ['/title']],
    [
      'a title of invisible characters',
      { title: '\u200b\u180e\u0001\u00ad\u2060\ufeff\u3164\u2800\u200d\ufe0f' },
      ['/title'],
    ],
    ['a null title', { title: null }, ['/title']],
    ['a title of 501 characters', { title: 'a'.repeat(501) }, ['/title']],
    ['NUL in the title', { title: 'a\0b' }, ['/title']],
    ['NUL in the content', { title, content: '\0' }, ['/content']],
    ['a broken surrogate', '{"title":"a\\ud800b"}', ['/title']],
    ['an excerpt of 10,001 characters', { title, excerpt: 'e'.repeat(10_001) }, ['/excerpt']],
    ['content of another type', { title, content: 7 }, ['/content']],
    ['another format', { title, contentFormat: 'rst' }, ['/contentFormat']],
    ['a slug in capitals', { title, slug: 'Bread' }, ['/slug']],
    ['a slug with two hyphens', { title, slug: 'a--b' }, ['/slug']],
    ['a slug of digits', { title, slug: '2026' }, ['/slug']],
    ['an empty slug', { title, slug: '' }, ['/slug']],
    ['a slug of 201 characters', { title, slug: 'a'.repeat(201) }, ['/slug']],
    ['a time without a zone', { title, publishedAt: '2026-01-01T00:00:00' }, ['/publishedAt']],
    ['a date that does not exist', { title, publishedAt: '2026-02-30T00:00:00Z' }, ['/publishedAt']],
    ['the year 0', { title, publishedAt: '0000-01-01T00:00:00Z' }, ['/publishedAt']],
    ['the year 0 by its offset', { title, publishedAt: '0001-01-01T00:00:00+00:01' }, ['/publishedAt']],
    ['the year 10000 by its offset', { title, publishedAt: '9999-12-31T23:59:59-01:00' }, ['/publishedAt']],
    ['a time as a number', { title, publishedAt: 0 }, ['/publishedAt']],
    ['categoryIds null', { title, categoryIds: null }, ['/categoryIds']],
    ['categoryIds not in an array', { title, categoryIds: 1 }, ['/categoryIds']],
    ['ids as text', { title, categoryIds: ['1'], authorIds: ['x'] }, ['/categoryIds/0', '/authorIds/0']],
    [
      'ids that are not positive integers',
      { title, categoryIds: [1.5, 0, -1, null] },
      [0, 1, 2, 3].map((n) => `/categoryIds/${n}`),
    ],
    ['an id above 64 bits', '{"title":"x","categoryIds":[9223372036854775808]}', ['/categoryIds/0']],
    ['an id above the range of a double', '{"title":"x","authorIds":[1e400]}', ['/authorIds/0']],
    ['an unknown field', { title, colour: 'red' }, ['/colour']],
    ['__proto__', '{"title":"x","__proto__":{}}', ['/__proto__']],
    ['fields that only the server sets', { title, id: 1, version: 1, status: 'draft' }, ['/id', '/version', '/status']],
    ['an array', [], ['']],
    ['null', 'null', ['']],
    ['no body', undefined, ['']],
  ])('invalid_request for %s', async (_, body, pointers) => {
    const before = await countRows();
    expectProblem(await post(body), 400, 'invalid_request', pointers);
    expect(await countRows()).toEqual(before);
  });

  test('invalid_json for a body that is not JSON or not UTF-8', async () => {
    expectProblem(await post('{"title":'), 400, 'invalid_json');
    expectProblem(await post(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400, 'invalid_json');
  });

  test('too_many_ids with the limit for 1,001 ids, unknown or duplicate', async () => {
    for (const ids of [Array.from({ length: 1001 }, (_, n) => n + 1), Array.from({ length: 1001 }, () => 1)]) {
      const response = await post({ title, categoryIds: ids });
      expectProblem(response, 400, 'too_many_ids', ['/categoryIds']);
      expect(response.body.detail).toContain('1000');
    }
  });

  test('invalid_request for a query parameter', async () => {
    expectProblem(await server.as.editor.post('/articles?draft=true', { title }), 400, 'invalid_request', ['/draft']);
  });
});

describe('POST /articles returns 401, 403, 409, 413, 415', () => {
  test('401 unauthorized without a token, with an unknown token and with another scheme', async () => {
    const response = await server.anonymous.post('/articles', { title: 'x' });
    expectProblem(response, 401, 'unauthorized');
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    for (const authorization of [
      'Bearer nonsense',
      `Bearer rubric_${'0'.repeat(16)}_${'A'.repeat(43)}`,
      'Basic eDp4',
      '',
    ]) {
      expectProblem(
        await server.anonymous.post('/articles', { title: 'x' }, { headers: { authorization } }),
        401,
        'unauthorized',
      );
    }
  });

  test('403 forbidden to a reader', async () => {
    expectProblem(await server.as.reader.post('/articles', { title: 'x' }), 403, 'forbidden');
  });

  test('409 slug_taken for a slug that the client chose, also if a draft has it, and writes nothing', async () => {
    const category = await newCategory(server.as.editor);
    await newArticle(server.as.editor, { slug: 'chosen', publishedAt: null });
    const before = await countRows();
    expectProblem(await post({ title: 'x', slug: 'chosen', categoryIds: [category.id] }), 409, 'slug_taken', ['/slug']);
    expect(await countRows()).toEqual(before);
  });

  test('413 body_too_large above 1 MiB, and accepts a body just below', async () => {
    const content = 'x'.repeat(1_048_576 - 40);
    expect((await post({ title: 'Long', content })).status).toBe(201);
    expectProblem(await post({ title: 'Long', content: `${content}${'x'.repeat(40)}` }), 413, 'body_too_large');
  });

  test('415 unsupported_media_type for other content types', async () => {
    expectProblem(
      await post('title=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupported_media_type',
    );
    expectProblem(await post('{"title":"x"}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type');
  });
});

describe('POST /articles returns 422 and writes nothing', () => {
  test('unknown_category with every unknown id, also above 2^53', async () => {
    const { id } = await newCategory(server.as.editor);
    const before = await countRows();
    const response = await post(`{"title":"x","categoryIds":[${id},${id},999999,999999,9223372036854775807]}`);
    expectProblem(response, 422, 'unknown_category', ['/categoryIds/2', '/categoryIds/4']);
    expect(response.body.errors[0].detail).toContain('999999');
    expect(response.body.errors[1].detail).toContain('9223372036854775807');
    expect(await countRows()).toEqual(before);
  });

  test('unknown_author with every unknown id, together with unknown categories', async () => {
    const before = await countRows();
    const authors = await post({ title: 'x', authorIds: [999998, 999997] });
    expectProblem(authors, 422, 'unknown_author', ['/authorIds/0', '/authorIds/1']);
    const both = await post({ title: 'x', categoryIds: [999999], authorIds: [999998] });
    expect(both.status).toBe(422);
    expect(both.body.errors.map(({ code }: { code: string }) => code)).toEqual(['unknown_category', 'unknown_author']);
    expect(await countRows()).toEqual(before);
  });
});
