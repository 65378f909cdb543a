import { readFileSync } from 'node:fs';
import type { EmbeddedPostgres } from '@rubric/embedded-postgres';
import pg from 'pg';
import { openData, restore } from './data.ts';
import { runRound } from './load/round.ts';
import { cpuOf, cpuOfPostgres } from './load/usage.ts';
import { type Options, readOptions } from './options.ts';
import { printProgress } from './progress.ts';
import { takeSample } from './sample.ts';
import { createToken, type Server, startServer, stopServer } from './servers.ts';
import { requestsFor, type Workload, workloads } from './workloads.ts';

/**
 * Compares variants of Rubric by CPU time per request, in rounds that take turns. CPU time scatters less than requests
 * per second where other work shares the machine.
 *
 *     npm run compare -w bench -- --scale 0.1 --rounds 10 --only W1,W2 -- 'on' 'off PIPELINING=off' 'old MAIN=/path/server/dist/main.js'
 */
interface Variant {
  name: string;
  settings: Record<string, string>;
  main: string | undefined;
}

/** Microseconds of CPU per request. */
interface Cost {
  node: number;
  postgres: number;
  both: number;
  perSecond: number;
}

const [options, variants] = readArguments(process.argv.slice(2));
const postgres = await openData(options);
const servers: Server[] = [];
try {
  for (const variant of variants)
    servers.push(await startServer('rubric', { DATABASE_URL: postgres.connectionString }, variant));
  await compare(postgres);
} finally {
  await Promise.all(servers.map(stopServer));
  await postgres.stop();
}

function readArguments(args: string[]): [Options, Variant[]] {
  const end = args.indexOf('--');
  if (end < 0) throw new Error('The variants come after `--`: a name each, then settings.');
  const read = args.slice(end + 1).map((text) => {
    const [name = '', ...pairs] = text.split(' ');
    const { MAIN: main, ...settings } = Object.fromEntries(pairs.map((pair) => pair.split('='))) as Record<
      string,
      string
    >;
    return { name, settings, main };
  });
  return [readOptions(args.slice(0, end)), read];
}

async function compare({ connectionString, dataDirectory }: EmbeddedPostgres) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await restore(client, connectionString, options.scale);
    const token = createToken(connectionString);
    const sample = await takeSample(client, servers[0]?.port ?? 0, options.scale);
    const postmaster = Number.parseInt(readFileSync(`${dataDirectory}/postmaster.pid`, 'utf8'), 10);
    const count = { next: 0 };
    for (const workload of workloads(sample)) {
      if (options.only.length > 0 && !options.only.includes(workload.name)) continue;
      const costs = await measure(workload, { token, postmaster, count });
      for (const [index, { name }] of variants.entries())
        printProgress(row(workload.name, name, costs[index] ?? [], costs[0] ?? []));
    }
  } finally {
    await restore(client, connectionString, options.scale);
    await client.end();
  }
}

/** The first round of each variant warms it up. */
async function measure(
  workload: Workload,
  { token, postmaster, count }: { token: string; postmaster: number; count: { next: number } },
): Promise<Cost[][]> {
  const { connections, seconds, rounds } = options;
  const next = requestsFor(workload, { server: 'rubric', form: 'memory', token }, count);
  const costs: Cost[][] = variants.map(() => []);
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const [index, { port, pid }] of servers.entries()) {
      const before = [cpuOf(pid), cpuOfPostgres(postmaster)] as const;
      const { requests, perSecond } = await runRound({ port, connections, seconds, status: workload.status }, next);
      const node = ((cpuOf(pid) - before[0]) * 1000) / requests;
      const database = ((cpuOfPostgres(postmaster) - before[1]) * 1000) / requests;
      if (turn > 0) costs[index]?.push({ node, postgres: database, both: node + database, perSecond });
    }
  }
  return costs;
}

/** Medians; with quartiles for the sum, and for its ratio to the first variant's in the same turn. */
function row(workload: string, variant: string, costs: Cost[], first: Cost[]): string {
  const of = (what: keyof Cost) => costs.map((cost) => cost[what]);
  const ratios = costs.map(({ both }, turn) => both / (first[turn]?.both ?? 0));
  const cells = [
    median(of('node')),
    median(of('postgres')),
    spread(of('both'), 0),
    spread(ratios, 2),
    median(of('perSecond')),
  ];
  return `| ${[workload, variant, ...cells].join(' | ')} |`;
}

function median(values: number[]): string {
  return quantile(values, 0.5).toFixed(0);
}

function spread(values: number[], digits: number): string {
  const [middle, low, high] = [0.5, 0.25, 0.75].map((share) => quantile(values, share).toFixed(digits));
  return `${middle} (${low} to ${high})`;
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low = 0, high = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at % 1);
}
