import type { ImportResult } from './import-result.ts';

/** Yields the import report as JSON in chunks: for a large file it has hundreds of thousands of entries. */
export function* reportJson(
  file: string,
  isDryRun: boolean,
  { site, totals, report }: ImportResult,
): Generator<string> {
  const { url, title, version } = site;
  const head = { file, status: isDryRun ? 'rolled back' : 'imported', site: { url, title, version }, kinds: totals };
  yield JSON.stringify(head, null, 2).replace(/\n\}$/, ',\n  "entries": [');
  let separator = '\n';
  for (const what of ['skipped', 'updated', 'noted'] as const) {
    for (const group of report.groups(what)) {
      for (const entry of group.entries()) {
        yield `${separator}    ${JSON.stringify(entry)}`;
        separator = ',\n';
      }
    }
  }
  yield '\n  ]\n}';
}

/** Returns the JSON of a file that could not be imported. */
export function failureJson(file: string, error: string, line: number | null): string {
  return JSON.stringify({ file, status: 'failed', error, line }, null, 2);
}
