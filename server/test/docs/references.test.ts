import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../process/processes.ts';
import { PAGES, readText } from './pages.ts';

/** The anchors that GitHub gives to the headings of a page. */
const anchorsOf = (page: string): string[] =>
  Array.from(readText(page).matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('Every relative link leads to a file, and to a heading of it', () => {
  test.for(PAGES)('in %s', (page) => {
    const targets = Array.from(readText(page).matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
    const broken = targets
      .filter((target) => !/^([a-z]+:|\/)/.test(target))
      .filter((target) => {
        const [path = '', anchor] = target.split('#', 2);
        const file = path === '' ? page : join(dirname(page), path);
        return !existsSync(join(ROOT, file)) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
      });
    expect(broken).toEqual([]);
  });
});

describe('Every source file that a page names exists', () => {
  const files = globSync('{.*,{server,bench,packages}/**/*}.{ts,js,sql}', {
    cwd: ROOT,
    exclude: ['**/node_modules', '**/dist'],
  });
  const names = new Set(files.map((file) => basename(file)));

  test.for(PAGES)('in %s', (page) => {
    const named = Array.from(readText(page).matchAll(/`([\w./-]+\.(?:ts|js|sql))`/g), ([, name = '']) => name);
    const missing = named.filter((name) =>
      name.includes('/')
        ? !['', 'server', 'server/src'].some((folder) => existsSync(join(ROOT, folder, name)))
        : !names.has(name),
    );
    expect(missing).toEqual([]);
  });
});

describe('The map of the code in README.md', () => {
  const lines =
    readText('README.md')
      .split(/^server\/src\/.*$/m, 2)[1]
      ?.split('\nserver/test', 1)[0] ?? '';
  const folders = Array.from(lines.matchAll(/^ {2}((?:[\w-]+\/ *)+)/gm), ([, names = '']) => names.trim().split(/ +/));

  test('names exactly the folders of server/src', () => {
    const existing = globSync('*/', { cwd: join(ROOT, 'server/src') }).map((folder) => `${folder.replace(/\/$/, '')}/`);
    expect(folders.flat().sort()).toEqual(existing.sort());
  });
});

test('README.md has at most 150 lines', () => {
  expect(readText('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});
