import type { EntryGroup, ImportReport, ReportEntry, Totals } from './import-report.ts';
import { OUTCOMES } from './import-report.ts';
import { KINDS, type Kind } from './kinds.ts';

const LABELS: Record<Kind | 'file', string> = {
  authors: 'authors',
  categories: 'categories',
  tags: 'tags',
  otherTerms: 'other terms',
  termMeta: 'term metadata',
  posts: 'posts',
  categoryLinks: 'category links',
  tagLinks: 'tag links',
  otherLinks: 'other links',
  authorLinks: 'author links',
  addresses: 'old addresses',
  pages: 'pages',
  attachments: 'attachments',
  menuItems: 'menu items',
  otherItems: 'other items',
  comments: 'comments',
  customFields: 'custom fields',
  file: 'file',
};

const HEADINGS: Record<ReportEntry['what'], string> = {
  skipped: 'Skipped',
  updated: 'Updated',
  noted: 'Warnings',
};
const MAX_ENTRIES_PER_GROUP = 5;

/** Formats the import report as text: the totals of each kind in the file, then the entries grouped by reason. */
export function reportText(totals: Record<Kind, Totals>, report: ImportReport): string {
  const sections = (['skipped', 'updated', 'noted'] as const).flatMap((what) => {
    const groups = report.groups(what);
    return groups.length === 0 ? [] : [`\n${HEADINGS[what]}\n`, ...groups.map(groupText)];
  });
  return totalsText(totals) + sections.join('');
}

function totalsText(totals: Record<Kind, Totals>): string {
  const kinds = KINDS.filter((kind) => totals[kind].inFile > 0);
  const header = ['', 'in file', ...OUTCOMES.map((outcome, index) => `${index === 0 ? '=' : '+'} ${outcome}`)];
  const rows = kinds.map((kind) => {
    const { inFile } = totals[kind];
    return [LABELS[kind], String(inFile), ...OUTCOMES.map((outcome) => String(totals[kind][outcome]))];
  });
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const formatRow = (cells: string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [header, ...rows].map((cells) => `${formatRow(cells)}\n`).join('');
}

function groupText(group: EntryGroup): string {
  const { kind, reason, total, lines } = group;
  const entries = group
    .entries()
    .take(MAX_ENTRIES_PER_GROUP)
    .map(
      ({ line, detail, count }) =>
        `    line ${line}${count > 1 ? ` (${count})` : ''}${detail === null ? '' : `: ${detail}`}`,
    )
    .toArray();
  // Entries without details share one row.
  const areBare = entries.every((entry) => /^ +line \d+$/.test(entry));
  const rows = areBare ? [lineNumbers(lines.slice(0, MAX_ENTRIES_PER_GROUP))] : entries;
  if (lines.length > MAX_ENTRIES_PER_GROUP)
    rows.push(`    and ${lines.length - MAX_ENTRIES_PER_GROUP} more (see --json)`);
  const prefix = kind === 'file' ? '' : `${LABELS[kind]}: `;
  const suffix = total === 1 ? '' : ` (${total})`;
  return escapeControls(`  ${prefix}${reason}${suffix}\n${rows.join('\n')}\n`);
}

function lineNumbers(lines: readonly number[]): string {
  return `    ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`;
}

/** Escapes control and formatting characters, so a title in the report cannot control the terminal. */
export function escapeControls(text: string): string {
  return text.replace(
    /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
