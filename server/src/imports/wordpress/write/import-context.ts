import type { Survey } from '../plan/export-index.ts';
import type { Ledger } from '../report/import-report.ts';
import type { Note } from '../report/warnings.ts';

/** One import of one file, as all who write for it know it. */
export interface ImportRun {
  /** Names the site in `imported_rows`. */
  source: string;
  survey: Survey;
  ledger: Ledger;
  /** Whether tags become categories. */
  tags: boolean;
  now: Date;
}

export const NO_TAGS = 'left out by --tags skip';

/** Enters what is not quite as in the file. */
export function enterNotes(
  { ledger }: ImportRun,
  kind: Parameters<Ledger['note']>[0],
  { line, notes }: { line: number; notes: { all: Note[] } },
): void {
  for (const { reason, detail } of notes.all) ledger.note(kind, line, reason, detail);
}

export function byKey<Row extends { key: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.key, row]));
}
