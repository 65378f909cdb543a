import { expect, test } from 'vitest';
import { idsOf, minutesFromNow, newArticle, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();

test('smoke', async () => {
  const category = await newCategory(server.as.editor, { ordering: 'manual' });
  const articles = await times(5, (n) =>
    newArticle(server.as.editor, { categoryIds: [category.id], publishedAt: minutesFromNow(n - 10) }),
  );
  const [a, b, c, d, e] = idsOf(articles) as [number, number, number, number, number];
  const put = (id: number, body: object) =>
    server.as.editor.put(`/categories/${category.id}/articles/${id}/rank`, body);
  expect((await put(b, { first: true })).status).toBe(204);
  expect((await put(a, { after: b })).status).toBe(204);
  const read = async (q = '') =>
    idsOf((await server.anonymous.get(`/categories/${category.id}/articles?${q}`)).body.data);
  expect(await read()).toEqual([b, a, e, d, c]);
  expect(await read('page=2&limit=2')).toEqual([e, d]);
  expect(await read('sort=rank')).toEqual([b, a, e, d, c]);
  expect(await read('q=text')).toEqual([b, a, e, d, c]);
  expect(await read('sort=-publishedAt')).toEqual([e, d, c, b, a]);
  const walk = async (first: string) => {
    const pages: number[][] = [];
    let next: string | null = '';
    let previous: string | null = null;
    while (next !== null) {
      const { body } = await server.anonymous.get(`${first}limit=2${next && `&after=${next}`}`);
      pages.push(idsOf(body.data));
      next = body.page.next;
      previous = body.page.previous;
    }
    const back: number[][] = [];
    while (previous !== null) {
      const { body } = await server.anonymous.get(`${first}limit=2&before=${previous}`);
      back.unshift(idsOf(body.data));
      previous = body.page.previous;
    }
    return [pages, back];
  };
  expect(await walk(`/categories/${category.id}/articles?`)).toEqual([
    [[b, a], [e, d], [c]],
    [
      [b, a],
      [e, d],
    ],
  ]);
  expect(await walk(`/articles?categories[any]=${category.slug}&sort=rank&`)).toEqual([
    [[b, a], [e, d], [c]],
    [
      [b, a],
      [e, d],
    ],
  ]);
  const one = await server.anonymous.get(`/categories/${category.slug}`);
  expect(idsOf(one.body.articles.data)).toEqual([b, a, e, d, c]);
});
