import type { Command } from 'commander';
import { withDatabase } from '../cli/with-database.ts';
import type { Finding } from './doctor.service.ts';

const EXIT_DIFFERENCES = 1;

/** `rubric doctor`: checks the stored data against the invariants. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Check every count, link, slug and rule of the database; exits with 1 on any difference')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: boolean }) => doctor(json ?? false));
}

async function doctor(json: boolean) {
  const { runChecks } = await import('./doctor.service.ts');
  const print = (finding: Finding) => process.stdout.write(format(finding));
  const findings = await withDatabase((db) => runChecks(db, json ? undefined : print));
  if (json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  if (findings.some(({ differences }) => differences > 0)) process.exitCode = EXIT_DIFFERENCES;
}

/** Formats one line for the check, and one for each difference that is shown. */
function format({ check, differences, first }: Finding): string {
  if (differences === 0) return `ok       ${check}\n`;
  const rest = differences > first.length ? [`and ${differences - first.length} more`] : [];
  return `DIFFERS  ${check}: ${differences}\n${[...first, ...rest].map((line) => `           ${line}\n`).join('')}`;
}
