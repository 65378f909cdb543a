import { SERVERS } from '../servers.ts';
import { type Flooded, renderFloods } from './floods.ts';
import type { Results } from './results.ts';
import { table } from './table.ts';
import type { Target } from './targets.ts';

/** Returns `RESULTS.md`, with the numbers of one run. */
export function renderMarkdown(
  results: Results,
  targets: Target[],
  { chart, notes, floods }: { chart: string; notes: string; floods: Flooded[] },
): string {
  const missed = targets.filter(({ met }) => !met);
  return `${[
    '# Results',
    `${intro(results)} Written by \`npm run bench\`; do not edit (notes go into NOTES.md).`,
    `![Requests per second](${chart})`,
    '## Requests per second',
    throughput(results),
    '## Latency and CPU',
    'Milliseconds at the load above. CPU: microseconds per request, of the server and of PostgreSQL.',
    costs(results),
    `Peak resident memory: ${SERVERS.map((name) => `${name} ${results.memory[name].toFixed(0)} MB`).join(', ')}.`,
    ...renderFloods(floods),
    '## Targets',
    table(
      ['target', 'wanted', 'measured', ''],
      targets.map(({ what, wanted, measured, met }) => [what, wanted, measured, met ? 'met' : '**missed**']),
    ),
    '## Missed targets, and why',
    missed.length === 0 ? 'Nothing.' : missed.map(explain).join('\n'),
    notes.trim(),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`;
}

function intro({ date, machine, run }: Results): string {
  const settings = Object.entries(machine.settings)
    .map(([name, value]) => `\`${name} = ${value}\``)
    .join(', ');
  return `${run.articles.toLocaleString('en')} articles of 2 kB, 1,000 categories, 3 links each. ${date}, ${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB, Node ${machine.node}, PostgreSQL ${machine.postgres} (${settings}), all on one machine, the load generator too. ${run.connections} connections, a pool of ${run.pool} for each server, medians of ${run.rounds} rounds of ${run.seconds} s in turns.`;
}

function throughput({ workloads, run }: Results): string {
  const rows = workloads.map(({ name, title, rubric, floor, textbook }) => [
    `${name} ${title}`,
    count(rubric.perSecond),
    `${count(floor.perSecond)} (${floor.form})`,
    `${count(textbook.perSecond)}${textbook.connections < run.connections ? ` (${textbook.connections} connections)` : ''}`,
    (rubric.perSecond / floor.perSecond).toFixed(2),
    `${count(rubric.perSecond / textbook.perSecond)}×`,
  ]);
  return table(['workload', 'rubric', 'floor', 'textbook', 'of floor', 'of textbook'], rows);
}

function costs({ workloads }: Results): string {
  const rows = workloads.flatMap(({ name, ...row }) =>
    SERVERS.map((server) => {
      const { p50, p99, serverCpu, databaseCpu } = row[server];
      return [name, server, p50.toFixed(2), p99.toFixed(2), serverCpu.toFixed(0), databaseCpu.toFixed(0)];
    }),
  );
  return table(['workload', 'server', 'p50', 'p99', 'CPU server', 'CPU PostgreSQL'], rows);
}

const explain = ({ what, wanted, measured, because }: Target) =>
  `- ${what}: ${measured}, wanted ${wanted}.${because ? ` ${because}` : ''}`;
const count = (value: number) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'));
