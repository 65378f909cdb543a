import { execFileSync } from 'node:child_process';

export interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** Lists all processes of the machine but zombies: init reaps the children of a killed process, which can take seconds. */
function listProcesses(): Process[] {
  const lines = execFileSync('ps', ['-axww', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  const matches = lines.map((line) => /^ *(\d+) +(\d+) +[^Z ]+ +(.*)$/.exec(line) ?? []);
  return matches.map(([, pid, parent, command = '']) => ({ pid: Number(pid), parent: Number(parent), command }));
}

/** Returns the processes that match, and all their descendants. */
export function processTrees(isRoot: (process: Process) => boolean): Process[] {
  const all = listProcesses();
  const tree = all.filter(isRoot);
  for (const { pid } of tree) tree.push(...all.filter((each) => each.parent === pid && !tree.includes(each)));
  return tree;
}

/** Returns the ids of the processes that have a directory in their command line, and of their descendants. */
export function pidsOn(directory: string): number[] {
  return processTrees(({ command }) => command.includes(directory)).map(({ pid }) => pid);
}

/** Returns those of the processes that have not ended. */
export function alivePids(pids: number[]): number[] {
  const alive = new Set(listProcesses().map(({ pid }) => pid));
  return pids.filter((pid) => alive.has(pid));
}
