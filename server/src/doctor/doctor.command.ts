import type { Command } from 'commander';
import { withDatabase } from '../cli/with-database.ts';
import { examine, type Finding } from './doctor.service.ts';

const DIFFERS = 1;

/** `rubric doctor`: is everything that is stored as it must be? */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Verify every count, link, slug and rule of the database; ends with 1 when anything differs')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) => doctor(json ?? false));
}

async function doctor(json: boolean) {
  const tell = (finding: Finding) => process.stdout.write(lines(finding));
  const findings = await withDatabase((db) => examine(db, json ? undefined : tell));
  if (json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  if (findings.some(({ differences }) => differences > 0)) process.exitCode = DIFFERS;
}

/** One line, and one more for each difference that is shown. */
function lines({ check, differences, first }: Finding): string {
  if (differences === 0) return `ok       ${check}\n`;
  const rest = differences > first.length ? [`and ${differences - first.length} more`] : [];
  return `DIFFERS  ${check}: ${differences}\n${[...first, ...rest].map((line) => `           ${line}\n`).join('')}`;
}
