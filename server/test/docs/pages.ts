import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../process/processes.ts';

const GENERATED = ['bench/RESULTS.md', 'bench/SITE.md'];

/** The Markdown pages of the project that people write, relative to its root. */
export const PAGES = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md', 'bench/*.md'], { cwd: ROOT })
  .filter((page) => !GENERATED.includes(page))
  .sort();

export const readText = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** A shell block that is followed by a block with its output, with nothing but blank lines between. */
const EXAMPLE = /^(```sh\n((?:(?!```).*\n)*)```\n+```(?:text|json)\n)((?:(?!```).*\n)*)(?=```$)/gm;

/** The commands of the examples of a page, in order. */
export const commandsOf = (page: string): string[] =>
  Array.from(readText(page).matchAll(EXAMPLE), ([, , command = '']) => command.trimEnd());

/** The text of a page with other outputs in the place of its own. Outputs that differ by their cursors only stay. */
export function withOutputs(page: string, outputs: string[]): string {
  let index = 0;
  return readText(page).replace(EXAMPLE, (_, head: string, _command: string, documented: string) => {
    const output = outputs[index++] ?? '';
    return head + (withoutCursors(output) === withoutCursors(documented) ? documented : output);
  });
}

/** Cursors depend on the day, because the demo is dated relative to it; the code for the first account is random. */
const withoutCursors = (output: string) =>
  output.replace(/"(next|previous)":"[\w-]+"/g, '"$1":"…"').replace(/with the code [\w-]+/, 'with the code …');

/** The cells of the tables of a page, row by row. */
export const tableRowsOf = (page: string): string[][] =>
  Array.from(readText(page).matchAll(/^\| (.+) \|$/gm), ([, row = '']) => row.split(' | '));
