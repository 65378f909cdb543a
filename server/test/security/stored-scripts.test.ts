import { describe, expect, test } from 'vitest';
import { operations } from '../harness/operations.ts';
import { newArticle, newAuthor, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';
import { pathOf } from './hostile.ts';

const server = useServer();
const SCRIPTS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</textarea><svg/onload=alert(1)>',
  'javascript:alert(1)',
  '<!--<script>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
];

/** Expects headers with which no browser renders the response as a page. */
function expectJsonHeaders(headers: Headers, what: string) {
  expect(headers.get('content-type'), what).toMatch(/^application\/(problem\+)?json|^text\/event-stream$/);
  expect(headers.get('x-content-type-options'), what).toBe('nosniff');
}

describe.each(SCRIPTS)('V1.2.1 In every text field: %s', (script) => {
  test('is returned unchanged, and never as a page', async () => {
    const category = await newCategory(server.as.editor, { name: `${script} ${Math.random()}`, description: script });
    const author = await newAuthor(server.as.editor, { name: script, bio: script });
    const article = await newArticle(server.as.editor, {
      title: script,
      excerpt: script,
      content: script,
      contentFormat: 'html',
      categoryIds: [category.id],
      authorIds: [author.id],
    });
    await server.as.admin.post('/tokens', { name: script, role: 'reader' });
    const read = await server.anonymous.get(`/articles/${article.id}`);
    expect(read.body).toMatchObject({ title: script, excerpt: script, content: script, authors: [{ name: script }] });
    const paths = operations
      .filter(({ method, path }) => method === 'GET' && !path.startsWith('/health'))
      .map((operation) =>
        pathOf(operation, String(operation.path.startsWith('/categories') ? category.id : article.id)),
      );
    for (const path of [...paths, `/articles?q=${encodeURIComponent(script)}`, `/categories?tree=true`]) {
      for (const accept of ['text/html', 'application/json']) {
        expectJsonHeaders((await server.as.admin.get(path, { headers: { accept } })).headers, path);
      }
    }
  });

  test('is never returned as a page by a problem that repeats it', async () => {
    const encoded = encodeURIComponent(script);
    for (const path of [`/articles/${encoded}`, `/articles?sort=${encoded}`, `/articles?${encoded}=1`]) {
      expectJsonHeaders((await server.anonymous.get(path, { headers: { accept: 'text/html' } })).headers, path);
    }
    expectJsonHeaders((await server.as.editor.post('/articles', { [script]: script })).headers, 'a field');
    // A browser gets a page for an unknown path. It does not repeat the path, and its policy allows no inline script.
    const page = await fetch(`${server.url}/${encoded}`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(404);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).not.toContain(script);
  });
});
