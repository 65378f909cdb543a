import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from '../process/processes.ts';
import { readText } from './pages.ts';

const FOLDER = 'bench/src/textbook';
/** A link to a file of the textbook, and the block of code behind it. */
const SNIPPET = /\]\(\.\.\/bench\/src\/textbook\/([\w.-]+)\):\n\n```ts\n((?:(?!```).*\n)*)```/g;

test('docs/many-to-many.md shows every file of the textbook, whole and in order', () => {
  const shown: Record<string, string[]> = {};
  for (const [, file = '', code = ''] of readText('docs/many-to-many.md').matchAll(SNIPPET)) {
    (shown[file] ??= []).push(code);
  }
  const files = globSync('*.ts', { cwd: `${ROOT}${FOLDER}` });
  expect(Object.keys(shown).sort()).toEqual(files.sort());
  for (const file of files) expect(shown[file]?.join('\n'), file).toBe(readText(`${FOLDER}/${file}`));
});
