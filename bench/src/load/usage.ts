import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in these. */
const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU time of a process until now, in milliseconds. */
export const cpuOf = (pid: number): number => ticksOf(statOf(pid)) * TICK_MS;

/**
 * CPU time of PostgreSQL until now, in milliseconds: the postmaster, all its children that live (backends, writers), and
 * those that ended, which it keeps the sum of.
 */
export function cpuOfPostgres(postmaster: number): number {
  const own = statOf(postmaster);
  let ticks = ticksOf(own) + Number(own[13]) + Number(own[14]);
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(Number(name));
    if (Number(stat[1]) === postmaster) ticks += ticksOf(stat);
  }
  return ticks * TICK_MS;
}

/** The most memory a process has had resident, in megabytes. */
export function peakMemory(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

const ticksOf = (stat: string[]) => Number(stat[11] ?? 0) + Number(stat[12] ?? 0);

/** The fields of `/proc/<pid>/stat` from the third on: the second, a name, may hold spaces. Empty when it has ended. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
