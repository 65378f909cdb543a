import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import type pg from 'pg';
import { SETTINGS } from '../data.ts';
import type { MeasuredWorkload } from '../measure.ts';
import type { Options } from '../options.ts';
import { articlesAt } from '../seed.ts';
import { POOL, type ServerName } from '../servers.ts';

export type MeasuredRow = { name: string; title: string; ofFloor: number | undefined } & MeasuredWorkload;

/** The results of one run, the content of `results.json`. */
export interface Results {
  date: string;
  machine: {
    cores: number;
    memoryGb: number;
    processor: string;
    node: string;
    postgres: string;
    settings: Record<string, string>;
  };
  run: { scale: number; articles: number; connections: number; seconds: number; rounds: number; pool: number };
  workloads: MeasuredRow[];
  /** The peak resident memory of each server, in megabytes. */
  memory: Record<ServerName, number>;
}

export async function describeMachine(
  client: pg.Client,
  options: Options,
): Promise<Pick<Results, 'date' | 'machine' | 'run'>> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  const { scale, connections, seconds, rounds } = options;
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cores: availableParallelism(),
      memoryGb: Math.round(totalmem() / 2 ** 30),
      processor: /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown',
      node: process.versions.node,
      postgres: rows[0]?.server_version ?? '',
      settings: SETTINGS,
    },
    run: { scale, articles: articlesAt(scale), connections, seconds, rounds, pool: POOL },
  };
}
