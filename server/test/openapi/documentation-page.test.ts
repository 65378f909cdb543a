import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const html = (path: string) => server.anonymous.get(path, { headers: { accept: 'text/html' } });

/** Returns the URLs that a page loads or links to. */
const references = (page: string) =>
  [...page.matchAll(/\b(?:src|href|action)\s*=\s*["']([^"']*)["']/g)].map(([, url]) => url ?? '');
const PAGES = ['/', '/docs', '/docs/', '/problems', '/problems/not_found', '/admin', '/admin/articles/1'];

describe.each(PAGES)('The page at %s', (path) => {
  test('is HTML', async () => {
    const { status, headers, body } = await html(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(body.trim()).toMatch(/<!doctype html>/i);
    expect(body).toMatch(/<html lang="en">[^]*<title>\S[^<]*<\/title>[^]*<\/html>/);
  });

  test('refers only to existing paths of this server', async () => {
    const { body } = await html(path);
    const urls = references(body);
    expect(urls.length).toBeGreaterThan(0);
    const base = new URL(path, server.url);
    for (const url of urls.filter((each) => !each.startsWith('data:,'))) {
      const target = new URL(url, base);
      expect(target.origin, url).toBe(server.url);
      const response = await fetch(target);
      await response.arrayBuffer();
      expect(response.status, url).toBe(200);
    }
    expect(body).not.toMatch(/@import|url\(\s*["']?(?!data:)/);
  });

  test('complies with its Content-Security-Policy: no inline scripts or event handlers', async () => {
    const { headers, body } = await html(path);
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
    // Swagger UI needs inline styles, the other pages have none.
    expect(policy.includes('unsafe-inline')).toBe(path.startsWith('/docs'));
    if (!path.startsWith('/docs')) expect(body).not.toMatch(/<style|\sstyle\s*=/i);
    expect([...body.matchAll(/<script(?![^>]*\bsrc=)/g)]).toEqual([]);
    expect(body).not.toMatch(/\son\w+\s*=|javascript:/i);
  });
});

describe('The documentation', () => {
  test('contains the OpenAPI document, so that it works without internet access', async () => {
    const { body } = await server.anonymous.get('/docs/swagger-ui-init.js');
    expect(body).toContain('"operationId": "createArticle"');
    expect(body).toMatch(/"validatorUrl": null/);
    expect(body).toMatch(/"persistAuthorization": false/);
    // The example of an invitation link uses the reserved domain `.example`.
    const urls = [...body.matchAll(/https?:\/\/[^\s"'`)]+/g)].map(([url]) => url);
    expect(urls.filter((url) => !url.startsWith('https://rubric.example/'))).toEqual([]);
  });

  test('sends requests to the server that it comes from', async () => {
    const { body } = await server.anonymous.get('/docs/swagger-ui-init.js');
    expect(body).toMatch(/"servers": \[\s*\{\s*"url": "\/"\s*\}\s*\]/);
  });

  test('prefills no parameters: requests contain only what was entered', async () => {
    const { body } = await server.anonymous.get('/docs/swagger-ui-init.js');
    const document = JSON.parse(/"swaggerDoc": (\{[^]*?\n {2}\}),\n {2}"customOptions"/.exec(body)?.[1] ?? '{}');
    const parameters = Object.values(document.paths as Record<string, Record<string, { parameters?: any[] }>>)
      .flatMap((path) => Object.values(path))
      .flatMap((operation) => operation.parameters ?? []);
    expect(parameters.length).toBeGreaterThan(50);
    for (const { name, schema, example } of parameters)
      expect([schema.default, example], name).toEqual([undefined, undefined]);
    expect(parameters.find(({ name }) => name === 'limit').description).toMatch(/ Default: `20`\.$/);
  });

  test('contains a filter that finds operations by tag, method, path, summary and description', async () => {
    const { body } = await server.anonymous.get('/docs/swagger-ui-init.js');
    const source = /function operationFilter\(.*?\n\}/s.exec(body)?.[0];
    const { fn } = runInNewContext(`(${source})({ React: {} })`);
    const operation = (method: string, path: string, summary: string) => ({
      get: (name: 'method' | 'path') => ({ method, path })[name],
      getIn: ([, name]: string[]) => (name === 'summary' ? summary : undefined),
    });
    const tag = (operations: ReturnType<typeof operation>[]): any => ({
      get: () => Object.assign([...operations], { size: operations.length }),
      update: (_: string, change: (all: typeof operations) => typeof operations) => tag(change(operations)),
    });
    // The two methods of an Immutable.js map that the filter uses.
    const tags = (entries: [string, any][]): any => ({
      entries,
      map: (change: (each: any, name: string) => any) =>
        tags(entries.map(([name, each]) => [name, change(each, name)])),
      filter: (keep: (each: any) => boolean) => tags(entries.filter(([, each]) => keep(each))),
    });
    const all = tags([
      ['Articles', tag([operation('post', '/articles', 'Create an article'), operation('get', '/articles', 'List')])],
      ['Categories', tag([operation('post', '/categories', 'Create a category')])],
    ]);
    const found = (phrase: string) =>
      fn.opsFilter(all, phrase).entries.map(([name, each]: [string, any]) => [name, each.get('operations').length]);
    expect(found('POST article')).toEqual([['Articles', 1]]);
    expect(found('create')).toEqual([
      ['Articles', 1],
      ['Categories', 1],
    ]);
    expect(found('categories')).toEqual([['Categories', 1]]);
    expect(found('list create')).toEqual([]);
  });

  test('has stylesheets that load nothing else', async () => {
    const { body } = await server.anonymous.get('/docs/swagger-ui.css');
    expect(body).not.toMatch(/@import/);
    for (const [, url] of body.matchAll(/url\(["']?([^"')]*)/g)) expect(url).toMatch(/^data:/);
  });

  test('does not serve other files', async () => {
    for (const path of [
      '/docs/..%2fpackage.json',
      '/docs/%2e%2e/%2e%2e/package.json',
      '/docs/LICENSE',
      '/docs/nope.js',
    ]) {
      expect((await server.anonymous.get(path)).status, path).toBe(404);
    }
  });
});

describe('GET / responds with', () => {
  test('HTML to a browser', async () => {
    const { body } = await server.anonymous.get('/', {
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    expect(body).toContain('<h1>Rubric</h1>');
    expect(body).toContain('href="/docs"');
  });

  test.each(['*/*', 'application/json', ''])('JSON to a program that accepts "%s"', async (accept) => {
    const { headers, body } = await server.anonymous.get('/', { headers: { accept } });
    expect(body).toMatchObject({ name: 'Rubric', links: { documentation: '/docs', openapi: '/openapi.json' } });
    expect(headers.get('vary')).toContain('accept');
    for (const path of Object.values(body.links as Record<string, string>)) {
      expect((await server.anonymous.get(path)).status, path).toBe(200);
    }
  });
});

describe('A path that does not exist', () => {
  test.each(['/nope', '/articles/1/nope', '/problems/nope', '/docs/nope'])(
    '%s gets a 404: a page for a browser, a problem for a program',
    async (path) => {
      const page = await html(path);
      expect(page.status).toBe(404);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.body).toMatch(/<title>Not found<\/title>[^]*href="\/"/);
      const problem = await server.anonymous.get(path);
      expectProblem(problem, 404, 'not_found');
    },
  );

  test('has a vary header, so that caches keep the page and the problem apart', async () => {
    for (const { headers } of [await html('/nope'), await server.anonymous.get('/nope')])
      expect(headers.get('vary')).toContain('accept');
  });

  test.each(['POST', 'DELETE'])('gets a problem for %s also from a browser', async (method) => {
    const response = await server.anonymous.call(method, '/nope', undefined, { headers: { accept: 'text/html' } });
    expectProblem(response, 404, 'not_found');
  });

  test('is never /favicon.ico', async () => {
    const { status, headers, body } = await server.anonymous.get('/favicon.ico');
    expect([status, headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(body).toContain('<svg');
  });
});
