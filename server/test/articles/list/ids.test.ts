import { beforeAll, describe, expect, test } from 'vitest';
import { walkForward } from '../../harness/pages.ts';
import { expectProblem } from '../../harness/problem.ts';
import { idsOf, minutesFromNow, newArticle, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();
const get = (path: string) => server.anonymous.get(path);
let category: any;
/** Three in the category and two without, published in this order. */
let filed: any[] = [];
let unfiled: any[] = [];
let draft: any;
let scheduled: any;
let trashed: any;

beforeAll(async () => {
  const { editor } = server.as;
  category = await newCategory(editor);
  const at = (n: number) => ({ publishedAt: `2020-01-0${n}T00:00:00Z` });
  filed = await times(3, (n) => newArticle(editor, { title: `Salt ${n}`, categoryIds: [category.id], ...at(n + 1) }));
  unfiled = await times(2, (n) => newArticle(editor, { title: `Rye ${n}`, ...at(n + 5) }));
  draft = await newArticle(editor, { title: 'Draft', publishedAt: null });
  scheduled = await newArticle(editor, { publishedAt: minutesFromNow(60) });
  trashed = await newArticle(editor);
  await editor.delete(`/articles/${trashed.id}`);
});

describe('GET /articles?ids= returns 200', () => {
  test('with these articles in the order of sort, without unknown and invisible ones, paged and counted', async () => {
    const given = [draft, filed[2], unfiled[0], trashed, filed[0], scheduled, filed[0]].map(({ id }) => id);
    const path = `/articles?ids=${given},999999,9007199254740993`;
    const expected = idsOf([unfiled[0], filed[2], filed[0]]);
    for (const limit of [1, 2, 100]) {
      expect(idsOf((await walkForward(server.anonymous, path, limit)).rows)).toEqual(expected);
    }
    const { data, page } = (await get(`${path}&sort=title&total=true&limit=2&page=2`)).body;
    expect([idsOf(data), page.total]).toEqual([idsOf([filed[2]]), 3]);
    expect((await get('/articles?ids=999999&total=true')).body).toMatchObject({ data: [], page: { total: 0 } });
  });

  test('combined with the other filters, statuses and facets', async () => {
    const given = idsOf([draft, ...filed, ...unfiled, trashed]).join();
    const drafts = await server.as.reader.get(`/articles?ids=${given}&status=draft,trashed&sort=title`);
    expect(new Set(idsOf(drafts.body.data))).toEqual(new Set(idsOf([draft, trashed])));
    expect(idsOf((await get(`/categories/${category.slug}/articles?ids=${given}&sort=publishedAt`)).body.data)).toEqual(
      idsOf(filed),
    );
    expect(idsOf((await get(`/articles?ids=${given}&categories[none]=${category.id}`)).body.data)).toEqual(
      idsOf(unfiled).reverse(),
    );
    for (const sort of ['-publishedAt', 'relevance']) {
      const found = (await get(`/articles?ids=${idsOf(filed.slice(1))},${draft.id}&q=salt&sort=${sort}&total=true`))
        .body;
      expect([new Set(idsOf(found.data)), found.page.total]).toEqual([new Set(idsOf(filed.slice(1))), 2]);
    }
    const { facets } = (await get(`/articles?ids=${given}&facets=categories`)).body;
    expect(facets.categories).toEqual([expect.objectContaining({ id: category.id, count: 3 })]);
  });
});

describe('GET /articles?uncategorised= returns 200', () => {
  test('with the articles that have no category, paged and counted', async () => {
    const { rows } = await walkForward(server.anonymous, '/articles?uncategorised=true', 1);
    expect(idsOf(rows)).toEqual(idsOf(unfiled).reverse());
    expect((await get('/articles?uncategorised=true&total=true')).body.page.total).toBe(2);
    expect(idsOf((await get('/articles?uncategorised=true&sort=title')).body.data)).toEqual(idsOf(unfiled));
    expect(idsOf((await get('/articles?uncategorised=true&q=rye')).body.data)).toEqual(idsOf(unfiled).reverse());
    const given = idsOf([filed[0], unfiled[0]]);
    expect(idsOf((await get(`/articles?uncategorised=true&ids=${given}`)).body.data)).toEqual(idsOf([unfiled[0]]));
    expect((await get('/articles?uncategorised=false&total=true')).body.page.total).toBe(5);
  });

  test('with drafts for callers that can read them, and an article as soon as its last category is removed', async () => {
    const drafts = await server.as.reader.get('/articles?uncategorised=true&status=draft');
    expect(idsOf(drafts.body.data)).toEqual([draft.id]);
    const article = await newArticle(server.as.editor, { categoryIds: [category.id] });
    const isListed = async () => idsOf((await get('/articles?uncategorised=true')).body.data).includes(article.id);
    expect(await isListed()).toBe(false);
    await server.as.editor.delete(`/articles/${article.id}/categories/${category.id}`);
    expect(await isListed()).toBe(true);
    await server.as.editor.delete(`/articles/${article.id}?permanent=true`);
  });
});

describe('GET /articles returns', () => {
  test('400 for more than 100 ids, what is no id, and articles without categories in a category', async () => {
    const many = Array.from({ length: 101 }, (_, n) => n + 1);
    expect((await get(`/articles?ids=${many.slice(1)}`)).status).toBe(200);
    for (const list of ['/articles', '/categories']) {
      const response = await get(`${list}?ids=${many}`);
      expectProblem(response, 400, 'too_many_ids', ['/ids']);
      expect(response.body.detail).toBe('ids contains 101 ids; at most 100 are allowed.');
    }
    for (const ids of ['', '1,', 'salt', '1,-2', '1.5', '9223372036854775808']) {
      expectProblem(await get(`/articles?ids=${ids}`), 400, 'invalid_request', ['/ids']);
    }
    for (const name of ['any', 'all', 'none']) {
      const pointers = ['/uncategorised', `/categories[${name}]`];
      const query = `uncategorised=true&categories[${name}]=1`;
      expectProblem(await get(`/articles?${query}`), 400, 'invalid_request', pointers);
    }
    const inCategory = await get(`/categories/${category.id}/articles?uncategorised=true`);
    expectProblem(inCategory, 400, 'invalid_request', ['/uncategorised']);
    expectProblem(await get('/articles?uncategorised=1'), 400, 'invalid_request', ['/uncategorised']);
  });

  test('the next page for a cursor of the same ids in another order, as of any parameter that takes a list', async () => {
    const [first, second] = idsOf(filed);
    for (const parameter of ['ids', 'categories[none]']) {
      const { next } = (await get(`/articles?${parameter}=${first},${second}&limit=1`)).body.page;
      const response = await get(`/articles?${parameter}=${second},${first}&limit=1&after=${next}`);
      expect(response.status, parameter).toBe(200);
    }
  });

  test('400 for a cursor of other ids', async () => {
    const { next } = (await get(`/articles?ids=${idsOf(filed)}&limit=1`)).body.page;
    expectProblem(await get(`/articles?ids=${idsOf(unfiled)}&after=${next}`), 400, 'invalid_cursor', ['/after']);
  });

  test('401 for ids with a status that the caller cannot read', async () => {
    expectProblem(await get(`/articles?ids=${draft.id}&status=draft`), 401, 'unauthorized');
  });
});
