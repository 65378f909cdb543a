import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import type { TestResponse } from '../harness/client.ts';
import { concurrently } from '../harness/concurrency.ts';
import { untilStatementsWait } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { forStrangers, newArticle, newCategory, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const patch = (key: number | string, body: unknown, headers = {}) =>
  server.as.editor.patch(`/categories/${key}`, body, { headers });
const put = (key: number | string, body: unknown, headers = {}) =>
  server.as.editor.put(`/categories/${key}`, body, { headers });
const read = async (key: number | string) => {
  const { articles: _, children: __, ...row } = (await server.anonymous.get(`/categories/${key}`)).body;
  return row;
};

describe('PATCH /categories/{idOrSlug} returns 200', () => {
  test('with what the request wrote, also to each of eight that waited for the same writer', async () => {
    const { id } = await newCategory(server.as.editor);
    const writer = new Client({ connectionString: server.databaseUrl });
    await writer.connect();
    for (let round = 0; round < 10; round += 1) {
      await writer.query('begin');
      await writer.query('update categories set position = $2 where id = $1', [id, round]);
      const patches = concurrently(8, (n) => patch(id, { description: `Description ${round}.${n}` }));
      await untilStatementsWait(writer, 8);
      await writer.query('commit');
      const bodies = (await patches).map(({ body }) => body);
      expect(bodies.map(({ description }) => description)).toEqual(bodies.map((_, n) => `Description ${round}.${n}`));
      expect(new Set(bodies.map(({ version }) => version)).size).toBe(8);
    }
    await writer.end();
  });

  test.each([
    ['name', 'A name'],
    ['slug', 'a-slug'],
    ['description', ''],
    ['description', null],
    ['position', -7],
  ])('and updates %s alone, to %j', async (field, value) => {
    const before = await newCategory(server.as.editor, { description: 'Words', position: 3 });
    const response = await patch(before.id, { [field]: value });
    expect(response.body).toEqual({ ...before, [field]: value, version: 2, updatedAt: response.body.updatedAt });
    expect(response.headers.get('etag')).toMatch(/^"2\./);
    expect(await read(before.id)).toEqual(response.body);
  });

  test('by slug, also if the slug itself changes', async () => {
    const { id, slug } = await newCategory(server.as.editor);
    expect((await patch(slug, { slug: 'moved-here' })).body).toMatchObject({ id, slug: 'moved-here' });
    expectProblem(await patch(slug, { position: 1 }), 404, 'not_found');
    expect((await patch('moved-here', { slug })).body).toMatchObject({ id, slug, version: 3 });
  });

  test('and keeps version and updatedAt if nothing changes', async () => {
    const before = await newCategory(server.as.editor, { description: 'Words', position: 3 });
    const { name, slug, description, parentId, position } = before;
    for (const body of [{}, { name }, { name, slug, description, parentId, position }]) {
      expect((await patch(before.id, body)).body).toEqual(before);
    }
  });

  test('for its own name in different case', async () => {
    const { id } = await newCategory(server.as.editor, { name: 'Straße' });
    expect((await patch(id, { name: 'STRAßE' })).body).toMatchObject({ name: 'STRAßE', version: 2 });
  });

  test('and renames it in every article, whose version stays', async () => {
    const { id } = await newCategory(server.as.editor);
    const article = await newArticle(server.as.editor, { categoryIds: [id] });
    await patch(id, { name: 'Renamed', slug: 'renamed' });
    const after = (await server.anonymous.get(`/articles/${article.id}`)).body;
    expect(after).toEqual({ ...forStrangers(article), categories: [{ id, name: 'Renamed', slug: 'renamed' }] });
  });
});

describe('PUT /categories/{idOrSlug} returns 200', () => {
  test('and resets the fields that the body does not contain, except the slug', async () => {
    const parent = await newCategory(server.as.editor);
    const before = await newCategory(server.as.editor, { parentId: parent.id, description: 'Words', position: 3 });
    const name = unique('Replaced');
    const response = await put(before.id, { name });
    const expected = { ...before, name, description: null, parentId: null, path: [], position: 0, version: 2 };
    expect(response.body).toEqual({ ...expected, updatedAt: response.body.updatedAt });
    expect(await read(before.slug)).toEqual(response.body);
  });

  test('with every field', async () => {
    const parent = await newCategory(server.as.editor);
    const { slug } = await newCategory(server.as.editor);
    const body = { name: unique('Replaced'), slug: 'all-new', description: 'New', parentId: parent.id, position: 9 };
    expect((await put(slug, body)).body).toMatchObject({ ...body, path: [{ id: parent.id }], version: 2 });
  });

  test('and keeps the version if nothing changes', async () => {
    const before = await newCategory(server.as.editor);
    expect((await put(before.id, { name: before.name })).body).toEqual(before);
  });
});

type Call = (key: number | string, body: unknown, headers?: object) => Promise<TestResponse>;
describe.each<[string, Call]>([
  ['PATCH', patch],
  ['PUT', put],
])('%s /categories/{idOrSlug} returns', (_, call) => {
  const expectUnchanged = async (run: (id: number) => Promise<void>) => {
    const before = await newCategory(server.as.editor, { description: 'Words' });
    await run(before.id);
    expect(await read(before.id)).toEqual(before);
  };
  const name = 'Refused';

  test.each<[string, unknown, string[]]>([
    ['a blank name', { name: ' ' }, ['/name']],
    ['a null name', { name: null }, ['/name']],
    ['a null slug', { name, slug: null }, ['/slug']],
    ['a slug of digits', { name, slug: '12' }, ['/slug']],
    ['a null position', { name, position: null }, ['/position']],
    ['a parentId as text', { name, parentId: '1' }, ['/parentId']],
    ['unknown fields', { name, version: 1, path: [] }, ['/version', '/path']],
    ['an array', [], ['']],
    ['no body', undefined, ['']],
  ])('400 invalid_request for %s, and changes nothing', (_what, body, pointers) =>
    expectUnchanged(async (id) => expectProblem(await call(id, body), 400, 'invalid_request', pointers)),
  );

  test('400 for a body that is not JSON, an id above 64 bits and a parameter, and changes nothing', () =>
    expectUnchanged(async (id) => {
      expectProblem(await call(id, '{"name"}'), 400, 'invalid_json');
      expectProblem(await call('9223372036854775808', { name }), 400, 'invalid_request', ['/idOrSlug']);
      expectProblem(await call(`${id}?force=true`, { name }), 400, 'invalid_request', ['/force']);
    }));

  test('401 unauthorized without a token and 403 forbidden to a reader, and changes nothing', () =>
    expectUnchanged(async (id) => {
      const method = call === patch ? 'PATCH' : 'PUT';
      expectProblem(await server.anonymous.call(method, `/categories/${id}`, { name }), 401, 'unauthorized');
      expectProblem(await server.as.reader.call(method, `/categories/${id}`, { name }), 403, 'forbidden');
    }));

  test('404 not_found for a category that does not exist', async () => {
    for (const key of [0, 999_999, '9223372036854775807', 'no-such-slug']) {
      expectProblem(await call(key, { name }), 404, 'not_found');
    }
  });

  test('409 slug_taken and name_taken, and changes nothing', async () => {
    const taken = await newCategory(server.as.editor);
    await expectUnchanged(async (id) => {
      expectProblem(await call(id, { name: unique('New'), slug: taken.slug }), 409, 'slug_taken', ['/slug']);
      expectProblem(await call(id, { name: taken.name.toUpperCase(), description: null }), 409, 'name_taken', [
        '/name',
      ]);
    });
  });

  test('413 body_too_large and 415 unsupported_media_type, and changes nothing', () =>
    expectUnchanged(async (id) => {
      expectProblem(await call(id, { name, description: 'x'.repeat(1_048_576) }), 413, 'body_too_large');
      expectProblem(await call(id, '{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type');
    }));
});

describe('PATCH /categories/{idOrSlug} returns 409 name_taken with the sibling that has the name', () => {
  test('after a rename, and with the field that the body has after a move', async () => {
    const parent = await newCategory(server.as.editor);
    const sibling = await newCategory(server.as.editor, { name: 'Rye', parentId: parent.id });
    const { id } = await newCategory(server.as.editor, { name: 'R\u00adye' });
    const other = await newCategory(server.as.editor, { parentId: parent.id });
    for (const [response, pointer] of [
      [await patch(id, { parentId: parent.id }), '/parentId'],
      [await patch(id, { name: 'RYE', parentId: parent.id }), '/name'],
      [await patch(other.id, { name: 'rye' }), '/name'],
      [await put(other.slug, { name: 'rye', parentId: parent.id }), '/name'],
    ] as const) {
      expectProblem(response, 409, 'name_taken', [pointer]);
      expect(response.body.detail).toContain(`"Rye" (id ${sibling.id})`);
    }
  });

  test('at the top of the tree', async () => {
    const sibling = await newCategory(server.as.editor, { name: 'Spelt' });
    const parent = await newCategory(server.as.editor);
    const { id } = await newCategory(server.as.editor, { name: 'Spelt', parentId: parent.id });
    const response = await patch(id, { parentId: null });
    expectProblem(response, 409, 'name_taken', ['/parentId']);
    expect(response.body.detail).toContain(`"Spelt" (id ${sibling.id})`);
  });
});

test('PUT /categories/{idOrSlug} returns 400 invalid_request without a name', async () => {
  const { id } = await newCategory(server.as.editor);
  expectProblem(await put(id, {}), 400, 'invalid_request', ['/name']);
});
