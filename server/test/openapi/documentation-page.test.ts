import { describe, expect, test } from 'vitest';
import { useServer } from '../harness/server.ts';

const server = useServer();
const html = (path: string) => server.anonymous.get(path, { headers: { accept: 'text/html' } });

/** What a page makes the browser load or follow. */
const references = (page: string) =>
  [...page.matchAll(/\b(?:src|href|action)\s*=\s*["']([^"']*)["']/g)].map(([, url]) => url ?? '');
const LINKS = ['/', '/docs', '/docs/', '/problems', '/problems/not_found'];

describe.each(LINKS)('The page at %s', (path) => {
  test('is a page', async () => {
    const { status, headers, body } = await html(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(body.trim()).toMatch(/<!doctype html>/i);
    expect(body).toMatch(/<html lang="en">[^]*<title>\S[^<]*<\/title>[^]*<\/html>/);
  });

  test('refers to what this server has, and to no other', async () => {
    const { body } = await html(path);
    const urls = references(body);
    expect(urls.length).toBeGreaterThan(0);
    const base = new URL(path, server.url);
    for (const url of urls.filter((each) => !each.startsWith('data:,'))) {
      const target = new URL(url, base);
      expect(target.origin, url).toBe(server.url);
      const answer = await fetch(target);
      await answer.arrayBuffer();
      expect(answer.status, url).toBe(200);
    }
    expect(body).not.toMatch(/@import|url\(\s*["']?(?!data:)/);
  });

  test('runs under its content security policy: no script and no handler of its own', async () => {
    const { headers, body } = await html(path);
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
    expect([...body.matchAll(/<script(?![^>]*\bsrc=)/g)]).toEqual([]);
    expect(body).not.toMatch(/\son\w+\s*=|javascript:/i);
  });
});

describe('The documentation', () => {
  test('holds the document itself, so that it works without internet access', async () => {
    const { body } = await server.anonymous.get('/docs/swagger-ui-init.js');
    expect(body).toContain('"operationId": "articles.create"');
    expect(body).toMatch(/"validatorUrl": null/);
    expect(body).toMatch(/"persistAuthorization": false/);
    // The link of an invitation is an example of what the server answers with, and leads to a name that nobody may have.
    const urls = [...body.matchAll(/https?:\/\/[^\s"'`)]+/g)].map(([url]) => url);
    expect(urls.filter((url) => !url.startsWith('https://rubric.example/'))).toEqual([]);
  });

  test('loads styles that load nothing else', async () => {
    const { body } = await server.anonymous.get('/docs/swagger-ui.css');
    expect(body).not.toMatch(/@import/);
    for (const [, url] of body.matchAll(/url\(["']?([^"')]*)/g)) expect(url).toMatch(/^data:/);
  });

  test('gives out no more than it needs', async () => {
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

describe('GET / answers', () => {
  test('a page to a browser', async () => {
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
