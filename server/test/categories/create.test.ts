import { describe, expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { newCategory, times, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const post = (body: unknown, headers = {}) => server.as.editor.post('/categories', body, { headers });
const countRows = async () => (await server.database.pool.query('select count(*)::int from categories')).rows[0].count;

describe('POST /categories returns 201', () => {
  test('with the whole category, Location and ETag', async () => {
    const response = await post({ name: 'Bread & Butter' });
    const { id, createdAt, updatedAt, ...rest } = response.body;
    expect(response.status).toBe(201);
    expect(rest).toEqual({
      name: 'Bread & Butter',
      slug: 'bread-butter',
      description: null,
      parentId: null,
      position: 0,
      ordering: 'newest',
      path: [],
      articleCount: 0,
      articleCountDeep: 0,
      version: 1,
    });
    expect(updatedAt).toBe(createdAt);
    expect(response.headers.get('location')).toBe(`/categories/${id}`);
    expect(response.headers.get('etag')).toMatch(/^"1\.[\w-]+"$/);
    const { articles, children, ...read } = (await server.anonymous.get(`/categories/${id}`)).body;
    expect(read).toEqual(response.body);
    expect(children).toEqual([]);
    expect(articles).toEqual({ data: [], page: { limit: 20, next: null, previous: null } });
  });

  test('and stores every field as it was sent', async () => {
    const fields = { name: 'Çörek\n🥨', slug: 'corek', description: 'Ring\r\nshaped ', position: -2_147_483_648 };
    expect((await post(fields)).body).toMatchObject(fields);
  });

  test('with a name without blanks and invisible characters at its ends', async () => {
    const fields = { name: '\ufeff \u00a0Simit\u3000\u200b\n', description: ' \u00a0' };
    expect((await post(fields)).body).toMatchObject({ name: 'Simit', description: fields.description });
  });

  test('under a parent, with its path from the root', async () => {
    const root = await newCategory(server.as.editor);
    const middle = await newCategory(server.as.editor, { parentId: root.id });
    const leaf = await newCategory(server.as.editor, { parentId: middle.id, position: 7 });
    const reference = ({ id, name, slug }: typeof root) => ({ id, name, slug });
    expect(leaf).toMatchObject({ parentId: middle.id, position: 7, path: [root, middle].map(reference) });
    expect((await post({ name: unique('Top'), parentId: null })).body).toMatchObject({ parentId: null, path: [] });
  });

  test('with a suffix on a slug made from the name if it is taken anywhere in the tree', async () => {
    const parents = await times(3, () => newCategory(server.as.editor));
    const slugs = await times(3, async (n) => (await post({ name: 'Sweet', parentId: parents[n].id })).body.slug);
    expect(slugs).toEqual(['sweet', 'sweet-2', 'sweet-3']);
    expect((await post({ name: '2026' })).body.slug).toBe('category-2026');
    expect((await post({ name: '…' })).body.slug).toBe('category');
  });

  test('with a name that only categories with another parent have', async () => {
    const [a, b] = await times(2, () => newCategory(server.as.editor));
    for (const parentId of [a.id, b.id, null]) expect((await post({ name: 'Cousin', parentId })).status).toBe(201);
  });

  test('with a name of 200 characters outside the Basic Multilingual Plane', async () => {
    expect((await post({ name: '🥨'.repeat(200) })).status).toBe(201);
  });
});

describe('POST /categories returns 400 and writes nothing', () => {
  const name = 'Refused';
  test.each<[string, unknown, string[]]>([
    ['no name', {}, ['/name']],
    ['a blank name', { name: '\u2003\u0085' }, ['/name']],
    ['a null name', { name: null }, ['/name']],
    ['a name of 201 characters', { name: 'a'.repeat(201) }, ['/name']],
    ['NUL in the name', { name: 'a\0' }, ['/name']],
    ['a broken surrogate', '{"name":"\\udc00"}', ['/name']],
    ['a slug of digits', { name, slug: '7' }, ['/slug']],
    ['a slug with a space', { name, slug: 'a b' }, ['/slug']],
    ['a description of 10,001 characters', { name, description: 'd'.repeat(10_001) }, ['/description']],
    ['a parentId as text', { name, parentId: '1' }, ['/parentId']],
    ['a parentId of 0', { name, parentId: 0 }, ['/parentId']],
    ['a parentId above 64 bits', '{"name":"x","parentId":9223372036854775808}', ['/parentId']],
    ['a position that is not an integer', { name, position: 1.5 }, ['/position']],
    ['a position above 32 bits', { name, position: 2_147_483_648 }, ['/position']],
    ['a null position', { name, position: null }, ['/position']],
    ['unknown fields', { name, children: [], articleCount: 1 }, ['/children', '/articleCount']],
    ['an array', [{ name }], ['']],
    ['no body', undefined, ['']],
  ])('invalid_request for %s', async (_, body, pointers) => {
    const before = await countRows();
    expectProblem(await post(body), 400, 'invalid_request', pointers);
    expect(await countRows()).toBe(before);
  });

  test('invalid_json for a body that is not JSON', async () => {
    expectProblem(await post("{name:'x'}"), 400, 'invalid_json');
  });
});

describe('POST /categories returns 401, 403, 409, 413, 415, 422 and writes nothing', () => {
  const expectNothingWritten = async (run: () => Promise<void>) => {
    const before = await countRows();
    await run();
    expect(await countRows()).toBe(before);
  };

  test('401 unauthorized without a token, 403 forbidden to a reader', () =>
    expectNothingWritten(async () => {
      expectProblem(await server.anonymous.post('/categories', { name: 'x' }), 401, 'unauthorized');
      expectProblem(await server.as.reader.post('/categories', { name: 'x' }), 403, 'forbidden');
    }));

  test('409 slug_taken for a slug that the client chose', async () => {
    await newCategory(server.as.editor, { slug: 'chosen' });
    await expectNothingWritten(async () =>
      expectProblem(await post({ name: unique('x'), slug: 'chosen' }), 409, 'slug_taken', ['/slug']),
    );
  });

  test.each([
    ['blanks at its ends', 'Daily News', ' Daily News\u2003'],
    ['a no-break space', 'Daily Post', 'Daily\u00a0Post'],
    ['two spaces', 'Daily Mail', 'Daily  Mail'],
    ['a soft hyphen', 'Newspaper', 'News\u00adpaper'],
    ['invisible characters', 'Zero', 'Z\u200be\u200dr\u2060o\ufeff\u{e0041}\u3164\u0001'],
    ['a variation selector', 'I \u2764 bread', 'I \u2764\ufe0f bread'],
    ['full-width letters', 'Wide', 'Ｗｉｄｅ'],
    ['a ligature', 'Final', 'ﬁnal'],
    ['ss for ß', 'Straße', 'STRASSE'],
    ['a capital ß', 'Große', 'GROẞE'],
    ['a final sigma', 'ΟΔΟΣ', 'οδος'],
    ['an invisible character inside a letter', 'Séance', 'Se\u034f\u0301ance'],
  ])('409 name_taken if the name differs from that of a sibling by %s', async (_, first, second) => {
    for (const [name, sameName] of [
      [first, second],
      [second, first],
    ]) {
      const parent = await newCategory(server.as.editor);
      await newCategory(server.as.editor, { name, parentId: parent.id });
      const other = await newCategory(server.as.editor, { name: unique('x'), parentId: parent.id });
      const change = { name: sameName, parentId: parent.id };
      await expectNothingWritten(async () => expectProblem(await post(change), 409, 'name_taken', ['/name']));
      expectProblem(await server.as.editor.patch(`/categories/${other.id}`, change), 409, 'name_taken', ['/name']);
    }
  });

  test.each([
    ['an accent', 'Mate', 'Maté'],
    ['a blank inside a word', 'Tea room', 'Tearoom'],
    [
      'the tags of a flag',
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    ],
    // Each of these characters becomes 18 under NFKC, more than an entry of an index can hold.
    ['the end of a long name', `${'ﷺ'.repeat(30)}a`, `${'ﷺ'.repeat(30)}b`],
  ])('but not if it differs by %s', async (_, first, second) => {
    const parent = await newCategory(server.as.editor);
    for (const name of [first, second]) await newCategory(server.as.editor, { name, parentId: parent.id });
  });

  test('and a name of the maximum length that becomes 18 times as long under NFKC is stored', async () => {
    expect((await post({ name: 'ﷺ㌀㌁㌂㌃㌄㌅㌆㌇㌈'.repeat(20) })).status).toBe(201);
  });

  test('409 name_taken if a sibling has the name, ignoring case and composition, at the top and below', async () => {
    const parent = await newCategory(server.as.editor);
    for (const parentId of [null, parent.id]) {
      await newCategory(server.as.editor, { name: 'Crème ÉCLAIR', parentId });
      await expectNothingWritten(async () => {
        for (const name of ['Crème ÉCLAIR', 'crème éclair', 'CRÈME ÉCLAIR'.normalize('NFD')]) {
          expectProblem(await post({ name, parentId }), 409, 'name_taken', ['/name']);
        }
      });
      expect((await post({ name: 'Creme eclair', parentId })).status).toBe(201);
    }
  });

  test('409 name_taken with the sibling that has the name, of the parent in question', async () => {
    const [first, second] = await times(2, () => newCategory(server.as.editor));
    await newCategory(server.as.editor, { name: 'Child', parentId: first.id });
    const sibling = await newCategory(server.as.editor, { name: 'Child', slug: 'no-conflict', parentId: second.id });
    for (const headers of [{}, { 'idempotency-key': unique('key') }]) {
      const response = await post({ name: 'CHI\u00adLD', parentId: second.id }, headers);
      expectProblem(response, 409, 'name_taken', ['/name']);
      expect(response.body.detail).toContain(`"Child" (id ${sibling.id})`);
    }
  });

  test('413 body_too_large and 415 unsupported_media_type', () =>
    expectNothingWritten(async () => {
      expectProblem(await post({ name: 'x', description: 'x'.repeat(1_048_576) }), 413, 'body_too_large');
      expectProblem(
        await post('name=x', { 'content-type': 'application/x-www-form-urlencoded' }),
        415,
        'unsupported_media_type',
      );
    }));

  test('422 unknown_category with the id of a parent that does not exist', () =>
    expectNothingWritten(async () => {
      const response = await post({ name: unique('x'), parentId: 999_999 });
      expectProblem(response, 422, 'unknown_category', ['/parentId']);
      expect(response.body.detail).toContain('999999');
      const largest = await post('{"name":"x","parentId":9223372036854775807}');
      expectProblem(largest, 422, 'unknown_category', ['/parentId']);
    }));
});
