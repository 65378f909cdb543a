import type { ImportReport } from '../wordpress.service.ts';

/** The ledger for programs, piece by piece: of a large file it has a line for each of hundreds of thousands of things. */
export function* ledgerJson(file: string, dryRun: boolean, { site, sums, ledger }: ImportReport): Generator<string> {
  const { url, title, version } = site;
  const head = { file, status: dryRun ? 'rolled back' : 'imported', site: { url, title, version }, kinds: sums };
  yield JSON.stringify(head, null, 2).replace(/\n\}$/, ',\n  "entries": [');
  let separator = '\n';
  for (const what of ['skipped', 'updated', 'noted'] as const) {
    for (const group of ledger.groups(what)) {
      for (const entry of group.entries()) {
        yield `${separator}    ${JSON.stringify(entry)}`;
        separator = ',\n';
      }
    }
  }
  yield '\n  ]\n}';
}

/** What there is instead for a file that could not be imported. */
export function failureJson(file: string, error: string, line: number | null): string {
  return JSON.stringify({ file, status: 'failed', error, line }, null, 2);
}
