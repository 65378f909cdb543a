import { describe, expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, minutesFromNow, newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();

/** Links the account with this role to a new author. */
async function newByline(role: 'contributor' | 'author') {
  const author = await newAuthor(server.as.editor);
  await server.database.pool.query('update accounts set author_id = $1 where role = $2', [author.id, role]);
  return author;
}

describe('A contributor', () => {
  test('creates and updates drafts', async () => {
    const draft = await newArticle(server.as.contributor, { publishedAt: null });
    expect(draft.status).toBe('draft');
    const { status, body } = await server.as.contributor.patch(`/articles/${draft.id}`, { title: 'Better' });
    expect([status, body.title]).toEqual([200, 'Better']);
  });

  test.each([{}, { publishedAt: minutesFromNow(-1) }, { publishedAt: minutesFromNow(60) }])(
    'cannot publish: POST /articles with %j returns 403 and writes nothing',
    async (body) => {
      const title = `By a contributor ${JSON.stringify(body)}`;
      const response = await server.as.contributor.post('/articles', { title, ...body });
      expectProblem(response, 403, 'forbidden', ['/publishedAt']);
      const { rowCount } = await server.database.pool.query('select from articles where title = $1', [title]);
      expect(rowCount).toBe(0);
    },
  );

  test('cannot publish: PATCH returns 403', async () => {
    const { id } = await newArticle(server.as.contributor, { publishedAt: null });
    const response = await server.as.contributor.patch(`/articles/${id}`, { publishedAt: minutesFromNow(-1) });
    expectProblem(response, 403, 'forbidden', ['/publishedAt']);
    expect((await server.as.contributor.get(`/articles/${id}`)).body.status).toBe('draft');
  });

  test('cannot change a draft after an editor publishes it, and can again once publishedAt is null', async () => {
    const { id } = await newArticle(server.as.contributor, { publishedAt: null });
    await server.as.editor.patch(`/articles/${id}`, { publishedAt: minutesFromNow(-1) });
    expectProblem(await server.as.contributor.patch(`/articles/${id}`, { title: 'Late' }), 404, 'not_found');
    await server.as.editor.patch(`/articles/${id}`, { publishedAt: null });
    expect((await server.as.contributor.patch(`/articles/${id}`, { title: 'In time' })).status).toBe(200);
  });

  test('never changes a published article, even if the draft is published during the change', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { id } = await newArticle(server.as.contributor, { title: 'Draft', publishedAt: null });
      const [change] = await Promise.all([
        server.as.contributor.patch(`/articles/${id}`, { title: 'Changed' }),
        server.as.editor.patch(`/articles/${id}`, { publishedAt: minutesFromNow(-1) }),
      ]);
      const { body } = await server.anonymous.get(`/articles/${id}`);
      expect([change.status, body.title]).toEqual(change.status === 200 ? [200, 'Changed'] : [404, 'Draft']);
    }
  });
});

describe('An author', () => {
  test('publishes, updates, deletes and restores their own articles', async () => {
    const article = await newArticle(server.as.author);
    expect(article.status).toBe('published');
    expect((await server.as.author.patch(`/articles/${article.id}`, { title: 'Second edition' })).status).toBe(200);
    expect((await server.as.author.delete(`/articles/${article.id}`)).status).toBe(204);
    expect((await server.as.author.post(`/articles/${article.id}/restore`)).status).toBe(200);
  });

  test('is listed with the byline of the account if the body has no authorIds', async () => {
    const byline = await newByline('author');
    expect(idsOf((await newArticle(server.as.author)).authors)).toEqual([byline.id]);
    expect((await newArticle(server.as.author, { authorIds: [] })).authors).toEqual([]);
    expect(idsOf((await newArticle(server.as.author, { authorIds: [byline.id] })).authors)).toEqual([byline.id]);
  });

  test('cannot list another author: 403 with the field authorIds', async () => {
    const byline = await newByline('author');
    const other = await newAuthor(server.as.editor);
    const body = { title: 'Not by me', authorIds: [byline.id, other.id] };
    expectProblem(await server.as.author.post('/articles', body), 403, 'forbidden', ['/authorIds']);
    const { id } = await newArticle(server.as.author);
    const response = await server.as.author.patch(`/articles/${id}`, { authorIds: [other.id] });
    expectProblem(response, 403, 'forbidden', ['/authorIds']);
  });

  describe('whose article has a second byline', () => {
    /** A published article of the author, with the bylines of the author and of somebody else. */
    async function sharedArticle() {
      const ids = [(await newByline('author')).id, (await newAuthor(server.as.editor)).id];
      const { id } = await newArticle(server.as.author);
      await server.as.editor.patch(`/articles/${id}`, { authorIds: ids });
      return { path: `/articles/${id}`, ids };
    }
    const bylines = async (path: string) => idsOf((await server.as.author.get(path)).body.authors);

    test('sends the bylines back as they were read', async () => {
      const { path, ids } = await sharedArticle();
      const { body: read } = await server.as.author.get(path);
      const saved = await server.as.author.patch(path, { title: 'Second edition', authorIds: ids });
      expect([saved.status, saved.body.title, idsOf(saved.body.authors)]).toEqual([200, 'Second edition', ids]);
      const again = await server.as.author.patch(path, { authorIds: [...ids, ...ids] });
      expect([again.status, again.body.version]).toEqual([200, read.version + 1]);
    });

    test('adds no byline and changes no order', async () => {
      const { path, ids } = await sharedArticle();
      const third = await newAuthor(server.as.editor);
      for (const target of [path, `${path}/draft`]) {
        for (const authorIds of [[...ids, third.id], ids.toReversed(), ids.slice(1)]) {
          const response = await server.as.author.patch(target, { title: 'Not saved', authorIds });
          expectProblem(response, 403, 'forbidden', ['/authorIds']);
        }
      }
      expect(await bylines(path)).toEqual(ids);
      expectProblem(await server.as.author.get(`${path}/draft`), 404, 'not_found');
    });

    test('sends back the bylines of the working draft, if there is one', async () => {
      const { path, ids } = await sharedArticle();
      const begun = await server.as.author.patch(`${path}/draft`, { title: 'Draft', authorIds: ids });
      expect([begun.status, idsOf(begun.body.authors)]).toEqual([200, ids]);
      const third = await newAuthor(server.as.editor);
      const others = [ids[0], third.id];
      await server.as.editor.patch(`${path}/draft`, { authorIds: others });
      const saved = await server.as.author.patch(`${path}/draft`, { excerpt: 'Saved', authorIds: others });
      expect([saved.status, saved.body.excerpt, idsOf(saved.body.authors)]).toEqual([200, 'Saved', others]);
      const old = await server.as.author.patch(`${path}/draft`, { authorIds: ids });
      expectProblem(old, 403, 'forbidden', ['/authorIds']);
    });

    test('changes no article of others by sending back its bylines', async () => {
      const { id, authors } = await newArticle(server.as.editor, {
        authorIds: [(await newAuthor(server.as.editor)).id],
      });
      const body = { title: 'Not mine', authorIds: idsOf(authors) };
      for (const path of [`/articles/${id}`, `/articles/${id}/draft`]) {
        expectProblem(await server.as.author.patch(path, body), 404, 'not_found');
      }
    });
  });
});

describe('A list of unpublished articles', () => {
  const STATUSES = ['draft', 'scheduled', 'trashed'] as const;

  test.each(STATUSES)(
    'with status %s contains and counts only the own articles of an author, facets included',
    async (status) => {
      const category = await newCategory(server.as.editor);
      const body = {
        categoryIds: [category.id],
        publishedAt: status === 'scheduled' ? minutesFromNow(60) : null,
      };
      const ownArticles = await times(3, () => newArticle(server.as.author, body));
      const otherArticles = await times(2, () => newArticle(server.as.editor, body));
      if (status === 'trashed') {
        for (const { id } of [...ownArticles, ...otherArticles]) await server.as.editor.delete(`/articles/${id}`);
      }
      for (const path of [
        `/articles?categories[all]=${category.id}`,
        `/categories/${category.id}/articles?sort=-publishedAt`,
        `/articles?categories[any]=${category.id}&sort=title`,
      ]) {
        const own = await server.as.author.get(`${path}&status=${status}&total=true&facets=categories`);
        expect(new Set(idsOf(own.body.data)), path).toEqual(new Set(idsOf(ownArticles)));
        expect(own.body.page.total).toBe(3);
        expect(own.body.facets.categories).toEqual([expect.objectContaining({ id: category.id, count: 3 })]);
        const all = await server.as.editor.get(`${path}&status=${status}&total=true`);
        expect(all.body.page.total).toBe(5);
        expect((await server.as.contributor.get(`${path}&status=${status}&total=true`)).body.page.total).toBe(0);
        expectProblem(await server.anonymous.get(`${path}&status=${status}`), 401, 'unauthorized');
      }
    },
  );

  test('together with published articles contains both, in order across pages', async () => {
    const category = await newCategory(server.as.editor);
    const body = { categoryIds: [category.id] };
    const draft = await newArticle(server.as.author, { ...body, publishedAt: null });
    const published = await newArticle(server.as.editor, { ...body, publishedAt: minutesFromNow(-5) });
    await newArticle(server.as.editor, { ...body, publishedAt: null });
    const path = `/articles?categories[all]=${category.id}&status=draft,published&limit=1`;
    const first = (await server.as.author.get(path)).body;
    const second = (await server.as.author.get(`${path}&after=${first.page.next}`)).body;
    expect([...idsOf(first.data), ...idsOf(second.data)]).toEqual([draft.id, published.id]);
    expect(second.page.next).toBeNull();
  });
});
