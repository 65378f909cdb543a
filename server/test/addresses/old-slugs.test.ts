import { beforeEach, describe, expect, test } from 'vitest';
import { CategorySizes } from '../../src/categories/category-counts/category-sizes.reader.ts';
import { expectProblem } from '../harness/problem.ts';
import { minutesFromNow, newArticle, newAuthor, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
let run = 0;
/** A slug that no other test has. */
const unique = (word: string) => `${word}-${run}`;
beforeEach(() => {
  run += 1;
});

const KINDS = {
  articles: (slug: string) => newArticle(server.as.editor, { slug }),
  categories: (slug: string) => newCategory(server.as.editor, { slug }),
  authors: (slug: string) => newAuthor(server.as.editor, { slug }),
};
type Kind = keyof typeof KINDS;
const rename = async (kind: Kind, id: number, slug: string) => {
  const response = await server.as.editor.patch(`/${kind}/${id}`, { slug });
  expect(response.status, JSON.stringify(response.body)).toBe(200);
};
const locationOf = async (path: string, client = server.anonymous) => {
  const response = await client.get(path);
  expect([response.status, response.body], path).toEqual([308, undefined]);
  return response.headers.get('location');
};

describe.each(Object.keys(KINDS) as Kind[])('GET /%s/:idOrSlug', (kind) => {
  test('redirects from an old slug to the present one, with the query', async () => {
    const { id } = await KINDS[kind](unique('old'));
    await rename(kind, id, unique('new'));
    expect(await locationOf(`/${kind}/${unique('old')}`)).toBe(`/${kind}/${unique('new')}`);
    const query = kind === 'articles' ? '?fields=id%2Ctitle' : '';
    expect(await locationOf(`/${kind}/${unique('old')}${query}`)).toBe(`/${kind}/${unique('new')}${query}`);
    const { status, body } = await server.anonymous.get(`/${kind}/${unique('new')}`);
    expect([status, body.id]).toEqual([200, id]);
  });

  test('redirects once, however often the slug changed', async () => {
    const { id } = await KINDS[kind](unique('one'));
    await rename(kind, id, unique('two'));
    await rename(kind, id, unique('three'));
    expect(await locationOf(`/${kind}/${unique('one')}`)).toBe(`/${kind}/${unique('three')}`);
    expect(await locationOf(`/${kind}/${unique('two')}`)).toBe(`/${kind}/${unique('three')}`);
    await rename(kind, id, unique('one'));
    expect((await server.anonymous.get(`/${kind}/${unique('one')}`)).body.id).toBe(id);
    expect(await locationOf(`/${kind}/${unique('three')}`)).toBe(`/${kind}/${unique('one')}`);
  });

  test('finds the row that took an old slug, also after that one was renamed', async () => {
    const first = await KINDS[kind](unique('old'));
    await rename(kind, first.id, unique('first'));
    const second = await KINDS[kind](unique('old'));
    expect((await server.anonymous.get(`/${kind}/${unique('old')}`)).body.id).toBe(second.id);
    await rename(kind, second.id, unique('second'));
    expect(await locationOf(`/${kind}/${unique('old')}`)).toBe(`/${kind}/${unique('second')}`);
  });

  test('follows two rows that swap their slugs', async () => {
    const first = await KINDS[kind](unique('left'));
    const second = await KINDS[kind](unique('right'));
    await rename(kind, first.id, unique('aside'));
    await rename(kind, second.id, unique('left'));
    await rename(kind, first.id, unique('right'));
    expect((await server.anonymous.get(`/${kind}/${unique('left')}`)).body.id).toBe(second.id);
    expect((await server.anonymous.get(`/${kind}/${unique('right')}`)).body.id).toBe(first.id);
    expect(await locationOf(`/${kind}/${unique('aside')}`)).toBe(`/${kind}/${unique('right')}`);
  });

  test('returns 404 for the old slug of a deleted row', async () => {
    const { id } = await KINDS[kind](unique('old'));
    await rename(kind, id, unique('new'));
    await server.as.editor.delete(`/${kind}/${id}${kind === 'articles' ? '?permanent=true' : ''}`);
    expectProblem(await server.anonymous.get(`/${kind}/${unique('old')}`), 404, 'not_found');
  });

  test('redirects HEAD, and caches have to ask again', async () => {
    const { id } = await KINDS[kind](unique('old'));
    await rename(kind, id, unique('new'));
    const response = await server.anonymous.call('HEAD', `/${kind}/${unique('old')}`);
    expect([response.status, response.headers.get('location')]).toEqual([308, `/${kind}/${unique('new')}`]);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('etag')).toBeNull();
  });
});

test('GET /categories/:idOrSlug/articles redirects from an old slug, with the query', async () => {
  const { id } = await newCategory(server.as.editor, { slug: unique('old') });
  await rename('categories', id, unique('new'));
  const path = `/categories/${unique('old')}/articles?limit=5&categories%5Bany%5D=1,2`;
  expect(await locationOf(path)).toBe(`/categories/${unique('new')}/articles?limit=5&categories%5Bany%5D=1,2`);
});

test.each(['categories', 'authors'] as const)('Writes of /%s/:idOrSlug return 404 for an old slug', async (kind) => {
  const { id } = await KINDS[kind](unique('old'));
  await rename(kind, id, unique('new'));
  const path = `/${kind}/${unique('old')}`;
  expectProblem(await server.as.editor.patch(path, { name: 'Renamed' }), 404, 'not_found');
  expectProblem(await server.as.editor.delete(path), 404, 'not_found');
  if (kind === 'categories')
    expectProblem(await server.as.editor.put(path, { name: unique('Replaced') }), 404, 'not_found');
});

describe('The old slug of an article', () => {
  test('redirects only those who may see the article', async () => {
    const { id } = await newArticle(server.as.editor, { slug: unique('old') });
    await rename('articles', id, unique('new'));
    await server.as.editor.patch(`/articles/${id}`, { publishedAt: null });
    expectProblem(await server.anonymous.get(`/articles/${unique('old')}`), 404, 'not_found');
    expectProblem(await server.as.author.get(`/articles/${unique('old')}`), 404, 'not_found');
    expect(await locationOf(`/articles/${unique('old')}`, server.as.reader)).toBe(`/articles/${unique('new')}`);
    await server.as.editor.delete(`/articles/${id}`);
    expectProblem(await server.as.reader.get(`/articles/${unique('old')}`), 404, 'not_found');
    expect(await locationOf(`/articles/${unique('old')}?trashed=true`, server.as.reader)).toBe(
      `/articles/${unique('new')}?trashed=true`,
    );
  });

  test.each([
    ['a draft', null],
    ['a scheduled article', minutesFromNow(60)],
  ])('does not redirect from the slug that %s had', async (_, publishedAt) => {
    const { id } = await newArticle(server.as.editor, { slug: unique('old'), publishedAt });
    await server.as.editor.patch(`/articles/${id}`, { slug: unique('new'), publishedAt: minutesFromNow(-1) });
    expectProblem(await server.anonymous.get(`/articles/${unique('old')}`), 404, 'not_found');
  });

  test('belongs to an article that takes it when it is restored', async () => {
    const trashed = await newArticle(server.as.editor, { slug: unique('old') });
    await server.as.editor.delete(`/articles/${trashed.id}`);
    const other = await newArticle(server.as.editor, { slug: unique('old') });
    await rename('articles', other.id, unique('other'));
    expect(await locationOf(`/articles/${unique('old')}`)).toBe(`/articles/${unique('other')}`);
    await server.as.editor.post(`/articles/${trashed.id}/restore`);
    expect((await server.anonymous.get(`/articles/${unique('old')}`)).body.id).toBe(trashed.id);
    await server.as.editor.delete(`/articles/${trashed.id}?permanent=true`);
    expectProblem(await server.anonymous.get(`/articles/${unique('old')}`), 404, 'not_found');
  });
});

describe('Filters', () => {
  const idsOf = async (query: string) => {
    const { status, body } = await server.anonymous.get(`/articles?${query}&total=true`);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.page.total).toBe(body.data.length);
    return body.data.map(({ id }: { id: number }) => id).toSorted((a: number, b: number) => a - b);
  };

  test('take an old slug of a category as the category', async () => {
    const first = await newCategory(server.as.editor, { slug: unique('old') });
    const second = await newCategory(server.as.editor, { slug: unique('second') });
    const child = await newCategory(server.as.editor, { slug: unique('child'), parentId: first.id });
    const one = await newArticle(server.as.editor, { categoryIds: [first.id] });
    const both = await newArticle(server.as.editor, { categoryIds: [first.id, second.id] });
    const below = await newArticle(server.as.editor, { categoryIds: [child.id] });
    const other = await newArticle(server.as.editor, { categoryIds: [second.id] });
    await rename('categories', first.id, unique('new'));
    const [old, present] = [unique('old'), unique('new')];
    expect(await idsOf(`categories[any]=${old}`)).toEqual([one.id, both.id]);
    expect(await idsOf(`categories[any]=${old},${second.id}`)).toEqual([one.id, both.id, other.id]);
    expect(await idsOf(`categories[any]=${old}&descendants=true`)).toEqual([one.id, both.id, below.id]);
    expect(await idsOf(`categories[all]=${old},${unique('second')}`)).toEqual([both.id]);
    expect(await idsOf(`categories[all]=${old},${present},${first.id}`)).toEqual([one.id, both.id]);
    expect(await idsOf(`categories[all]=${old},${unique('never')}`)).toEqual([]);
    expect(await idsOf(`categories[all]=${old},${unique('second')}&descendants=true`)).toEqual([both.id]);
    expect(await idsOf(`categories[any]=${unique('second')}&categories[none]=${old}`)).toEqual([other.id]);
  });

  test('cost as much by an old slug of a category as by the present one', async () => {
    const { id } = await newCategory(server.as.editor, { slug: unique('old') });
    await rename('categories', id, unique('new'));
    const sizes = await new CategorySizes(server.database.db).current();
    expect(sizes.categories.get(unique('old'))).toBe(sizes.categories.get(String(id)));
    expect(sizes.categories.get(unique('new'))).toEqual({ direct: 0, deep: 0, subtree: 1 });
  });

  test('take an old slug of an author as the author', async () => {
    const author = await newAuthor(server.as.editor, { slug: unique('old') });
    const { id } = await newArticle(server.as.editor, { authorIds: [author.id] });
    await rename('authors', author.id, unique('new'));
    expect(await idsOf(`author=${unique('old')}`)).toEqual([id]);
    const next = await newAuthor(server.as.editor, { slug: unique('old') });
    expect(await idsOf(`author=${unique('old')}`)).toEqual([]);
    expect(await idsOf(`author=${unique('old')},${author.id},${next.id}`)).toEqual([id]);
  });
});
