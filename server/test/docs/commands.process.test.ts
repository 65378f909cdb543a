import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from '../process/processes.ts';
import { tableRowsOf } from './pages.ts';

const run = promisify(execFile);

/** The part of a help text below a heading such as `Commands:`. */
const partOf = (help: string, heading: string) => help.split(`\n${heading}:\n`, 2)[1]?.split('\n\n', 1)[0] ?? '';

/** The commands below `words` that do work, each with its options, as `--help` lists them. */
async function listCommands(words: string[] = []): Promise<Record<string, string[]>> {
  const { stdout } = await run('node', ['server/bin/rubric.js', ...words, '--help'], { cwd: ROOT });
  const names = Array.from(partOf(stdout, 'Commands').matchAll(/^ {2}(\w+)/gm), ([, name = '']) => name);
  const options = Array.from(partOf(stdout, 'Options').matchAll(/^ {2}(--[\w-]+)/gm), ([, option = '']) => option);
  if (names.length === 0) return { [words.join(' ')]: options.sort() };
  const below = names.filter((name) => name !== 'help').map((name) => listCommands([...words, name]));
  return Object.assign({}, ...(await Promise.all(below)));
}

test('The table of docs/commands.md names exactly the commands of rubric and their options', async () => {
  const documented = tableRowsOf('docs/commands.md').flatMap(([command = '', does = '']) => {
    const [, words = ''] = /^`npx rubric ([a-z ]*[a-z])/.exec(command) ?? [];
    const options = Array.from(`${command} ${does}`.matchAll(/--[a-z-]+/g), ([option]) => option);
    return words === '' ? [] : [[words, options.sort()]];
  });
  expect(Object.fromEntries(documented)).toEqual(await listCommands());
});
