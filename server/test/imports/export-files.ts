import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { link, post } from './build-export.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rubric-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file in a new folder, which is deleted after the test. */
export function newFile(text: string, name = 'export.xml'): string {
  const file = join(newFolder(), name);
  writeFileSync(file, text);
  return file;
}

/** Returns posts in the category `boats`. */
export const manyPosts = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    post({ id: n + 1, links: [link('boats')], content: 'Knots and bends. '.repeat(20) }),
  );
