import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SETTINGS } from '../src/config.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const readme = read('README.md');

/** The text below a heading, to the next one of its level or above. */
function section(title: string): string {
  const [, level = '', rest = ''] = new RegExp(`^(#+) ${title}$([^]*)`, 'm').exec(readme) ?? [];
  return rest.split(new RegExp(`^#{1,${level.length}} `, 'm'), 1)[0] ?? '';
}

describe('The configuration table of the README', () => {
  const rows = section('Configuration').matchAll(/^\| `([^`]+)` \| (?:`([^`]*)`|none) \| (.+) \|$/gm);
  const documented = Object.fromEntries(Array.from(rows, ([, name, value, meaning]) => [name, { value, meaning }]));

  test('names exactly the settings that there are', () => {
    expect(Object.keys(documented)).toEqual(Object.keys(SETTINGS));
  });

  test('gives their defaults', () => {
    const defaults = z.object(SETTINGS).parse({});
    for (const [name, { value }] of Object.entries(documented)) {
      const actual = defaults[name as keyof typeof SETTINGS];
      expect(value, name).toBe(actual === undefined ? undefined : String(actual));
    }
  });

  test('says what they mean', () => {
    for (const [name, { meaning }] of Object.entries(documented)) expect(meaning, name).toMatch(/^.{10,}\.$/);
  });
});

/** Written by `npm run bench`, which takes hours. */
const WRITTEN_LATER = ['bench/RESULTS.md', 'bench/chart.svg'];

describe('A relative link leads to a file', () => {
  test.for(['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: ROOT })])('in %s', (document) => {
    const links = Array.from(read(document).matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
    const files = links
      .filter((target) => !/^([a-z]+:|#|\/)/.test(target))
      .map((target) => join(dirname(document), target.split('#', 1)[0] ?? ''));
    expect(files.filter((file) => !WRITTEN_LATER.includes(file) && !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

describe('The tour of the README', () => {
  const tour = section('A tour in five minutes');
  const { paths } = JSON.parse(read('server/openapi.json')) as {
    paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
  };
  const calls = Array.from(tour.matchAll(/"\$API(\/[^"?]*)(?:\?([^"]*))?"/g), ([, path = '', query = '']) => ({
    path,
    parameters: Array.from(query.matchAll(/(?:^|&)([^=&]+)=/g), ([, name]) => name),
  }));
  const operationsAt = (path: string) =>
    Object.entries(paths)
      .filter(([template]) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path))
      .flatMap(([, operations]) => Object.values(operations));

  test('shows many calls', () => {
    expect(calls.length).toBeGreaterThan(15);
  });

  test.for(calls)('calls $path as openapi.json documents it', ({ path, parameters }) => {
    expect(operationsAt(path), path).not.toEqual([]);
    const known = operationsAt(path).flatMap((operation) => operation.parameters ?? []);
    expect(known.filter((parameter) => parameter.in === 'query').map(({ name }) => name)).toEqual(
      expect.arrayContaining(parameters),
    );
  });
});
