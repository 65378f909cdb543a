import { describe, expect, test } from 'vitest';
import { signIn } from '../../harness/browser-client.ts';
import { Client } from '../../harness/client.ts';
import { expectProblem } from '../../harness/problem.ts';
import {
  forStrangers,
  idsOf,
  minutesFromNow,
  newArticle,
  newAuthor,
  newCategory,
  times,
  unique,
} from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';
import { category, importText, link, post, wxrExport } from '../../imports/build-export.ts';

const server = useServer();
const pathOf = ({ id }: { id: number }, rest = '') => `/articles/${id}/revisions${rest}`;
const get = (path: string) => server.as.editor.get(path);
const query = async (sql: string, values: unknown[] = []) => (await server.database.pool.query(sql, values)).rows;

/** A published article with links, whose content and title changed. */
async function changedArticle() {
  const { editor } = server.as;
  const [first, second, author] = [await newCategory(editor), await newCategory(editor), await newAuthor(editor)];
  const article = await newArticle(editor, {
    title: 'Rye at four',
    content: 'Rye dough does not behave.',
    categoryIds: [second.id, first.id],
    authorIds: [author.id],
  });
  await editor.patch(`/articles/${article.id}`, { content: 'Rye dough does behave.', categoryIds: [first.id] });
  await editor.patch(`/articles/${article.id}`, { title: 'Rye at five' });
  return { article, first, second, author };
}

describe('GET /articles/:id/revisions', () => {
  test('lists who changed what, newest first', async () => {
    const { article } = await changedArticle();
    const { body, status, headers } = await get(pathOf(article));
    expect(status).toBe(200);
    expect(headers.get('etag')).toMatch(/^"/);
    const by = { tokenId: expect.any(Number), name: 'editor' };
    expect(body.data).toEqual([
      { number: 3, at: expect.any(String), by, kind: 'change', published: true, changed: ['title'] },
      { number: 2, at: expect.any(String), by, kind: 'change', published: true, changed: ['content', 'categoryIds'] },
      { number: 1, at: expect.any(String), by, kind: 'create', published: true, changed: [] },
    ]);
    expect(body.page).toEqual({ limit: 20, next: null, previous: null });
  });

  test('names people, commands and nobody', async () => {
    const person = await signIn(server, 'author');
    const { body: account } = await person.get('/account');
    const article = await newArticle(person);
    await query(`update articles set title = 'From psql' where id = $1`, [article.id]);
    const { body } = await person.get(pathOf(article));
    expect(body.data.map(({ by }: { by: unknown }) => by)).toEqual([
      null,
      { accountId: account.id, name: account.name },
    ]);
    await importText(
      server.database,
      wxrExport([category('quay'), post({ id: 1, title: 'Imported', links: [link('quay')] })]),
    );
    const [imported] = await query("select id from articles where title = 'Imported'");
    const [revision] = (await get(pathOf(imported))).body.data;
    expect(revision).toMatchObject({ by: { command: 'import wordpress' }, kind: 'import' });
  });

  test('pages in both directions, while somebody adds revisions', async () => {
    const article = await newArticle(server.as.editor);
    const change = () => server.as.editor.patch(`/articles/${article.id}`, { title: unique('Title') });
    await times(6, change);
    const page = async (parameters: string) => {
      const { body, headers } = await get(pathOf(article, `?limit=3&${parameters}`));
      return {
        ...body.page,
        link: headers.get('link'),
        numbers: body.data.map((row: { number: number }) => row.number),
      };
    };
    const first = await page('');
    expect(first.numbers).toEqual([7, 6, 5]);
    expect(first.link).toContain('rel="next"');
    await change();
    const second = await page(`after=${first.next}`);
    expect(second.numbers).toEqual([4, 3, 2]);
    const third = await page(`after=${second.next}`);
    expect([third.numbers, third.next]).toEqual([[1], null]);
    expect((await page(`before=${second.previous}`)).numbers).toEqual([7, 6, 5]);
    const other = await newArticle(server.as.editor);
    expectProblem(await get(pathOf(other, `?after=${first.next}`)), 400, 'invalid_cursor', ['/after']);
    for (const wrong of ['limit=0', 'limit=101', 'page=2', 'total=true', 'nope=1']) {
      expectProblem(await get(pathOf(article, `?${wrong}`)), 400, 'invalid_request', [`/${wrong.split('=')[0]}`]);
    }
  });
});

describe('GET /articles/:id/revisions/:number', () => {
  test('returns the article as it was, with the names then', async () => {
    const { article, first, second, author } = await changedArticle();
    await server.as.editor.patch(`/categories/${first.id}`, { name: unique('Renamed') });
    await server.as.editor.delete(`/categories/${second.id}`);
    await server.as.editor.delete(`/authors/${author.id}`);
    const { body, headers } = await get(pathOf(article, '/1'));
    expect(body).toEqual({ ...forStrangers(article), updatedAt: expect.any(String) });
    expect(headers.get('etag')).toMatch(/^"1\./);
    const etag = headers.get('etag') ?? '';
    const again = await server.as.editor.get(pathOf(article, '/1'), { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    const { body: chosen } = await get(pathOf(article, '/2?fields=title,content,version'));
    expect(chosen).toEqual({ title: 'Rye at four', content: 'Rye dough does behave.', version: 2 });
    const { body: rendered } = await get(pathOf(article, '/2?fields=html,wordCount,readingMinutes'));
    expect(rendered).toEqual({
      html: expect.stringContaining('<p>'),
      wordCount: expect.any(Number),
      readingMinutes: 1,
    });
    expectProblem(await get(pathOf(article, '/2?fields=nope')), 400, 'invalid_request', ['/fields']);
  });

  test('finds it by the numbers of the saves that became one', async () => {
    const article = await newArticle(server.as.editor, { publishedAt: null });
    await times(3, () => server.as.editor.patch(`/articles/${article.id}`, { title: unique('Title') }));
    const { body: now } = await get(`/articles/${article.id}`);
    expect((await get(pathOf(article))).body.data).toHaveLength(1);
    for (const number of [1, 2, 3, 4])
      expect((await get(pathOf(article, `/${number}`))).body).toEqual(forStrangers(now));
  });

  test('returns 404 for a number that is none, and 400 for what cannot be one', async () => {
    const article = await newArticle(server.as.editor);
    for (const number of ['2', '2147483648', '9007199254740993', '0']) {
      for (const path of ['', '/diff', '/diff?from=1']) {
        expectProblem(await get(pathOf(article, `/${number}${path}`)), 404, 'not_found');
      }
      expectProblem(await get(pathOf(article, `/1/diff?from=${number}`)), 404, 'not_found');
      expectProblem(await server.as.editor.post(pathOf(article, `/${number}/restore`)), 404, 'not_found');
    }
    for (const number of ['x', '-1', '99999999999999999999']) {
      expectProblem(await get(pathOf(article, `/${number}`)), 400, 'invalid_request', ['/number']);
    }
    expectProblem(await get('/articles/987654321/revisions'), 404, 'not_found');
  });
});

describe('The history of an article', () => {
  test('is closed to strangers, and to callers that could not read its drafts', async () => {
    const article = await newArticle(server.as.editor);
    for (const path of ['', '/1', '/1/diff']) {
      expectProblem(await server.anonymous.get(pathOf(article, path)), 401, 'unauthorized');
      expectProblem(await server.as.author.get(pathOf(article, path)), 404, 'not_found');
      expect((await server.as.reader.get(pathOf(article, path))).status).toBe(200);
    }
  });

  test('of a trashed article is for who asks for it', async () => {
    const article = await newArticle(server.as.editor);
    await server.as.editor.delete(`/articles/${article.id}`);
    for (const path of ['', '/1', '/1/diff']) {
      expectProblem(await get(pathOf(article, path)), 404, 'not_found');
      expect((await get(pathOf(article, `${path}?trashed=true`))).status).toBe(200);
    }
    expect((await get(pathOf(article, '/2?trashed=true'))).body.status).toBe('trashed');
    expectProblem(await server.as.editor.post(pathOf(article, '/1/restore')), 404, 'not_found');
    await server.as.editor.delete(`/articles/${article.id}?permanent=true`);
    expectProblem(await get(pathOf(article, '?trashed=true')), 404, 'not_found');
    expect(await query('select from article_revisions where article_id = $1', [article.id])).toEqual([]);
  });
});

describe('GET /articles/:id/revisions/:number/diff', () => {
  test('compares with the revision before, or with any other', async () => {
    const { article, first, second } = await changedArticle();
    const diff = async (path: string) => (await get(pathOf(article, path))).body.fields;
    const title = {
      field: 'title',
      parts: [
        { op: 'equal', text: 'Rye at ' },
        { op: 'delete', text: 'four' },
        { op: 'insert', text: 'five' },
      ],
    };
    const content = {
      field: 'content',
      parts: [
        { op: 'equal', text: 'Rye dough does ' },
        { op: 'delete', text: 'not ' },
        { op: 'equal', text: 'behave.' },
      ],
    };
    const categoryIds = { field: 'categoryIds', from: [second.id, first.id], to: [first.id] };
    expect(await diff('/3/diff')).toEqual([title]);
    expect(await diff('/2/diff')).toEqual([content, categoryIds]);
    expect(await diff('/3/diff?from=1')).toEqual([title, content, categoryIds]);
    expect(await diff('/2/diff?from=2')).toEqual([]);
    expect((await diff('/1/diff?from=2'))[1]).toEqual({ ...categoryIds, from: [first.id], to: [second.id, first.id] });
    const whole = await diff('/1/diff');
    expect(whole).toContainEqual({ field: 'title', from: null, to: 'Rye at four' });
    expect(whole).toContainEqual({ field: 'categoryIds', from: null, to: [second.id, first.id] });
    expectProblem(await get(pathOf(article, '/2/diff?from=x')), 400, 'invalid_request', ['/from']);
  });

  test('shows publication, the trash and a removed excerpt as two values', async () => {
    const publishedAt = minutesFromNow(-5);
    const article = await newArticle(server.as.editor, { publishedAt: null, excerpt: 'Short' });
    await server.as.editor.patch(`/articles/${article.id}`, { publishedAt });
    await server.as.editor.patch(`/articles/${article.id}`, { excerpt: null });
    await server.as.editor.delete(`/articles/${article.id}`);
    const diff = async (number: number) => (await get(pathOf(article, `/${number}/diff?trashed=true`))).body.fields;
    expect(await diff(2)).toEqual([{ field: 'publishedAt', from: null, to: publishedAt }]);
    expect(await diff(3)).toEqual([{ field: 'excerpt', from: 'Short', to: null }]);
    expect(await diff(4)).toEqual([{ field: 'status', from: 'published', to: 'trashed' }]);
  });

  test('shows a publication in the first century', async () => {
    const [first, second] = ['0001-01-01T00:00:00.000Z', '0099-12-31T23:59:59.999Z'];
    const article = await newArticle(server.as.editor, { publishedAt: first });
    await server.as.editor.patch(`/articles/${article.id}`, { publishedAt: second });
    expect((await get(pathOf(article, '/1'))).body).toMatchObject({ publishedAt: first, status: 'published' });
    expect((await get(pathOf(article, '/2/diff'))).body.fields).toEqual([
      { field: 'publishedAt', from: first, to: second },
    ]);
  });
});

describe('POST /articles/:id/revisions/:number/restore', () => {
  test('writes texts and links as a new revision, and names the links that are gone', async () => {
    const { article, first, second, author } = await changedArticle();
    await server.as.editor.delete(`/categories/${second.id}`);
    await server.as.editor.delete(`/authors/${author.id}`);
    const { status, body, headers } = await server.as.editor.post(pathOf(article, '/1/restore'));
    expect(status).toBe(200);
    const { dropped, ...restored } = body;
    expect(dropped).toEqual([
      { type: 'category', id: second.id, name: second.name },
      { type: 'author', id: author.id, name: author.name },
    ]);
    expect(restored).toEqual((await get(`/articles/${article.id}`)).body);
    expect(restored).toMatchObject({ title: article.title, content: article.content, authors: [] });
    expect(idsOf(restored.categories)).toEqual([first.id]);
    expect(headers.get('etag')).toMatch(new RegExp(`^"${restored.version}\\.`));
    const [newest] = (await get(pathOf(article))).body.data;
    expect(newest).toMatchObject({ number: restored.version, kind: 'restore', changed: ['title', 'content'] });
  });

  test('restores the order of links', async () => {
    const { article, second, first } = await changedArticle();
    const { body } = await server.as.editor.post(pathOf(article, '/1/restore'));
    expect([idsOf(body.categories), body.dropped]).toEqual([[second.id, first.id], []]);
  });

  test('changes nothing where nothing differs', async () => {
    const { article } = await changedArticle();
    const { body } = await server.as.editor.post(pathOf(article, '/3/restore'));
    expect(body.version).toBe(3);
    expect((await get(pathOf(article))).body.data[0].kind).toBe('change');
  });

  test('keeps the time of publication, and the present slug if the old one is taken', async () => {
    const article = await newArticle(server.as.editor, { slug: 'restored-slug', publishedAt: null });
    await server.as.editor.patch(`/articles/${article.id}`, { slug: 'present-slug', publishedAt: minutesFromNow(-1) });
    const { body: back } = await server.as.editor.post(pathOf(article, '/1/restore'));
    expect(back).toMatchObject({ slug: 'restored-slug', status: 'published' });
    await server.as.editor.patch(`/articles/${article.id}`, { slug: 'present-slug', title: 'Other' });
    await newArticle(server.as.editor, { slug: 'restored-slug' });
    const { status, body } = await server.as.editor.post(pathOf(article, '/1/restore'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ slug: 'present-slug', title: article.title, status: 'published' });
  });

  test('returns 412 for a version that is stale', async () => {
    const { article } = await changedArticle();
    const restore = (version: string) =>
      server.as.editor.post(pathOf(article, '/1/restore'), undefined, { headers: { 'if-match': version } });
    expectProblem(await restore('"2"'), 412, 'version_mismatch');
    expect((await restore('"3"')).body.version).toBe(4);
    expectProblem(await restore('"3"'), 412, 'version_mismatch');
  });

  test('is for who may change the article, and what they may write', async () => {
    const { author, editor } = server.as;
    const own = await newArticle(author);
    const { id } = await newAuthor(editor);
    await editor.patch(`/articles/${own.id}`, { authorIds: [id] });
    await editor.patch(`/articles/${own.id}`, { authorIds: [], title: 'Without' });
    expectProblem(await author.post(pathOf(own, '/2/restore')), 403, 'forbidden', ['/authorIds']);
    expect((await author.post(pathOf(own, '/1/restore'))).status).toBe(200);
    const foreign = await newArticle(editor);
    expectProblem(await author.post(pathOf(foreign, '/1/restore')), 404, 'not_found');
    expectProblem(await server.as.reader.post(pathOf(foreign, '/1/restore')), 403, 'forbidden');
    expectProblem(await server.anonymous.post(pathOf(foreign, '/1/restore')), 401, 'unauthorized');
  });

  test('stays within the categories of a token', async () => {
    const { article, first } = await changedArticle();
    const admin = await signIn(server, 'admin');
    const { body } = await admin.post('/tokens', { name: 'One category', role: 'editor', categoryIds: [first.id] });
    const limited = new Client(server.url, body.token);
    expect((await limited.get(pathOf(article))).status).toBe(200);
    expectProblem(await limited.post(pathOf(article, '/1/restore')), 403, 'forbidden', ['/categoryIds']);
    expect((await limited.post(pathOf(article, '/2/restore'))).status).toBe(200);
  });

  test('and edits at the same time become revisions one after the other', async () => {
    const { editor, admin } = server.as;
    for (let run = 0; run < 10; run += 1) {
      const { article } = await changedArticle();
      const added = await newCategory(editor);
      const responses = await Promise.all([
        editor.post(pathOf(article, '/1/restore')),
        admin.post(pathOf(article, '/2/restore')),
        editor.patch(`/articles/${article.id}`, { title: unique('Meanwhile'), excerpt: 'Meanwhile' }),
        editor.put(`/articles/${article.id}/categories/${added.id}`),
      ]);
      expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 204]);
      const { body: now } = await get(`/articles/${article.id}`);
      const { body } = await get(pathOf(article));
      expect(body.data.map(({ number }: { number: number }) => number)).toEqual(
        Array.from({ length: now.version }, (_, i) => now.version - i),
      );
      expect((await get(pathOf(article, `/${now.version}`))).body).toEqual(forStrangers(now));
    }
  });
});

describe('Saves that become one revision', () => {
  test('name only the fields that differ in the end', async () => {
    const { editor } = server.as;
    const [first, second] = [await newCategory(editor), await newCategory(editor)];
    const article = await newArticle(editor, { publishedAt: null, categoryIds: [first.id], excerpt: 'Before' });
    await server.as.admin.patch(`/articles/${article.id}`, { title: 'Begun' });
    const save = (body: object) => editor.patch(`/articles/${article.id}`, body);
    await save({ content: 'Other', excerpt: null, categoryIds: [second.id], publishedAt: minutesFromNow(60) });
    await save({ title: 'Other', contentFormat: 'html' });
    const newest = async () => (await get(pathOf(article))).body.data[0];
    expect((await newest()).changed).toHaveLength(6);
    await save({ content: article.content, excerpt: 'Before', categoryIds: [first.id], publishedAt: null });
    expect(await newest()).toMatchObject({ number: 5, changed: ['title', 'contentFormat'] });
    await save({ title: 'Begun', contentFormat: 'markdown' });
    expect(await newest()).toMatchObject({ number: 6, changed: [] });
    expect((await get(pathOf(article, '/6/diff'))).body.fields).toEqual([]);
    expect((await get(pathOf(article, '/2'))).body.title).toBe('Begun');
    const texts = await query(
      `select title, excerpt, content, content_format from article_revisions where article_id = $1 and number = 6`,
      [article.id],
    );
    expect(texts).toEqual([{ title: null, excerpt: null, content: null, content_format: null }]);
  });
});
