import { beforeEach, describe, expect, test } from 'vitest';
import { expectProblem } from '../../harness/problem.ts';
import { idsOf, minutesFromNow, newArticle, newAuthor, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();

/** A manual category with the articles a, b, c, d and e, of which e is the newest. */
let category: any;
let [a, b, c, d, e] = [0, 0, 0, 0, 0];

beforeEach(async () => {
  const { editor } = server.as;
  category = await newCategory(editor, { ordering: 'manual' });
  const make = (n: number) => newArticle(editor, { categoryIds: [category.id], publishedAt: minutesFromNow(n - 10) });
  [a, b, c, d, e] = idsOf(await times(5, make)) as [number, number, number, number, number];
});

const rankUrl = (article: number, id = category.id) => `/categories/${id}/articles/${article}/rank`;
const put = (article: number, place: unknown) => server.as.editor.put(rankUrl(article), place);
const remove = (article: number) => server.as.editor.delete(rankUrl(article));
async function rank(...articles: number[]) {
  for (const article of articles.toReversed()) expect((await put(article, { first: true })).status).toBe(204);
}
async function list(parameters = '', client = server.anonymous): Promise<number[]> {
  const { status, body } = await client.get(`/categories/${category.id}/articles?${parameters}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return idsOf(body.data);
}
const embedded = async () => idsOf((await server.anonymous.get(`/categories/${category.slug}`)).body.articles.data);

/** What a move must not change. */
const stateOf = async (article: number) => {
  const [whole, revisions, categoryRow] = await Promise.all([
    server.as.editor.get(`/articles/${article}`),
    server.as.editor.get(`/articles/${article}/revisions`),
    server.as.editor.get(`/categories/${category.id}`),
  ]);
  const { articles: _, ...fields } = categoryRow.body;
  return { article: whole.body, revisions: revisions.body, category: fields };
};
const eventsAfter = async (id: number) => (await server.as.editor.get(`/events?after=${id}&limit=100`)).body.data;
const lastEvent = async () => {
  let after = 0;
  for (let page = await server.as.editor.get(`/events?after=${after}&limit=100`); ; ) {
    after = Number(page.body.page.next);
    if (page.body.data.length === 0) return after;
    page = await server.as.editor.get(`/events?after=${after}&limit=100`);
  }
};

describe('PUT /categories/{id}/articles/{articleId}/rank', () => {
  test('returns 204 and places the article first, before or after another one', async () => {
    const steps: [number, object, number[]][] = [
      [b, { first: true }, [b, e, d, c, a]],
      [a, { after: b }, [b, a, e, d, c]],
      [c, { before: a }, [b, c, a, e, d]],
      [b, { after: a }, [c, a, b, e, d]],
      [a, { first: true }, [a, c, b, e, d]],
      [e, { before: a }, [e, a, c, b, d]],
      [d, { after: b }, [e, a, c, b, d]],
    ];
    for (const [article, place, expected] of steps) {
      expect((await put(article, place)).status).toBe(204);
      expect(await list()).toEqual(expected);
      expect(await embedded()).toEqual(expected);
    }
  });

  test('returns 204 and writes nothing if the article is there already', async () => {
    await rank(a, b, c);
    const before = await lastEvent();
    const { rows } = await server.database.pool.query('select article_id, rank from article_categories order by rank');
    for (const [article, place] of [
      [a, { first: true }],
      [a, { before: b }],
      [b, { after: a }],
      [b, { before: c }],
      [b, { before: b }],
      [b, { after: b }],
    ] as const)
      expect((await put(article, place)).status).toBe(204);
    expect(await list()).toEqual([a, b, c, e, d]);
    expect(
      (await server.database.pool.query('select article_id, rank from article_categories order by rank')).rows,
    ).toEqual(rows);
    expect(await eventsAfter(before)).toEqual([]);
  });

  test('writes one row, raises no version, makes no revision, and has one event and one entry', async () => {
    await rank(a, b);
    const before = { state: await stateOf(c), event: await lastEvent() };
    const rowsBefore = (
      await server.database.pool.query('select ctid, xmin, * from article_categories order by article_id')
    ).rows;
    expect((await put(c, { after: a })).status).toBe(204);
    const rowsAfter = (
      await server.database.pool.query('select ctid, xmin, * from article_categories order by article_id')
    ).rows;
    expect(rowsAfter.filter((row, n) => row.xmin !== rowsBefore[n].xmin)).toMatchObject([{ article_id: String(c) }]);
    expect(await stateOf(c)).toEqual(before.state);
    expect(await eventsAfter(before.event)).toMatchObject([
      { type: 'category.reordered', subject: { type: 'category', id: category.id, slug: category.slug }, changed: [] },
    ]);
    const { body } = await server.as.admin.get(`/audit?subject=category&subjectId=${category.id}&limit=1`);
    expect(body.data).toMatchObject([
      {
        action: 'category.reorder',
        before: { articleId: c, rank: null },
        after: { articleId: c, rank: expect.any(String) },
        changed: null,
      },
    ]);
  });

  test.each([
    ['no place', {}, '/'],
    ['two places', { first: true, before: 1 }, '/'],
    ['first: false', { first: false }, '/first'],
    ['null', { before: null }, '/before'],
    ['an id as text', { after: '1' }, '/after'],
    ['an unknown field', { first: true, last: true }, '/last'],
  ])('returns 400 for %s', async (_, body, pointer) => {
    expectProblem(await put(a, body), 400, 'invalid_request', [pointer === '/' ? '' : pointer]);
  });

  test('returns 404 if the article is not in the category, is in the trash, or either does not exist', async () => {
    const other = await newArticle(server.as.editor);
    await server.as.editor.delete(`/articles/${b}`);
    for (const article of [other.id, b, 999_999]) expectProblem(await put(article, { first: true }), 404, 'not_found');
    expectProblem(await server.as.editor.put(rankUrl(a, 999_999), { first: true }), 404, 'not_found');
  });

  test('returns 422 not_ranked if the other article has no rank in this category, and writes nothing', async () => {
    const other = await newCategory(server.as.editor);
    await server.as.editor.put(`/articles/${b}/categories/${other.id}`);
    expect((await server.as.editor.put(rankUrl(b, other.id), { first: true })).status).toBe(204);
    expectProblem(await put(a, { before: b }), 422, 'not_ranked', ['/before']);
    expectProblem(await put(a, { after: 999_999 }), 422, 'not_ranked', ['/after']);
    expectProblem(await put(a, { after: a }), 422, 'not_ranked', ['/after']);
    expect(await list()).toEqual([e, d, c, b, a]);
  });
});

describe('DELETE /categories/{id}/articles/{articleId}/rank', () => {
  test('returns 204 and takes the rank away, with an event; again, it changes nothing', async () => {
    await rank(a, b);
    const before = await lastEvent();
    expect((await remove(a)).status).toBe(204);
    expect(await list()).toEqual([b, e, d, c, a]);
    expect(await eventsAfter(before)).toMatchObject([{ type: 'category.reordered' }]);
    expect((await remove(a)).status).toBe(204);
    expect(await eventsAfter(before)).toHaveLength(1);
  });

  test('returns 404 if the article is not in the category, is in the trash, or either does not exist', async () => {
    const other = await newArticle(server.as.editor);
    await server.as.editor.delete(`/articles/${b}`);
    for (const article of [other.id, b, 999_999]) expectProblem(await remove(article), 404, 'not_found');
    expectProblem(await server.as.editor.delete(rankUrl(a, 999_999)), 404, 'not_found');
  });

  test.each(['PUT', 'DELETE'])('%s is for editors', async (method) => {
    await rank(a);
    for (const role of ['reader', 'contributor', 'author'] as const)
      expectProblem(await server.as[role].call(method, rankUrl(a), { first: true }), 403, 'forbidden');
    expectProblem(await server.anonymous.call(method, rankUrl(a), { first: true }), 401, 'unauthorized');
    for (const role of ['editor', 'admin'] as const)
      expect(
        (await server.as[role].call(method, rankUrl(a), method === 'PUT' ? { first: true } : undefined)).status,
      ).toBe(204);
  });
});

describe('The ordering of a category', () => {
  test('is a field: it raises the version, is audited, named in the event, and reset by PUT', async () => {
    expect(category.ordering).toBe('manual');
    expect((await newCategory(server.as.editor)).ordering).toBe('newest');
    const before = await lastEvent();
    const { body } = await server.as.editor.patch(`/categories/${category.id}`, { ordering: 'newest' });
    expect(body).toMatchObject({ ordering: 'newest', version: category.version + 1 });
    expect(await eventsAfter(before)).toMatchObject([{ type: 'category.updated', changed: ['ordering'] }]);
    const audit = await server.as.admin.get(`/audit?subject=category&subjectId=${category.id}&limit=1`);
    expect(audit.body.data).toMatchObject([{ before: { ordering: 'manual' }, after: { ordering: 'newest' } }]);
    await server.as.editor.patch(`/categories/${category.id}`, { ordering: 'manual' });
    const replaced = await server.as.editor.put(`/categories/${category.id}`, { name: category.name });
    expect(replaced.body.ordering).toBe('newest');
    expectProblem(
      await server.as.editor.patch(`/categories/${category.id}`, { ordering: 'title' }),
      400,
      'invalid_request',
      ['/ordering'],
    );
    expectProblem(
      await server.as.editor.patch(`/categories/${category.id}`, { ordering: null }),
      400,
      'invalid_request',
      ['/ordering'],
    );
  });

  test('newest keeps the ranks, and only sort=rank shows them', async () => {
    await rank(a, b);
    await server.as.editor.patch(`/categories/${category.id}`, { ordering: 'newest' });
    expect(await list()).toEqual([e, d, c, b, a]);
    expect(await embedded()).toEqual([e, d, c, b, a]);
    expect(await list('sort=rank')).toEqual([a, b, e, d, c]);
    await server.as.editor.patch(`/categories/${category.id}`, { ordering: 'manual' });
    expect(await list()).toEqual([a, b, e, d, c]);
  });

  test('manual orders the list of the category alone: not its subtree, not /articles', async () => {
    await rank(a);
    expect(await list('descendants=true')).toEqual([e, d, c, b, a]);
    expect(await list('sort=-publishedAt')).toEqual([e, d, c, b, a]);
    const { body } = await server.anonymous.get(`/articles?categories[any]=${category.id}`);
    expect(idsOf(body.data)).toEqual([e, d, c, b, a]);
  });

  test.each(['by id', 'by slug'])('the list is the same %s, with filters, a total and a search', async (by) => {
    const { editor } = server.as;
    const [author, other] = [await newAuthor(editor), await newCategory(editor)];
    await rank(b, d, a);
    for (const article of [a, c, d]) await editor.patch(`/articles/${article}`, { authorIds: [author.id] });
    for (const article of [a, b, e]) await editor.put(`/articles/${article}/categories/${other.id}`);
    const path = `/categories/${by === 'by id' ? category.id : category.slug}/articles`;
    for (const [parameters, expected] of [
      ['total=true', [b, d, a, e, c]],
      [`author=${author.slug}&total=true`, [d, a, c]],
      [`categories[all]=${other.slug}`, [b, a, e]],
      [`categories[none]=${other.id}`, [d, c]],
      [`ids=${a},${b},${e}`, [b, a, e]],
      [`published[gte]=${minutesFromNow(-8.5)}`, [d, e, c]],
      ['q=text&total=true', [b, d, a, e, c]],
      ['page=2&limit=2', [a, e]],
      ['limit=3&fields=id,content', [b, d, a]],
    ] as const) {
      for (const sort of ['', '&sort=rank']) {
        const { body } = await server.anonymous.get(`${path}?${parameters}${sort}`);
        expect(idsOf(body.data), parameters + sort).toEqual(expected);
        if (parameters.includes('total')) expect(body.page.total).toBe(expected.length);
      }
    }
  });

  test('ranks of what strangers cannot see have no effect on them, and are shown to those who can', async () => {
    const { editor } = server.as;
    await rank(a, b, c);
    await editor.patch(`/articles/${a}`, { publishedAt: null });
    await editor.patch(`/articles/${c}`, { publishedAt: minutesFromNow(60) });
    expect(await list()).toEqual([b, e, d]);
    expect(await list('status=draft,published,scheduled', editor)).toEqual([a, b, c, e, d]);
    expectProblem(await server.anonymous.get(`/categories/${category.id}/articles?status=draft`), 401, 'unauthorized');
  });
});

describe('sort=rank', () => {
  test('takes one category, by id or slug, in the path or the filter', async () => {
    await rank(a);
    for (const filter of [`categories[any]=${category.slug}`, `categories[all]=${category.id}`]) {
      const { body } = await server.anonymous.get(`/articles?${filter}&sort=rank`);
      expect(idsOf(body.data), filter).toEqual([a, e, d, c, b]);
    }
    const unknown = await server.anonymous.get('/articles?categories[any]=nowhere&sort=rank');
    expect(unknown.body.data).toEqual([]);
  });

  test('returns 400 without one category, or with its descendants', async () => {
    const other = await newCategory(server.as.editor);
    for (const path of [
      '/articles?sort=rank',
      `/articles?sort=rank&categories[none]=${category.id}`,
      `/articles?sort=rank&categories[any]=${category.id},${other.id}`,
      `/articles?sort=rank&categories[all]=${category.id},${other.id}`,
      `/articles?sort=rank&categories[any]=${category.id}&descendants=true`,
      `/categories/${category.id}/articles?sort=rank&descendants=true`,
    ])
      expectProblem(await server.anonymous.get(path), 400, 'invalid_request', ['/sort']);
    expectProblem(
      await server.anonymous.get(`/categories/${category.id}/articles?sort=-rank`),
      400,
      'invalid_request',
      ['/sort'],
    );
  });
});

describe('A rank belongs to the link', () => {
  test('and stays with it when links are replaced, when the article is in the trash, and when it is published', async () => {
    const { editor } = server.as;
    const other = await newCategory(editor);
    await rank(a, b);
    await editor.patch(`/articles/${a}`, { categoryIds: [other.id, category.id] });
    await editor.patch(`/articles/${b}`, { publishedAt: minutesFromNow(-1) });
    expect(await list()).toEqual([a, b, e, d, c]);
    await editor.delete(`/articles/${a}`);
    expect(await list()).toEqual([b, e, d, c]);
    expect((await put(c, { after: a })).status).toBe(204);
    await editor.post(`/articles/${a}/restore`);
    expect(await list()).toEqual([a, c, b, e, d]);
  });

  test('and goes with it: a link that is added again has none, nor has one that a revision restores', async () => {
    const { editor } = server.as;
    await rank(a, b, c);
    const version = (await editor.get(`/articles/${b}`)).body.version;
    await editor.delete(`/articles/${a}/categories/${category.id}`);
    await editor.put(`/articles/${a}/categories/${category.id}`);
    await editor.patch(`/articles/${b}`, { categoryIds: [] });
    await editor.post(`/articles/${b}/revisions/${version}/restore`);
    expect(await list()).toEqual([c, e, d, b, a]);
  });
});

describe('A cursor', () => {
  const pageOf = async (parameters: string) =>
    (await server.anonymous.get(`/categories/${category.id}/articles?${parameters}`)).body;

  test('keeps the order in which its walk began, when the ordering changes', async () => {
    await rank(a, b, c);
    const byRank = await pageOf('limit=2');
    expect(idsOf(byRank.data)).toEqual([a, b]);
    await server.as.editor.patch(`/categories/${category.id}`, { ordering: 'newest' });
    const newest = await pageOf('limit=2');
    expect(idsOf(newest.data)).toEqual([e, d]);
    expect(idsOf((await pageOf(`after=${byRank.page.next}`)).data)).toEqual([c, e, d]);
    await server.as.editor.patch(`/categories/${category.id}`, { ordering: 'manual' });
    expect(idsOf((await pageOf(`after=${newest.page.next}`)).data)).toEqual([c, b, a]);
  });

  test('of the order by rank is one of sort=rank, and not of another order', async () => {
    await rank(a, b, c);
    const { page } = await pageOf('limit=2');
    expect(idsOf((await pageOf(`sort=rank&after=${page.next}`)).data)).toEqual([c, e, d]);
    const path = `/categories/${category.id}/articles?after=${page.next}`;
    for (const other of ['&sort=-publishedAt', '&sort=title', '&descendants=true', '&author=1'])
      expectProblem(await server.anonymous.get(path + other), 400, 'invalid_cursor', ['/after']);
  });

  test('inside a category continues its list', async () => {
    const { editor } = server.as;
    const more = idsOf(
      await times(25, (n) => newArticle(editor, { categoryIds: [category.id], publishedAt: minutesFromNow(n - 60) })),
    );
    await rank(...more.slice(0, 22));
    const { body } = await server.anonymous.get(`/categories/${category.id}`);
    expect(idsOf(body.articles.data)).toEqual(more.slice(0, 20));
    const next = idsOf((await pageOf(`after=${body.articles.page.next}`)).data);
    expect(next).toEqual([...more.slice(20, 22), e, d, c, b, a, ...more.slice(22).toReversed()]);
  });

  test('past the end leads back in the order of the category', async () => {
    await rank(a, b);
    const { page } = await pageOf('page=9&limit=2');
    expect(idsOf((await pageOf(`limit=2&before=${page.previous}`)).data)).toEqual([d, c]);
  });
});

test('Ranks that have become too long are made anew, in the same order', async () => {
  const { pool } = server.database;
  await rank(a, b, c);
  const ranks = [
    [a, 'V'],
    [b, 'V'.repeat(2_000)],
    [c, `${'V'.repeat(1_999)}W`],
  ];
  await pool.query('update article_categories set rank = null where category_id = $1', [category.id]);
  for (const [article, text] of ranks)
    await pool.query('update article_categories set rank = $2 where article_id = $1', [article, text]);
  const before = await lastEvent();
  expect((await put(d, { after: b })).status).toBe(204);
  expect(await list()).toEqual([a, b, d, c, e]);
  const longest = await pool.query(
    'select max(char_length(rank)) as length from article_categories where category_id = $1',
    [category.id],
  );
  expect(longest.rows).toEqual([{ length: 2 }]);
  expect(await eventsAfter(before)).toMatchObject([{ type: 'category.reordered' }]);
});
