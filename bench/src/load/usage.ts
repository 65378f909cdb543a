import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The unit of CPU times in /proc. */
const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Returns the CPU time of a process, in milliseconds. */
export const cpuOf = (pid: number): number => ticksOf(statOf(pid)) * TICK_MS;

/**
 * Returns the CPU time of PostgreSQL, in milliseconds: the postmaster, its running children (backends, writers), and its
 * exited children, whose sum the postmaster has.
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

/** Returns the peak resident memory of a process, in megabytes. */
export function peakMemory(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

const ticksOf = (stat: string[]) => Number(stat[11] ?? 0) + Number(stat[12] ?? 0);

/** Returns the fields of `/proc/<pid>/stat` from the third on: the second, a name, can contain spaces. Empty for a process that exited. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
