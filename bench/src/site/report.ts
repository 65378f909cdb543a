import { writeFileSync } from 'node:fs';
import { BENCH } from '../options.ts';
import { printProgress } from '../progress.ts';
import type { Results } from '../report/results.ts';
import { table } from '../report/table.ts';
import { type Measured, ROUNDS } from './measured.ts';

interface Run extends Pick<Results, 'date' | 'machine' | 'run'> {
  chromium: string;
  /** The load average of the minute before the run, and of the run. */
  load: { before: number; during: number };
}

/** Prints the table, and writes `SITE.md`. */
export function writeSite(measured: readonly Measured[], run: Run): void {
  const rows = measured.map(({ what, unit, limit, value, note }) => [
    what,
    `${limit.toLocaleString('en')} ${unit}`,
    `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ${unit}${note ? ` (${note})` : ''}`,
    value <= limit ? 'met' : '**missed**',
  ]);
  const result = table(['what', 'wanted', 'measured', ''], rows);
  process.stdout.write(`${result}\n`);
  writeFileSync(`${BENCH}SITE.md`, `# The speed of the admin site\n\n${intro(run)}\n\n${result}\n`);
  printProgress('wrote bench/SITE.md');
}

function intro({ date, machine, run, chromium, load }: Run): string {
  return `A database of ${run.articles.toLocaleString('en')} articles and 1,000 categories; the tree of 10,000 is in one of its own. ${date}, ${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB, Node ${machine.node}, PostgreSQL ${machine.postgres}, Chromium ${chromium} without a GPU and without waiting for the frames of a screen, all on one machine. The load average was ${load.before.toFixed(1)} before the run, all of it other work, and ${load.during.toFixed(1)} at its end. Medians of ${ROUNDS} visits, each by a browser that has never seen the site; from the click or key, or the beginning of the page, until the frame with the result, inside the page. Written by \`npm run site -w bench\`; do not edit.`;
}
