import { describe, expect, test } from 'vitest';
import { expectProblem } from '../../harness/problem.ts';
import { minutesFromNow, newArticle, newCategory } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();

describe('GET /articles/{idOrSlug} with fields', () => {
  test('returns exactly the named fields, by id and by slug', async () => {
    const category = await newCategory(server.as.editor);
    const { id, slug, title } = await newArticle(server.as.editor, { categoryIds: [category.id] });
    for (const key of [id, slug]) {
      const { body } = await server.anonymous.get(`/articles/${key}?fields=title,categories`);
      expect(body).toEqual({ title, categories: [{ id: category.id, name: category.name, slug: category.slug }] });
    }
  });

  test('returns the content as HTML, its words and its minutes, and the content byte for byte', async () => {
    const content = '# Hello\n\n\r\nthe *world*\t<script>alert(1)</script>\n';
    const { id } = await newArticle(server.as.editor, { content });
    const { body } = await server.anonymous.get(`/articles/${id}?fields=html,wordCount,readingMinutes,content`);
    expect(body).toEqual({
      html: expect.stringContaining('<h1 id="user-content-hello">Hello</h1>\n<p>the <em>world</em>'),
      wordCount: 3,
      readingMinutes: 1,
      content,
    });
    expect(body.html).not.toContain('script');
  });

  test('renders HTML as HTML, and follows a change of the content or its format', async () => {
    const { editor } = server.as;
    const { id } = await newArticle(editor, { content: '*a* <b onclick="x">b</b>', contentFormat: 'html' });
    const html = async () => (await server.anonymous.get(`/articles/${id}?fields=html`)).body.html;
    expect(await html()).toBe('*a* <b>b</b>');
    await editor.patch(`/articles/${id}`, { contentFormat: 'markdown' });
    expect(await html()).toBe('<p><em>a</em> <b>b</b></p>\n');
    await editor.patch(`/articles/${id}`, { content: 'c' });
    expect(await html()).toBe('<p>c</p>\n');
    await editor.patch(`/articles/${id}`, { content: '' });
    const { body } = await server.anonymous.get(`/articles/${id}?fields=html,wordCount,readingMinutes`);
    expect(body).toEqual({ html: '', wordCount: 0, readingMinutes: 0 });
  });

  test('shows what may be seen without it, and no more', async () => {
    const draft = await newArticle(server.as.editor, { publishedAt: null });
    const scheduled = await newArticle(server.as.editor, { publishedAt: minutesFromNow(60) });
    for (const { id } of [draft, scheduled]) {
      expectProblem(await server.anonymous.get(`/articles/${id}?fields=html`), 404, 'not_found');
      expect((await server.as.reader.get(`/articles/${id}?fields=id,html`)).body).toEqual({ id, html: '' });
    }
    await server.as.editor.delete(`/articles/${draft.id}`);
    expectProblem(await server.as.reader.get(`/articles/${draft.id}?fields=html`), 404, 'not_found');
    const trashed = await server.as.reader.get(`/articles/${draft.id}?fields=status,html&trashed=true`);
    expect(trashed.body).toEqual({ status: 'trashed', html: '' });
  });

  test.each(['owner', 'html,ownerId', '', 'html,', 'snippet'])('returns 400 for fields=%s', async (fields) => {
    const { id } = await newArticle(server.as.editor);
    expectProblem(await server.anonymous.get(`/articles/${id}?fields=${fields}`), 400, 'invalid_request', ['/fields']);
  });
});

describe('The ETag of a read with fields', () => {
  const tagOf = async (path: string) => (await server.anonymous.get(path)).headers.get('etag') ?? '';

  test('contains the version, so that If-Match accepts it', async () => {
    const { id } = await newArticle(server.as.editor);
    const tag = await tagOf(`/articles/${id}?fields=title`);
    expect(tag).toMatch(/^"1\.[\w-]+"$/);
    const headers = { 'if-match': tag };
    expect((await server.as.editor.patch(`/articles/${id}`, { title: 'Next' }, { headers })).status).toBe(200);
    expectProblem(
      await server.as.editor.patch(`/articles/${id}`, { title: 'Stale' }, { headers }),
      412,
      'version_mismatch',
    );
  });

  test('contains the version of the renderer if something is rendered, and gives a 304', async () => {
    const { id } = await newArticle(server.as.editor, { content: 'a' });
    for (const field of ['html', 'wordCount', 'readingMinutes']) {
      const path = `/articles/${id}?fields=title,${field}`;
      const tag = await tagOf(path);
      expect(tag).toMatch(/^"1\.[\w-]+\.r1"$/);
      expect((await server.anonymous.get(path, { headers: { 'if-none-match': tag } })).status).toBe(304);
      const headers = { 'if-match': tag };
      expect((await server.as.editor.patch(`/articles/${id}`, {}, { headers })).status).toBe(200);
    }
    expect(await tagOf(`/articles/${id}`)).not.toContain('r1');
  });
});

test.each(['html', 'wordCount', 'readingMinutes'])('Lists return 400 for fields=%s', async (field) => {
  const category = await newCategory(server.as.editor);
  for (const path of ['/articles', `/categories/${category.id}/articles`]) {
    const response = await server.anonymous.get(`${path}?fields=title,${field}`);
    expectProblem(response, 400, 'invalid_request', ['/fields']);
    expect(response.body.detail).toContain(`"${field}"`);
  }
});
