import type { Command } from 'commander';
import { withDatabase } from '../cli/with-database.ts';
import type { Finding } from './doctor.service.ts';

const EXIT_DIFFERENCES = 1;

/** Adds `rubric doctor`, which checks the invariants of the stored data. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Check every count, link, slug and rule of the database; exits with 1 on any difference')
    .option('--full', 'compare the search document of each article, not of 100,000 chosen at random')
    .option('--json', 'print JSON')
    .action(doctor);
}

async function doctor({ full: isFull = false, json }: { full?: boolean; json?: boolean }) {
  const { runChecks } = await import('./doctor.service.ts');
  const onFinding = (finding: Finding) => {
    showProgress('');
    if (!json) process.stdout.write(format(finding));
  };
  const onProgress = (check: string, done: number) => showProgress(`${Math.floor(100 * done)} %`.padEnd(9) + check);
  const findings = await withDatabase((db) => runChecks(db, { isFull, onFinding, onProgress }));
  if (json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  if (findings.some(({ differences }) => differences > 0)) process.exitCode = EXIT_DIFFERENCES;
}

/** Replaces the last line of a terminal. Writes nothing into a file or a pipe. */
function showProgress(line: string) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}

/** Formats one line for the check, and one for each difference that is shown. */
function format({ check, differences, first }: Finding): string {
  if (differences === 0) return `ok       ${check}\n`;
  const rest = differences > first.length ? [`and ${differences - first.length} more`] : [];
  return `DIFFERS  ${check}: ${differences}\n${[...first, ...rest].map((line) => `           ${line}\n`).join('')}`;
}
