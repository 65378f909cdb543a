import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../process/processes.ts';

const GENERATED = ['bench/RESULTS.md'];

/** The Markdown pages of the project that people write, relative to its root. */
export const PAGES = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md', 'bench/*.md'], { cwd: ROOT })
  .filter((page) => !GENERATED.includes(page))
  .sort();

export const readText = (path: string) => readFileSync(join(ROOT, path), 'utf8');

export interface Example {
  command: string;
  /** What the page says that the command prints. */
  output: string;
}

/** The shell blocks of a page that are followed by a block with their output, with nothing but blank lines between. */
export const examplesOf = (page: string): Example[] =>
  Array.from(
    readText(page).matchAll(/^```sh\n((?:(?!```).*\n)*)```\n+```(?:text|json)\n((?:(?!```).*\n)*)```$/gm),
    ([, command = '', output = '']) => ({ command: command.trimEnd(), output }),
  );

/** The cells of the tables of a page, row by row. */
export const tableRowsOf = (page: string): string[][] =>
  Array.from(readText(page).matchAll(/^\| (.+) \|$/gm), ([, row = '']) => row.split(' | '));
