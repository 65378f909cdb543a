import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();

/** `fetch` would decompress by itself. */
const get = (path: string, headers: Record<string, string> = {}) => server.anonymous.get(path, { headers });
const page = async () => (await get('/admin')).body as string;
const scriptOf = (html: string) => /src="(\/admin\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';

describe('The admin site', () => {
  test('is the same page at every address below /admin, which browsers ask for again', async () => {
    for (const path of ['/admin', '/admin/', '/admin/articles/7', '/admin/sign-in?to=/articles']) {
      const { status, headers, body } = await get(path);
      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(headers.get('cache-control')).toBe('no-cache');
      expect(body).toBe(await page());
    }
  });

  test('has scripts with the hash of their content in the name, which browsers keep for a year', async () => {
    const path = scriptOf(await page());
    expect(path).toMatch(/-[\w-]{8}\.js$/);
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^(text|application)\/javascript/);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('is compressed when it is built', async () => {
    const url = server.url + scriptOf(await page());
    const plain = await (await fetch(url, { headers: { 'accept-encoding': 'identity' } })).text();
    const { request } = await import('node:http');
    const compressed = await new Promise<Buffer>((resolve, reject) => {
      request(url, { headers: { 'accept-encoding': 'br' } }, (response) => {
        expect(response.headers['content-encoding']).toBe('br');
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
      })
        .on('error', reject)
        .end();
    });
    expect(compressed.length).toBeLessThan(plain.length / 2);
    expect(brotliDecompressSync(compressed).toString()).toBe(plain);
  });

  test('has no file outside its folder, and none that is not there', async () => {
    expectProblem(await get('/admin/assets/nope.js'), 404, 'not_found');
    for (const path of ['/admin/assets/..%2f..%2fpackage.json', '/admin/assets/%2e%2e%2findex.html'])
      expect((await get(path)).status, path).toBeGreaterThanOrEqual(400);
  });

  test('takes no text as markup, and scripts and styles from this server only', async () => {
    const policy = (await get('/admin')).headers.get('content-security-policy') ?? '';
    for (const rule of [
      "script-src 'self'",
      "style-src 'self'",
      "require-trusted-types-for 'script'",
      "base-uri 'none'",
    ])
      expect(policy.split('; ')).toContain(rule);
    expect(policy).not.toMatch(/unsafe|nonce|'none' data/);
  });
});
