import { describe, expect, test } from 'vitest';
import { Client } from '../../harness/client.ts';
import { expectProblem } from '../../harness/problem.ts';
import { idsOf, minutesFromNow, newArticle, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();

const begin = async (id: number) =>
  expect((await server.as.editor.patch(`/articles/${id}/draft`, { title: `Draft of ${id}` })).status).toBe(200);
const listed = async (client: Client, query: string) => {
  const { status, body } = await client.get(`/articles?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

/** A category with articles of an author and of an editor, each with and without a draft. */
async function seed() {
  const { id: categoryId } = await newCategory(server.as.editor);
  const body = { categoryIds: [categoryId] };
  const [own, ownWithout] = await times(2, () => newArticle(server.as.author, body));
  const [foreign, foreignWithout] = await times(2, () => newArticle(server.as.editor, body));
  await begin(own.id);
  await begin(foreign.id);
  return { categoryId, own, ownWithout, foreign, foreignWithout };
}

describe('hasDraft', () => {
  test('is in reads and lists for callers who see the draft: nobody else has the field', async () => {
    const { categoryId, own, ownWithout, foreign, foreignWithout } = await seed();
    const ids = [foreignWithout.id, foreign.id, ownWithout.id, own.id];
    const all = [false, true, false, true];
    const expected: [Client, (boolean | undefined)[]][] = [
      [server.anonymous, [undefined, undefined, undefined, undefined]],
      [server.as.contributor, [undefined, undefined, undefined, undefined]],
      [server.as.author, [undefined, undefined, false, true]],
      [server.as.reader, all],
      [server.as.editor, all],
      [server.as.admin, all],
    ];
    const shown = (row: object) => ('hasDraft' in row ? row.hasDraft : undefined);
    for (const [client, hasDraft] of expected) {
      const lists = [
        (await client.get(`/articles?categories[all]=${categoryId}`)).body,
        (await client.get(`/articles?ids=${ids.join()}&sort=-updatedAt`)).body,
        (await client.get(`/categories/${categoryId}/articles`)).body,
        (await client.get(`/categories/${categoryId}`)).body.articles,
      ];
      for (const { data } of lists) {
        expect(idsOf(data)).toEqual(ids);
        expect(data.map(shown)).toEqual(hasDraft);
      }
      for (const [index, id] of ids.entries()) {
        expect(shown((await client.get(`/articles/${id}`)).body)).toBe(hasDraft[index]);
      }
    }
  });

  test('can be asked for by fields: 401 for strangers, 403 for contributors', async () => {
    const { own, foreign } = await seed();
    for (const path of [`/articles/${own.id}?fields=id,hasDraft`, `/articles?ids=${own.id}&fields=id,hasDraft`]) {
      expectProblem(await server.anonymous.get(path), 401, 'unauthorized');
      expectProblem(await server.as.contributor.get(path), 403, 'forbidden', ['/fields']);
      const { body } = await server.as.reader.get(path);
      expect(body.data?.[0] ?? body).toEqual({ id: own.id, hasDraft: true });
    }
    const { data } = await listed(server.as.author, `ids=${own.id},${foreign.id}&fields=hasDraft`);
    expect(data).toEqual([{}, { hasDraft: true }]);
    expect((await listed(server.as.reader, `ids=${own.id}&fields=title`)).data).toEqual([{ title: own.title }]);
  });

  test('a token that is limited to categories sees the drafts of articles in these', async () => {
    const [inside, outside] = [await seed(), await seed()];
    const { body } = await server.as.admin.post('/tokens', {
      name: 'x',
      role: 'reader',
      categoryIds: [inside.categoryId],
    });
    const limited = new Client(server.url, body.token);
    const { data } = await listed(limited, `ids=${inside.own.id},${outside.own.id}`);
    expect(data.map((row: any) => row.hasDraft)).toEqual([undefined, true]);
    const withDraft = await listed(limited, `hasDraft=true&categories[any]=${inside.categoryId},${outside.categoryId}`);
    expect(idsOf(withDraft.data)).toEqual([inside.foreign.id, inside.own.id]);
  });
});

describe('hasDraft=true', () => {
  test('lists articles with a draft that the caller sees; 401 for strangers, 403 for contributors', async () => {
    const { categoryId, own, foreign } = await seed();
    const query = `hasDraft=true&categories[all]=${categoryId}&total=true&facets=categories`;
    for (const client of [server.as.reader, server.as.editor, server.as.admin]) {
      const body = await listed(client, query);
      expect(idsOf(body.data)).toEqual([foreign.id, own.id]);
      expect([body.page.total, body.facets.categories[0].count]).toEqual([2, 2]);
    }
    const body = await listed(server.as.author, query);
    expect([idsOf(body.data), body.page.total]).toEqual([[own.id], 1]);
    expectProblem(await server.anonymous.get('/articles?hasDraft=true'), 401, 'unauthorized');
    expectProblem(await server.as.contributor.get('/articles?hasDraft=true'), 403, 'forbidden', ['/hasDraft']);
    for (const value of ['false', '1', '']) {
      expectProblem(await server.as.editor.get(`/articles?hasDraft=${value}`), 400, 'invalid_request', ['/hasDraft']);
    }
  });

  test('pages by cursor, in each order, with other filters', async () => {
    const { id: categoryId } = await newCategory(server.as.editor);
    const articles = await times(5, () =>
      newArticle(server.as.editor, { categoryIds: [categoryId], content: 'needle', excerpt: 'e' }),
    );
    for (const { id } of articles.slice(1)) await begin(id);
    for (const sort of ['-publishedAt', 'title', 'updatedAt', 'relevance']) {
      const query = `hasDraft=true&q=needle&categories[all]=${categoryId}&limit=3&sort=${sort}`;
      const first = await listed(server.as.editor, query);
      const second = await listed(server.as.editor, `${query}&after=${encodeURIComponent(first.page.next)}`);
      const ids = idsOf([...first.data, ...second.data]);
      expect([ids.length, new Set(ids)], sort).toEqual([4, new Set(idsOf(articles.slice(1)))]);
      expect(second.page.next).toBeNull();
      const back = await listed(server.as.editor, `${query}&before=${encodeURIComponent(second.page.previous)}`);
      expect(idsOf(back.data)).toEqual(idsOf(first.data));
    }
    const given = articles.slice(0, 2).map(({ id }) => id);
    const { data } = await listed(server.as.editor, `hasDraft=true&ids=${given.join()}`);
    expect(idsOf(data)).toEqual([given[1]]);
  });

  test('includes other statuses only when these are asked for', async () => {
    const { id: categoryId } = await newCategory(server.as.editor);
    const [published, takenBack, trashed] = await times(3, () =>
      newArticle(server.as.editor, { categoryIds: [categoryId] }),
    );
    for (const { id } of [published, takenBack, trashed]) await begin(id);
    await server.as.editor.patch(`/articles/${takenBack.id}`, { publishedAt: minutesFromNow(60) });
    await server.as.editor.delete(`/articles/${trashed.id}`);
    const list = async (status: string) =>
      idsOf((await listed(server.as.editor, `hasDraft=true&categories[all]=${categoryId}${status}`)).data);
    expect(await list('')).toEqual([published.id]);
    expect(await list('&status=scheduled')).toEqual([takenBack.id]);
    expect(await list('&status=trashed')).toEqual([trashed.id]);
    expect(await list('&status=draft')).toEqual([]);
  });
});
