import type { ExportIndex } from '../plan/export-index.ts';
import type { Warning } from '../plan/warnings.ts';
import type { ImportReport } from '../report/import-report.ts';

/** What the writers of one import share. */
export interface ImportContext {
  /** Identifies the site in `imported_rows`. */
  source: string;
  exportIndex: ExportIndex;
  report: ImportReport;
  /** Whether tags become categories. */
  importTags: boolean;
  /** The most categories that a request can give an article. */
  maxIds: number;
  now: Date;
}

export const TAGS_SKIPPED = 'skipped by --tags skip';

/** Adds the warnings of a planned object to the import report. */
export function reportWarnings(
  { report }: ImportContext,
  kind: Parameters<ImportReport['warn']>[0],
  { line, warnings }: { line: number; warnings: { all: Warning[] } },
): void {
  for (const { reason, detail } of warnings.all) report.warn(kind, line, reason, detail);
}

export function mapByKey<Row extends { key: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.key, row]));
}
