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
  const documented = Array.from(rows, ([, name = '', value, meaning]) => ({ name, value, meaning }));

  test('names exactly the settings that there are', () => {
    expect(documented.map(({ name }) => name)).toEqual(Object.keys(SETTINGS));
  });

  test('gives their defaults', () => {
    const defaults = z.object(SETTINGS).parse({});
    for (const { name, value } of documented) {
      const actual = defaults[name as keyof typeof SETTINGS];
      expect(value, name).toBe(actual === undefined ? undefined : String(actual));
    }
  });

  test('says what they mean', () => {
    for (const { name, meaning } of documented) expect(meaning, name).toMatch(/^.{10,}\.$/);
  });
});

describe('A relative link leads to a file', () => {
  test.for(['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: ROOT })])('in %s', (document) => {
    const links = Array.from(read(document).matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
    const files = links
      .filter((target) => !/^([a-z]+:|#|\/)/.test(target))
      .map((target) => join(dirname(document), target.split('#', 1)[0] ?? ''));
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

interface Operation {
  parameters?: { name: string; in: string }[];
}

describe('The tour of the README', () => {
  const { paths } = JSON.parse(read('server/openapi.json')) as { paths: Record<string, Record<string, Operation>> };
  // A command ends with a line that neither a pipe nor a backslash continues.
  const commands = Array.from(section('A tour in five minutes').matchAll(/^```sh\n([^]*?)^```$/gm), ([, block = '']) =>
    block.split(/(?<![|\\])\n/),
  ).flat();
  const calls = commands.flatMap((command) => {
    const [, path = '', query = ''] = /"\$API(\/[^"?]*)(?:\?([^"]*))?"/.exec(command) ?? [];
    const method = /-X (\w+)/.exec(command)?.[1] ?? (/ -d /.test(command) ? 'POST' : 'GET');
    return path === ''
      ? []
      : [{ method, path, names: Array.from(query.matchAll(/(?:^|&)([^=&]+)=/g), ([, name]) => name) }];
  });

  test('shows many calls', () => {
    expect(calls.length).toBeGreaterThan(15);
  });

  test.for(calls)('$method $path is in openapi.json', ({ method, path, names }) => {
    const operations = Object.entries(paths)
      .filter(([template]) =>
        path in paths ? template === path : new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
      )
      .flatMap(([, operation]) => operation[method.toLowerCase()] ?? []);
    expect(operations).toHaveLength(1);
    const known = operations
      .flatMap(({ parameters = [] }) => parameters)
      .filter((parameter) => parameter.in === 'query');
    expect(known.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });
});
