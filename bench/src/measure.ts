import { FORM_NAMES, type FormName } from './floor/forms.ts';
import { type Round, runRound } from './load/round.ts';
import { cpuOf, cpuOfPostgres } from './load/usage.ts';
import type { Options } from './options.ts';
import { printProgress } from './progress.ts';
import type { Server, ServerName } from './servers.ts';
import { requestsFor, type Workload } from './workloads.ts';

/** The result of a server on a workload: medians of its rounds. */
export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** CPU time of a request, in microseconds. */
  serverCpu: number;
  databaseCpu: number;
  connections: number;
  form?: FormName;
}
export type MeasuredWorkload = Record<ServerName, Measured>;

/** For requests that take longer than this, few connections keep both cores busy, and one round is enough. */
const SLOW_MS = 250;
const SLOW_CONNECTIONS = 4;
const WARM_UP_SECONDS = 1;

interface Runner {
  server: Server;
  form: FormName;
  next: () => string | Buffer;
  connections: number;
  rounds: (Round & { serverCpu: number; databaseCpu: number })[];
}

/** Measures a workload on all servers: after a warm-up, rounds take turns, so that other load on the machine affects all. */
export async function measure(
  workload: Workload,
  servers: Server[],
  {
    options,
    token,
    postmaster,
    count,
  }: { options: Options; token: string; postmaster: number; count: { next: number } },
): Promise<MeasuredWorkload> {
  const round = (runner: Runner, seconds: number) =>
    runRound(
      { port: runner.server.port, connections: runner.connections, seconds, status: workload.status },
      runner.next,
    );
  const prepare = (server: Server, form: FormName): Runner => {
    const next = requestsFor(workload, { server: server.name, form, token }, count);
    return { server, form, next, connections: options.connections, rounds: [] };
  };
  const runners: Runner[] = [];
  for (const server of servers) runners.push(await warm(server, prepare, round));
  for (let turn = 0; turn < options.rounds; turn += 1) {
    for (const runner of runners) {
      if (turn > 0 && runner.connections < options.connections) continue;
      const [server, database] = [cpuOf(runner.server.pid), cpuOfPostgres(postmaster)];
      const took = await round(runner, options.seconds);
      runner.rounds.push({
        ...took,
        serverCpu: ((cpuOf(runner.server.pid) - server) * 1000) / took.requests,
        databaseCpu: ((cpuOfPostgres(postmaster) - database) * 1000) / took.requests,
      });
    }
  }
  const measured = Object.fromEntries(
    runners.map((runner) => [runner.server.name, medians(runner)]),
  ) as unknown as MeasuredWorkload;
  printProgress(
    `${workload.name} ${workload.title}: ${Object.entries(measured)
      .map(([name, { perSecond }]) => `${name} ${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`)
      .join(', ')}`,
  );
  return measured;
}

/** Warms up plans, caches and compiled code. Selects the faster form of the floor, and fewer connections for slow requests. */
async function warm(
  server: Server,
  prepare: (server: Server, form: FormName) => Runner,
  round: (runner: Runner, seconds: number) => Promise<Round>,
): Promise<Runner> {
  const tried: { runner: Runner; perSecond: number }[] = [];
  for (const form of server.name === 'floor' ? FORM_NAMES : FORM_NAMES.slice(0, 1)) {
    const runner = prepare(server, form);
    const first = await round({ ...runner, connections: 1 }, 0.01);
    if (first.p50 > SLOW_MS) runner.connections = SLOW_CONNECTIONS;
    else await round(runner, WARM_UP_SECONDS);
    const { perSecond } = first.p50 > SLOW_MS ? first : await round(runner, WARM_UP_SECONDS);
    tried.push({ runner, perSecond });
  }
  return tried.reduce((best, each) => (each.perSecond > best.perSecond ? each : best)).runner;
}

function medians({ server, form, connections, rounds }: Runner): Measured {
  const median = (of: 'perSecond' | 'p50' | 'p99' | 'serverCpu' | 'databaseCpu') => {
    const values = rounds.map((round) => round[of]).sort((a, b) => a - b);
    const middle = values.length >> 1;
    const upper = values[middle] ?? 0;
    return values.length % 2 === 1 ? upper : (upper + (values[middle - 1] ?? 0)) / 2;
  };
  return {
    perSecond: median('perSecond'),
    p50: median('p50'),
    p99: median('p99'),
    serverCpu: median('serverCpu'),
    databaseCpu: median('databaseCpu'),
    connections,
    ...(server.name === 'floor' && { form }),
  };
}
