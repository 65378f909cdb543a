import { readFileSync } from 'node:fs';
import type { EmbeddedPostgres } from '@rubric/embedded-postgres';
import pg from 'pg';
import { comparisonUrl, copyUpdatable } from './comparison-databases.ts';
import { hasSearch, openData, restore } from './data.ts';
import { peakMemory } from './load/usage.ts';
import { type MeasuredWorkload, measure } from './measure.ts';
import { type Options, readOptions } from './options.ts';
import { printProgress } from './progress.ts';
import { writeReport } from './report/report.ts';
import { describeMachine, type MeasuredRow, type Results } from './report/results.ts';
import { takeSample } from './sample.ts';
import { createToken, SERVERS, type Server, type ServerName, startServer, stopServer } from './servers.ts';
import { verify } from './verify.ts';
import { workloads } from './workloads.ts';

await main(readOptions(process.argv.slice(2)));

async function main(options: Options) {
  const started = performance.now();
  const postgres = await openData(options);
  const servers: Server[] = [];
  try {
    for (const name of SERVERS) servers.push(await startServer(name, { DATABASE_URL: urlOf(name, postgres) }));
    writeReport(await run(options, postgres, servers), options);
  } finally {
    await Promise.all(servers.map(stopServer));
    await postgres.stop();
    printProgress(`${((performance.now() - started) / 60_000).toFixed(1)} minutes`);
  }
}

async function run(
  options: Options,
  { connectionString, dataDirectory }: EmbeddedPostgres,
  servers: Server[],
): Promise<Results> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await restore(client, connectionString, options.scale);
    const token = createToken(connectionString);
    const sample = await takeSample(client, servers[0]?.port ?? 0, options.scale);
    await waitForCounts(client);
    await copyUpdatable(client, connectionString, options.scale);
    const postmaster = Number.parseInt(readFileSync(`${dataDirectory}/postmaster.pid`, 'utf8'), 10);
    const context = { options, token, postmaster, count: { next: 0 } };
    const rows: MeasuredRow[] = [];
    const chosen = workloads(sample).filter(({ name }) => isSelected(name, options));
    // Reads first: after writes, the rows of the other databases differ from Rubric's.
    for (const workload of [...chosen.filter(({ writes }) => !writes), ...chosen.filter(({ writes }) => writes)]) {
      if (!workload.writes) await verify(workload, servers, token);
      await waitForCounts(client);
      const measured: MeasuredWorkload = await measure(workload, servers, context);
      const { name, title, ofFloor } = workload;
      rows.push({ name, title, ofFloor, ...measured });
    }
    const memory = Object.fromEntries(servers.map(({ name, pid }) => [name, peakMemory(pid)])) as Results['memory'];
    const inOrder = chosen.flatMap(({ name }) => rows.filter((row) => row.name === name));
    return { ...(await describeMachine(client, options)), workloads: inOrder, memory };
  } finally {
    await restore(client, connectionString, options.scale);
    await client.end();
  }
}

function urlOf(name: ServerName, { connectionString }: EmbeddedPostgres): string {
  return name === 'rubric' ? connectionString : comparisonUrl(connectionString, name);
}

function isSelected(name: string, { only, scale }: Options): boolean {
  return (only.length === 0 || only.includes(name)) && (name !== 'W11' || hasSearch(scale));
}

/** Waits until the counts of all writes are added up, which Rubric does once a second. */
async function waitForCounts(client: pg.Client) {
  for (;;) {
    const { rowCount } = await client.query('select from category_count_deltas where effective_at <= now() limit 1');
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
