import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { concurrently } from '../harness/concurrency.ts';
import { untilStatementsWait } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, minutesFromNow, newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { startTestServer, useServer } from '../harness/server.ts';

const server = useServer();
const patch = (id: number, body: unknown, headers = {}) => server.as.editor.patch(`/articles/${id}`, body, { headers });
const read = async (id: number) => (await server.as.editor.get(`/articles/${id}`)).body;
const linkRows = async (id: number) => {
  const query =
    'select category_id::int, xmin::text, ctid::text from article_categories where article_id = $1 order by category_id';
  return (await server.database.pool.query(query, [id])).rows;
};

describe('PATCH /articles/{id} returns 200', () => {
  test('with what the request wrote, also to each of eight that waited for the same writer', async () => {
    const { id } = await newArticle(server.as.editor);
    const writer = new Client({ connectionString: server.databaseUrl });
    await writer.connect();
    for (let round = 0; round < 10; round += 1) {
      await writer.query('begin');
      await writer.query('update articles set excerpt = $2 where id = $1', [id, `Round ${round}`]);
      const patches = concurrently(8, (n) => patch(id, { title: `Title ${round}.${n}` }));
      await untilStatementsWait(writer, 8);
      await writer.query('commit');
      const bodies = (await patches).map(({ body }) => body);
      expect(bodies.map(({ title }) => title)).toEqual(bodies.map((_, n) => `Title ${round}.${n}`));
      expect(new Set(bodies.map(({ version }) => version)).size).toBe(8);
    }
    await writer.end();
  });

  test('and updates only the fields in the body, raising the version once for all of them', async () => {
    const [a, b] = await times(2, () => newCategory(server.as.editor));
    const author = await newAuthor(server.as.editor);
    const before = await newArticle(server.as.editor, { excerpt: 'short', content: 'long', categoryIds: [a.id] });
    const changes = {
      title: 'New title',
      excerpt: null,
      contentFormat: 'html',
      publishedAt: '2020-01-01T00:00:00.000Z',
    };
    const response = await patch(before.id, { ...changes, categoryIds: [b.id], authorIds: [author.id] });
    expect(response.status).toBe(200);
    const { updatedAt, categories, authors, ...rest } = response.body;
    expect(rest).toEqual({ ...without(before, 'updatedAt', 'categories', 'authors'), ...changes, version: 2 });
    expect([idsOf(categories), idsOf(authors)]).toEqual([[b.id], [author.id]]);
    expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(Date.parse(before.updatedAt));
    expect(await read(before.id)).toEqual(response.body);
  });

  test.each([
    ['title', 'Other'],
    ['slug', 'another-slug'],
    ['excerpt', ''],
    ['content', 'Other'],
    ['contentFormat', 'html'],
    ['publishedAt', null],
  ])('and updates %s alone', async (field, value) => {
    const before = await newArticle(server.as.editor, { excerpt: 'short', content: 'long' });
    const { body } = await patch(before.id, { [field]: value });
    const status = field === 'publishedAt' ? 'draft' : 'published';
    expect(body).toEqual({ ...before, [field]: value, status, version: 2, updatedAt: body.updatedAt });
  });

  test('and keeps version and updatedAt if nothing changes', async () => {
    const categories = await times(2, () => newCategory(server.as.editor));
    const before = await newArticle(server.as.editor, { categoryIds: idsOf(categories) });
    const { title, slug, excerpt, content, contentFormat, publishedAt } = before;
    const same = {
      title,
      slug,
      excerpt,
      content,
      contentFormat,
      publishedAt,
      categoryIds: idsOf(categories),
      authorIds: [],
    };
    for (const body of [{}, same, { title }, { categoryIds: [...idsOf(categories), categories[0].id] }]) {
      const response = await patch(before.id, body);
      expect(response.body).toEqual(before);
    }
  });

  test('and raises the version if only the links change, also with other fields sent unchanged', async () => {
    const [a, b] = await times(2, () => newCategory(server.as.editor));
    const { id, title, content } = await newArticle(server.as.editor, { categoryIds: [a.id] });
    const versions = [
      await patch(id, { title, content, categoryIds: [a.id, b.id] }),
      await patch(id, { title, content, categoryIds: [b.id, a.id] }),
      await patch(id, { title, content, categoryIds: [b.id] }),
      await patch(id, { title, content, categoryIds: [] }),
    ].map(({ body }) => [body.version, idsOf(body.categories)]);
    expect(versions).toEqual([
      [2, [a.id, b.id]],
      [3, [b.id, a.id]],
      [4, [b.id]],
      [5, []],
    ]);
  });

  test('and replaces the links with categoryIds, keeps them without it, removes them with []', async () => {
    const categories = await times(5, () => newCategory(server.as.editor));
    const [a, b, c, d, e] = idsOf(categories);
    const { id } = await newArticle(server.as.editor, { categoryIds: [a, b, c] });
    for (const ids of [[c, d, a], [e], [], [a, b, c, d, e], [e, d, c, b, a]]) {
      expect(idsOf((await patch(id, { categoryIds: ids })).body.categories)).toEqual(ids);
      expect(idsOf((await patch(id, { title: `Now ${ids.length}` })).body.categories)).toEqual(ids);
    }
    const lists = await times(
      5,
      async (n) => (await server.anonymous.get(`/categories/${categories[n].id}/articles`)).body.data,
    );
    expect(lists.map(idsOf)).toEqual([[id], [id], [id], [id], [id]]);
  });

  test.each([
    ['the last link is replaced', 'abc', 'abd', 'ab'],
    ['the first link is replaced', 'abc', 'bcd', 'bc'],
    ['a link is removed', 'abcd', 'acd', 'acd'],
    ['a link moves to the end', 'abc', 'acb', 'ac'],
    ['a link moves to the start', 'abc', 'cab', 'c'],
    ['a link is inserted', 'abc', 'adbc', 'a'],
  ])('and writes only differences: when %s, others keep their rows', async (_, from, to, kept) => {
    const ids = idsOf(await times(4, () => newCategory(server.as.editor)));
    const idsIn = (letters: string) => [...letters].map((letter) => ids['abcd'.indexOf(letter)]);
    const { id } = await newArticle(server.as.editor, { categoryIds: idsIn(from) });
    const before = await linkRows(id);
    expect(idsOf((await patch(id, { categoryIds: idsIn(to) })).body.categories)).toEqual(idsIn(to));
    const after = await linkRows(id);
    const unchanged = after.filter(({ ctid }) => before.some((row) => row.ctid === ctid));
    expect(unchanged).toEqual(before.filter(({ category_id }) => idsIn(kept).includes(category_id)));
  });

  test('and counts positions from the start again before they are too large', async () => {
    const [a, b, c] = idsOf(await times(3, () => newCategory(server.as.editor)));
    const { id } = await newArticle(server.as.editor, { categoryIds: [a, b] });
    await server.database.pool.query(
      'update article_categories set position = 2147483645 + position where article_id = $1',
      [id],
    );
    for (const ids of [
      [b, a],
      [b, a, c],
      [c, b],
    ]) {
      expect(idsOf((await patch(id, { categoryIds: ids })).body.categories)).toEqual(ids);
    }
  });

  test('and does not renumber positions because of a gap that a deleted link left, which a new link fills', async () => {
    const [a, b, c, d] = idsOf(await times(4, () => newCategory(server.as.editor)));
    const { id } = await newArticle(server.as.editor, { categoryIds: [a, b, c] });
    await server.as.editor.delete(`/articles/${id}/categories/${a}`);
    expect((await patch(id, { categoryIds: [b, c] })).body.version).toBe(2);
    expect((await patch(id, { categoryIds: [c, b] })).body).toMatchObject({
      version: 3,
      categories: [{ id: c }, { id: b }],
    });
    const gapped = await newArticle(server.as.editor, { categoryIds: [a, b, c] });
    await server.as.editor.delete(`/articles/${gapped.id}/categories/${b}`);
    const before = await linkRows(gapped.id);
    const { body } = await patch(gapped.id, { categoryIds: [a, d, c] });
    expect(idsOf(body.categories)).toEqual([a, d, c]);
    expect((await linkRows(gapped.id)).slice(0, 2)).toEqual(before);
  });

  test('and moves the article in every list if publishedAt changes, with its links', async () => {
    const category = await newCategory(server.as.editor);
    const [a, b, c] = await times(3, (n) =>
      newArticle(server.as.editor, { categoryIds: [category.id], publishedAt: `2021-01-0${n + 1}T00:00:00Z` }),
    );
    const listed = async () => idsOf((await server.anonymous.get(`/categories/${category.id}/articles`)).body.data);
    expect(await listed()).toEqual([c.id, b.id, a.id]);
    await patch(a.id, { publishedAt: '2021-01-04T00:00:00Z' });
    expect(await listed()).toEqual([a.id, c.id, b.id]);
    await patch(c.id, { publishedAt: null });
    await patch(b.id, { publishedAt: minutesFromNow(60) });
    expect(await listed()).toEqual([a.id]);
    expect((await server.anonymous.get(`/categories/${category.id}`)).body.articleCount).toBe(1);
  });

  test('for all fields and for all but one, with and without links, on one connection: each has its own statement', async () => {
    const narrow = await startTestServer({ DATABASE_POOL: '1' });
    const { id } = await newArticle(narrow.as.editor);
    const fields = {
      title: 'T',
      slug: 'all',
      excerpt: 'E',
      content: 'C',
      contentFormat: 'html',
      publishedAt: null,
    };
    for (const links of [{}, { categoryIds: [] }, { authorIds: [] }, { categoryIds: [], authorIds: [] }]) {
      for (const omitted of [undefined, ...Object.keys(fields)]) {
        const body = { ...without(fields, `${omitted}`), ...links };
        expect((await narrow.as.editor.patch(`/articles/${id}`, body)).status, JSON.stringify(body)).toBe(200);
      }
    }
    await narrow.close();
  });

  test('if a draft sends its own slug, which is not taken', async () => {
    const { id, slug } = await newArticle(server.as.editor, { publishedAt: null });
    expect((await patch(id, { slug, title: 'Other words' })).body.slug).toBe(slug);
  });
});

describe('PATCH /articles/{id} returns 400 and changes nothing', () => {
  test.each<[string, unknown, string[]]>([
    ['a blank title', { title: ' ' }, ['/title']],
    ['a null title', { title: null }, ['/title']],
    ['a null slug', { slug: null }, ['/slug']],
    ['a null content', { content: null }, ['/content']],
    ['categoryIds null', { categoryIds: null }, ['/categoryIds']],
    ['authorIds null', { authorIds: null }, ['/authorIds']],
    ['an unknown field beside a good one', { title: 'Good', version: 7 }, ['/version']],
    ['no body', undefined, ['']],
    ['an array', [{ op: 'replace', path: '/title', value: 'x' }], ['']],
  ])('invalid_request for %s', async (_, body, pointers) => {
    const before = await newArticle(server.as.editor);
    expectProblem(await patch(before.id, body), 400, 'invalid_request', pointers);
    expect(await read(before.id)).toEqual(before);
  });

  test('invalid_json for a body that is not JSON, too_many_ids for 1,001 ids, invalid_request for a slug in the path', async () => {
    const before = await newArticle(server.as.editor);
    expectProblem(await patch(before.id, '{'), 400, 'invalid_json');
    const ids = Array.from({ length: 1001 }, (_, n) => n + 1);
    expectProblem(await patch(before.id, { categoryIds: ids }), 400, 'too_many_ids', ['/categoryIds']);
    expectProblem(await server.as.editor.patch(`/articles/${before.slug}`, {}), 400, 'invalid_request', ['/id']);
    expectProblem(await server.as.editor.patch('/articles/9223372036854775808', {}), 400, 'invalid_request', ['/id']);
    expect(await read(before.id)).toEqual(before);
  });
});

describe('PATCH /articles/{id} returns 401, 403, 404, 409, 413, 415, 422 and changes nothing', () => {
  test('401 unauthorized without a token, 403 forbidden to a reader', async () => {
    const before = await newArticle(server.as.editor);
    expectProblem(await server.anonymous.patch(`/articles/${before.id}`, { title: 'x' }), 401, 'unauthorized');
    expectProblem(await server.as.reader.patch(`/articles/${before.id}`, { title: 'x' }), 403, 'forbidden');
    expect(await read(before.id)).toEqual(before);
  });

  test('404 not_found for an article that does not exist or is in the trash', async () => {
    const { id } = await newArticle(server.as.editor);
    await server.as.editor.delete(`/articles/${id}`);
    for (const each of [id, 0, 999_999]) expectProblem(await patch(each, { title: 'x' }), 404, 'not_found');
    expectProblem(await server.as.editor.patch('/articles/9223372036854775807', {}), 404, 'not_found');
    expect((await server.as.editor.get(`/articles/${id}?trashed=true`)).body).toMatchObject({
      version: 2,
      status: 'trashed',
    });
  });

  test('409 slug_taken, and the other fields are not updated either', async () => {
    const { slug } = await newArticle(server.as.editor, { publishedAt: null });
    const category = await newCategory(server.as.editor);
    const before = await newArticle(server.as.editor);
    expectProblem(await patch(before.id, { slug, title: 'x', categoryIds: [category.id] }), 409, 'slug_taken', [
      '/slug',
    ]);
    expect(await read(before.id)).toEqual(before);
  });

  test('413 body_too_large and 415 unsupported_media_type', async () => {
    const { id } = await newArticle(server.as.editor);
    expectProblem(await patch(id, { content: 'x'.repeat(1_048_576) }), 413, 'body_too_large');
    expectProblem(await patch(id, '{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type');
  });

  test('422 unknown_category and unknown_author with every unknown id, and the other fields are not updated either', async () => {
    const category = await newCategory(server.as.editor);
    const before = await newArticle(server.as.editor, { categoryIds: [category.id] });
    const unknown = { title: 'x', categoryIds: [999_999, category.id, 999_998] };
    expectProblem(await patch(before.id, unknown), 422, 'unknown_category', ['/categoryIds/0', '/categoryIds/2']);
    expectProblem(await patch(before.id, { categoryIds: [], authorIds: [999_999] }), 422, 'unknown_author', [
      '/authorIds/0',
    ]);
    expect(await read(before.id)).toEqual(before);
  });
});

function without(row: Record<string, unknown>, ...names: string[]) {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}
