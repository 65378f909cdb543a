import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newDatabaseSettings, newDataFolder, ROOT, run, startServer } from '../process/processes.ts';
import { commandsOf, PAGES, readText, withOutputs } from './pages.ts';

const pages = PAGES.map((page) => ({ page, commands: commandsOf(page) })).filter(({ commands }) => commands.length > 0);

test('README.md and docs/tour.md have examples', () => {
  const count = (name: string) => pages.find(({ page }) => page === name)?.commands.length ?? 0;
  expect(count('README.md')).toBeGreaterThanOrEqual(7);
  expect(count('docs/tour.md')).toBeGreaterThanOrEqual(20);
});

describe('Every call of an example is in openapi.json, with its parameters', () => {
  interface Operation {
    parameters?: { name: string; in: string }[];
  }
  const { paths } = JSON.parse(readText('server/openapi.json')) as { paths: Record<string, Record<string, Operation>> };
  // A command ends with a line that neither a pipe nor a backslash continues.
  const lines = pages.flatMap(({ commands }) => commands.flatMap((command) => command.split(/(?<![|\\])\n/)));
  const calls = lines.flatMap((command) => {
    const [, path = '', query = ''] = /"\$API(\/[^"?]*)(?:\?([^"]*))?"/.exec(command) ?? [];
    const method = /-X (\w+)/.exec(command)?.[1] ?? (/ -d /.test(command) ? 'POST' : 'GET');
    return path === ''
      ? []
      : [{ method, path, names: Array.from(query.matchAll(/(?:^|&)([^=&]+)=/g), ([, name]) => name) }];
  });

  test('there are many', () => {
    expect(calls.length).toBeGreaterThan(20);
  });

  test.for(calls)('$method $path', ({ method, path, names }) => {
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

/** The server of the pages: `npm start` prints what this one printed. */
const ORIGIN = 'http://127.0.0.1:3000';
const DATA_FOLDER = '/home/you/rubric/.rubric';
/** An import shows its progress on standard error, which a terminal does not keep. */
const PROGRESS = /^\S+\.xml: (\d|reading|waiting|writing).*\n/gm;
const END_OF_EXAMPLE = '--- end of example ---';

/** Runs the commands one after the other in one shell, with a server on an empty database. Returns what each printed. */
async function runInShell(commands: string[]): Promise<string[]> {
  // The embedded PostgreSQL takes seconds to start: only where the page shows its address.
  const folder = commands.includes('npm start') ? newDataFolder() : undefined;
  const settings = folder === undefined ? await newDatabaseSettings() : { RUBRIC_DATA: folder };
  const server = await startServer(settings);
  const script = commands
    .map((command) => (command === 'npm start' ? `printf '%s' "$STARTED"` : command.replaceAll(ORIGIN, server.origin)))
    .map((command) => `${command}\nprintf '%s' '${END_OF_EXAMPLE}'`)
    .join('\n');
  const { stdout } = await run('sh', ['-c', `exec 2>&1\n${script}`], { ...settings, STARTED: server.output() });
  return stdout
    .replaceAll(server.origin, ORIGIN)
    .replaceAll(folder ?? DATA_FOLDER, DATA_FOLDER)
    .split(END_OF_EXAMPLE)
    .slice(0, -1)
    .map((output) => output.replace(PROGRESS, ''));
}

const hasTools = spawnSync('sh', ['-c', 'command -v curl && command -v jq']).status === 0;

/** `npx vitest run test/docs/examples.process.test.ts -u` writes the outputs into the pages. */
describe.skipIf(!hasTools)('Every example prints what its page says (needs curl and jq)', () => {
  test.for(pages)('in $page', async ({ page, commands }) => {
    await expect(withOutputs(page, await runInShell(commands))).toMatchFileSnapshot(join(ROOT, page));
  });
});
