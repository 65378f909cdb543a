import { describe, expect, test } from 'vitest';
import { walkBackward, walkForward, walkNumbered } from '../harness/pages.ts';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, newArticle, newAuthor, times, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const post = (body: unknown, headers = {}) => server.as.editor.post('/authors', body, { headers });
const patch = (key: number | string, body: unknown, headers = {}) =>
  server.as.editor.patch(`/authors/${key}`, body, { headers });
const read = async (key: number | string) => (await server.as.reader.get(`/authors/${key}`)).body;

/** Bodies that POST and PATCH reject, with the invalid fields. */
const malformed: [string, object, string[]][] = [
  ['a blank name', { name: '\u3000' }, ['/name']],
  ['a null name', { name: null }, ['/name']],
  ['a name of 201 characters', { name: 'a'.repeat(201) }, ['/name']],
  ['NUL in the bio', { name: 'x', bio: '\0' }, ['/bio']],
  ['a bio of 10,001 characters', { name: 'x', bio: 'b'.repeat(10_001) }, ['/bio']],
  ['an invalid email address', { name: 'x', email: 'maud' }, ['/email']],
  ['an email address of 255 characters', { name: 'x', email: `m@${'a.'.repeat(125)}org` }, ['/email']],
  ['a slug of digits', { name: 'x', slug: '007' }, ['/slug']],
  ['a slug of 201 characters', { name: 'x', slug: 's'.repeat(201) }, ['/slug']],
  ['unknown fields', { name: 'x', password: 'x', id: 1 }, ['/password', '/id']],
  ['an array', [], ['']],
];

describe('POST /authors returns', () => {
  test('201 with the whole author, Location and ETag', async () => {
    const response = await post({ name: 'Maud Øster' });
    const { id, createdAt, updatedAt, ...rest } = response.body;
    expect(response.status).toBe(201);
    expect(rest).toEqual({ name: 'Maud Øster', slug: 'maud-oster', email: null, bio: null, version: 1 });
    expect(updatedAt).toBe(createdAt);
    expect(response.headers.get('location')).toBe(`/authors/${id}`);
    expect(response.headers.get('etag')).toMatch(/^"1\./);
    expect(await read(id)).toEqual(response.body);
  });

  test('201 and stores every field; a slug made from the name gets a suffix if it is taken', async () => {
    const fields = { name: 'Name', slug: 'a-byline', email: 'maud@example.org', bio: '' };
    expect((await post(fields)).body).toMatchObject(fields);
    const slugs = await times(3, async () => (await post({ name: 'A Byline' })).body.slug);
    expect(slugs).toEqual(['a-byline-2', 'a-byline-3', 'a-byline-4']);
    expect((await post({ name: '42' })).body.slug).toBe('author-42');
  });

  test.each([...malformed, ['no name', {}, ['/name']] as (typeof malformed)[number]])(
    '400 invalid_request for %s',
    async (_, body, pointers) => expectProblem(await post(body), 400, 'invalid_request', pointers),
  );

  test('400 invalid_json, 401 unauthorized, 403 forbidden, 409 slug_taken, 413, 415', async () => {
    const { slug } = await newAuthor(server.as.editor);
    const count = 'select count(*) from authors';
    const before = (await server.database.pool.query(count)).rows;
    expectProblem(await post('name'), 400, 'invalid_json');
    expectProblem(await server.anonymous.post('/authors', { name: 'x' }), 401, 'unauthorized');
    expectProblem(await server.as.reader.post('/authors', { name: 'x' }), 403, 'forbidden');
    expectProblem(await post({ name: 'x', slug }), 409, 'slug_taken', ['/slug']);
    expectProblem(await post({ name: 'x', bio: 'x'.repeat(1_048_576) }), 413, 'body_too_large');
    expectProblem(await post('x', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type');
    expect((await server.database.pool.query(count)).rows).toEqual(before);
  });
});

describe('GET /authors/{idOrSlug} returns', () => {
  test('200 the same by id and slug; the email address only to callers with a token', async () => {
    const author = await newAuthor(server.as.editor, { email: 'x@example.org', bio: 'Bakes.' });
    const { email: _, ...withoutEmail } = author;
    for (const key of [author.id, author.slug]) {
      expect((await server.as.reader.get(`/authors/${key}`)).body).toEqual(author);
      expect((await server.anonymous.get(`/authors/${key}`)).body).toEqual(withoutEmail);
    }
  });

  test('400 invalid_request for an id above 64 bits, NUL and a parameter; 401 for an invalid token; 404 not_found', async () => {
    expectProblem(await server.anonymous.get('/authors/9223372036854775808'), 400, 'invalid_request', ['/idOrSlug']);
    expectProblem(await server.anonymous.get('/authors/a%00'), 400, 'invalid_request', ['/idOrSlug']);
    expectProblem(await server.anonymous.get('/authors/1?fields=id'), 400, 'invalid_request', ['/fields']);
    expectProblem(await server.anonymous.get('/authors/1', { headers: { authorization: 'x' } }), 401, 'unauthorized');
    for (const key of [0, 999_999, '9223372036854775807', 'nobody']) {
      expectProblem(await server.anonymous.get(`/authors/${key}`), 404, 'not_found');
    }
  });
});

describe('GET /authors returns', () => {
  test('200 with all authors by name, then id; forward, backward and by page numbers, whole or with the requested fields', async () => {
    await server.database.pool.query('delete from authors');
    const names = ['Mo', 'änn', 'Zoe', 'Mo', 'bea', 'Mo', 'Ann'];
    const authors = await times(7, (n) => newAuthor(server.as.editor, { name: names[n], email: 'x@example.org' }));
    const ordered = [6, 1, 4, 0, 3, 5, 2].map((n) => authors[n]);
    for (const limit of [1, 3, 7]) {
      expect((await walkForward(server.as.reader, '/authors', limit)).rows).toEqual(ordered);
      expect(await walkBackward(server.as.reader, '/authors', limit)).toEqual(ordered);
      expect(await walkNumbered(server.as.reader, '/authors', limit)).toEqual({ rows: ordered, totals: [7] });
    }
    const withoutEmail = ordered.map(({ email: _, ...rest }) => rest);
    expect((await server.anonymous.get('/authors')).body.data).toEqual(withoutEmail);
    const withFields = (await server.anonymous.get('/authors?fields=slug,name&limit=2')).body.data;
    expect(withFields).toEqual(ordered.slice(0, 2).map(({ slug, name }) => ({ slug, name })));
  });

  test('200 without email addresses to an anonymous caller that requests them', async () => {
    await newAuthor(server.as.editor, { email: 'secret@example.org' });
    expect(JSON.stringify((await server.anonymous.get('/authors?fields=id,email&limit=100')).body)).not.toContain(
      'secret',
    );
    expect(JSON.stringify((await server.as.reader.get('/authors?fields=id,email&limit=100')).body)).toContain('secret');
  });

  test('200 with a Link header whose cursors support any name', async () => {
    for (const name of ['Ærø', '"quoted"', '面包', '🥖']) await newAuthor(server.as.editor, { name });
    const all = (await server.anonymous.get('/authors?limit=100')).body.data;
    expect((await walkForward(server.anonymous, '/authors', 1)).rows).toEqual(all);
    const link = (await server.anonymous.get('/authors?limit=1&fields=id')).headers.get('link') ?? '';
    const [, next] = /^<([^>]+)>; rel="next"$/.exec(link) ?? [];
    expect((await server.anonymous.get(next ?? '')).body.data).toEqual([{ id: all[1].id }]);
  });

  test.each([
    ['limit=0', 'invalid_request', '/limit'],
    ['limit=101', 'invalid_request', '/limit'],
    ['page=0', 'invalid_request', '/page'],
    ['page=501', 'page_too_deep', '/page'],
    ['fields=name,articles', 'invalid_request', '/fields'],
    ['name=x', 'invalid_request', '/name'],
    ['after=x', 'invalid_cursor', '/after'],
  ] as const)('400 for %s: %s', async (query, code, pointer) => {
    expectProblem(await server.anonymous.get(`/authors?${query}`), 400, code, [pointer]);
  });
});

describe('PATCH /authors/{idOrSlug} returns', () => {
  test.each([
    ['name', 'A name'],
    ['slug', 'a-slug'],
    ['email', 'new@example.org'],
    ['email', null],
    ['bio', null],
  ])('200 and updates %s alone, to %j', async (field, value) => {
    const before = await newAuthor(server.as.editor, { email: 'old@example.org', bio: 'Bakes.' });
    const { body } = await patch(before.slug, { [field]: value });
    expect(body).toEqual({ ...before, [field]: value, version: 2, updatedAt: body.updatedAt });
    expect(await read(before.id)).toEqual(body);
  });

  test('200 and keeps version and updatedAt if nothing changes', async () => {
    const before = await newAuthor(server.as.editor, { bio: 'Bakes.' });
    for (const body of [{}, { name: before.name, bio: 'Bakes.', email: null }]) {
      expect((await patch(before.id, body)).body).toEqual(before);
    }
  });

  test.each(malformed)('400 invalid_request for %s, and changes nothing', async (_, body, pointers) => {
    const before = await newAuthor(server.as.editor);
    expectProblem(await patch(before.id, body), 400, 'invalid_request', pointers);
    expect(await read(before.id)).toEqual(before);
  });

  test('400, 401, 403, 404, 409, 413 and 415, and changes nothing', async () => {
    const { slug } = await newAuthor(server.as.editor);
    const before = await newAuthor(server.as.editor);
    expectProblem(await patch(before.id, ''), 400, 'invalid_request', ['']);
    expectProblem(await server.anonymous.patch(`/authors/${before.id}`, { bio: 'x' }), 401, 'unauthorized');
    expectProblem(await server.as.reader.patch(`/authors/${before.id}`, { bio: 'x' }), 403, 'forbidden');
    for (const key of [999_999, 'nobody']) expectProblem(await patch(key, { bio: 'x' }), 404, 'not_found');
    expectProblem(await patch(before.id, { slug, bio: 'x' }), 409, 'slug_taken', ['/slug']);
    expectProblem(await patch(before.id, { bio: 'x'.repeat(1_048_576) }), 413, 'body_too_large');
    expectProblem(await patch(before.id, '{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type');
    expect(await read(before.id)).toEqual(before);
  });
});

describe('DELETE /authors/{idOrSlug} returns', () => {
  test('204 and removes the author from its articles, each with its version raised once; then 404', async () => {
    const [doomed, other] = await times(2, () => newAuthor(server.as.editor, { name: unique('Writer') }));
    const authorIds = [[doomed.id], [other.id, doomed.id], [other.id]];
    const articles = await times(3, (n) => newArticle(server.as.editor, { authorIds: authorIds[n] }));
    const response = await server.as.editor.delete(`/authors/${doomed.slug}`);
    expect([response.status, response.body]).toEqual([204, undefined]);
    const after = await Promise.all(
      articles.map(async ({ id }) => (await server.anonymous.get(`/articles/${id}`)).body),
    );
    expect(after.map(({ version, authors }) => [version, ...idsOf(authors)])).toEqual([
      [2],
      [2, other.id],
      [1, other.id],
    ]);
    expectProblem(await server.as.editor.delete(`/authors/${doomed.id}`), 404, 'not_found');
    expectProblem(await server.anonymous.get(`/authors/${doomed.slug}`), 404, 'not_found');
  });

  test('400 invalid_request, 401 unauthorized, 403 forbidden, 404 not_found, and deletes nothing', async () => {
    const before = await newAuthor(server.as.editor);
    expectProblem(await server.as.editor.delete(`/authors/${before.id}?force=true`), 400, 'invalid_request', [
      '/force',
    ]);
    expectProblem(await server.anonymous.delete(`/authors/${before.id}`), 401, 'unauthorized');
    expectProblem(await server.as.reader.delete(`/authors/${before.id}`), 403, 'forbidden');
    for (const key of [0, 999_999, 'nobody']) {
      expectProblem(await server.as.editor.delete(`/authors/${key}`), 404, 'not_found');
    }
    expect(await read(before.id)).toEqual(before);
  });
});
