import { describe, expect, test } from 'vitest';
import { useServer } from '../harness/server.ts';

const server = useServer();
const html = (path: string) => server.anonymous.get(path, { headers: { accept: 'text/html' } });

/** Returns the URLs that a page loads or links to. */
const references = (page: string) =>
  [...page.matchAll(/\b(?:src|href|action)\s*=\s*["']([^"']*)["']/g)].map(([, url]) => url ?? '');
const PAGES = ['/', '/docs', '/docs/', '/problems', '/problems/not_found', '/accept-invitation', '/new-password'];

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
    expect(body).toContain('"operationId": "articles.create"');
    expect(body).toMatch(/"validatorUrl": null/);
    expect(body).toMatch(/"persistAuthorization": false/);
    // The example of an invitation link uses the reserved domain `.example`.
    const urls = [...body.matchAll(/https?:\/\/[^\s"'`)]+/g)].map(([url]) => url);
    expect(urls.filter((url) => !url.startsWith('https://rubric.example/'))).toEqual([]);
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
