import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useServer } from '../harness/server.ts';
import { ROOT } from '../process/processes.ts';

const run = promisify(execFile);
const PACKAGE = join(ROOT, 'generated-client');
const COMPILER_OPTIONS =
  '--strict --noEmit --noUncheckedIndexedAccess --module esnext --moduleResolution bundler --target es2022 --lib es2023,dom,dom.iterable';

let folder: string;
const program = () => join(folder, 'program.ts');

/** Generates the client from openapi.json beside a copy of the program that uses it. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rubric-client-'));
  copyFileSync(join(PACKAGE, 'program.ts'), program());
  const output = ['--output', join(folder, 'client'), '--no-log-file'];
  await run(join(PACKAGE, 'node_modules/.bin/openapi-ts'), ['--input', join(ROOT, 'server/openapi.json'), ...output]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('A client that hey-api generates from openapi.json', () => {
  test('compiles under strict, with a program that uses neither `!` nor `as`', async () => {
    const source = readFileSync(program(), 'utf8').replace(/\/\*[^]*?\*\//g, '');
    expect(source).not.toMatch(/\bas\s|[\w)\]]![^=]|:\s*any\b/);
    const compiled = run(join(ROOT, 'node_modules/.bin/tsc'), [...COMPILER_OPTIONS.split(' '), program()], {
      cwd: folder,
    });
    expect(await compiled.catch(({ stdout }: { stdout: string }) => ({ stdout }))).toMatchObject({ stdout: '' });
  });

  describe('and a server', () => {
    const server = useServer();
    let client: Record<string, (...values: unknown[]) => Promise<unknown>>;
    let ids: unknown[];

    beforeAll(async () => {
      client = await import(program());
      const { body } = await server.as.admin.post('/tokens', { name: 'front end', role: 'editor', accountId: null });
      await client['connect']?.(server.url, body.token);
      const food = await client['newCategory']?.('Food');
      ids = [food, await client['newCategory']?.('Bread', food), await client['newCategory']?.('Travel')];
      await client['publish']?.('Rye', ids.slice(0, 2));
      await client['publish']?.('Soup', ids.slice(0, 1));
      await client['publish']?.('Trains', ids.slice(2));
    });

    test('list articles with two categories in a filter: 200', async () => {
      const titles = ['Rye, revised in Food,Bread', 'Trains, revised in Travel'];
      expect(await client['listedIn']?.(ids.slice(1))).toEqual({ status: 200, titles, total: 2 });
      expect(await client['listedIn']?.(['bread', 'travel'])).toEqual({ status: 200, titles, total: 2 });
      expect(await client['listedIn']?.(['not a slug'])).toMatchObject({ total: 0 });
    });

    test('tell the tree from a page of categories', async () => {
      expect(await client['outline']?.()).toBe('Food\n  Bread\nTravel');
      expect(await client['firstCategories']?.(2)).toEqual({ names: ['Food', 'Bread'], hasMore: true });
    });

    test('read a category with its articles, or learn that there is none', async () => {
      const year = new Date().getUTCFullYear();
      expect(await client['headlines']?.('bread')).toEqual([`${year} Rye, revised`]);
      expect(await client['headlines']?.('cake')).toEqual([]);
    });

    test('learn from the problem that a version is stale', async () => {
      const article = { id: 1, version: 2 };
      expect(await client['updateStale']?.(article)).toBe('412: The current version is 2.');
      expect(await client['updateStale']?.({ id: 'x', version: 2 })).toMatch(/^\/id: The field id must be an id/);
    });
  });
});
