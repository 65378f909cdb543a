import type { Node } from 'prosemirror-model';
import { writeInlineMarkdown } from './write-inline.ts';

/** `compact`: one blank around each cell. `aligned`: cells are filled up, so that the columns stand below each other. */
type TableStyle = 'compact' | 'aligned' | 'aligned-full';
const STYLES: TableStyle[] = ['compact', 'aligned', 'aligned-full'];

/** Finds the style in which a table is written, so that a changed cell leaves the others as they are. */
export function styleOfTable(table: Node, source: string): Node {
  const style = STYLES.find((each) => writeTable(table, each, false) === source) ?? 'compact';
  return table.type.create({ ...table.attrs, style }, table.content);
}

/** Writes a table of GitHub. Its first row is the head, also where the editor shows it as another. */
export function writeTable(table: Node, style: TableStyle = table.attrs['style'], escape: boolean): string {
  const rows = table.children.map((row) =>
    row.children.map((cell) =>
      cell.children
        .map((paragraph) => writeInlineMarkdown(paragraph, { escape }).replace(/\s*\n/g, ' '))
        .join(' ')
        .replace(/(?<!\\)\|/g, '\\|'),
    ),
  );
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    style === 'compact' ? 0 : Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `|${widths.map((width, column) => ` ${(cells[column] ?? '').padEnd(width)} `).join('|')}|`;
  const [head = [], ...body] = rows;
  return [line(head), delimiterOf(table, widths, style), ...body.map(line)].join('\n');
}

function delimiterOf(table: Node, widths: readonly number[], style: TableStyle): string {
  const old = (table.attrs['delimiter'] as string).trim();
  const cells = old.replace(/^\||\|$/g, '').split('|');
  if (style === 'compact' && old !== '' && cells.length === widths.length) return old;
  const blank = style === 'aligned-full' ? '' : ' ';
  const filled = widths.map((width, column) => {
    const [, left = '', right = ''] = /^\s*(:?)-+(:?)\s*$/.exec(cells[column] ?? '') ?? [];
    const dashes = Math.max(3, width + (blank === '' ? 2 : 0)) - left.length - right.length;
    return `${blank}${left}${'-'.repeat(dashes)}${right}${blank}`;
  });
  return `|${filled.join('|')}|`;
}
