import type { Entry, EntryGroup, Kind, Ledger, Sums } from './import-report.ts';
import { KINDS, OUTCOMES } from './import-report.ts';

const NAMES: Record<Kind | 'file', string> = {
  authors: 'authors',
  categories: 'categories',
  tags: 'tags',
  otherTerms: 'other terms',
  posts: 'posts',
  categoryLinks: 'category links',
  tagLinks: 'tag links',
  otherLinks: 'other links',
  authorLinks: 'author links',
  pages: 'pages',
  attachments: 'attachments',
  menuItems: 'menu items',
  otherItems: 'other items',
  comments: 'comments',
  customFields: 'custom fields',
  file: 'file',
};

const HEADINGS: Record<Entry['what'], string> = {
  skipped: 'Skipped',
  updated: 'Updated',
  noted: 'Imported, though not quite as in the file',
};
const SHOWN = 5;

/** The ledger for people: the sums of each kind that the file holds, then what was skipped, changed or noted, and where. */
export function ledgerText(sums: Record<Kind, Sums>, ledger: Ledger): string {
  const lists = (['skipped', 'updated', 'noted'] as const).flatMap((what) => {
    const groups = ledger.groups(what);
    return groups.length === 0 ? [] : [`\n${HEADINGS[what]}\n`, ...groups.map(groupText)];
  });
  return sumsText(sums) + lists.join('');
}

function sumsText(sums: Record<Kind, Sums>): string {
  const kinds = KINDS.filter((kind) => sums[kind].inFile > 0);
  const header = ['', 'in file', ...OUTCOMES.map((outcome, place) => `${place === 0 ? '=' : '+'} ${outcome}`)];
  const rows = kinds.map((kind) => {
    const { inFile } = sums[kind];
    return [NAMES[kind], String(inFile), ...OUTCOMES.map((outcome) => String(sums[kind][outcome]))];
  });
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [header, ...rows].map((cells) => `${line(cells)}\n`).join('');
}

function groupText(group: EntryGroup): string {
  const { kind, reason, total, lines } = group;
  const first = group
    .entries()
    .take(SHOWN)
    .map(
      ({ line, detail, count }) =>
        `    line ${line}${count > 1 ? ` (${count})` : ''}${detail === null ? '' : `: ${detail}`}`,
    )
    .toArray();
  // A list of bare lines fits on one.
  const isBare = first.every((entry) => /^ +line \d+$/.test(entry));
  const where = isBare ? [`    line ${lines.slice(0, SHOWN).join(', ')}`] : first;
  if (lines.length > SHOWN) where.push(`    and ${lines.length - SHOWN} more, which --json lists`);
  const whose = kind === 'file' ? '' : `${NAMES[kind]}: `;
  const count = total === 1 ? '' : ` (${total})`;
  return printable(`  ${whose}${reason}${count}\n${where.join('\n')}\n`);
}

/** A title must not move the cursor of whoever reads the ledger. */
export function printable(text: string): string {
  return text.replace(
    /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
