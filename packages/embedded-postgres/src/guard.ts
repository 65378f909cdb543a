import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Cluster } from './cluster.ts';
import { settingArguments } from './settings.ts';
import { settlesWithin } from './settles-within.ts';
import { errorCode } from './system-errors.ts';

// Standard input is the lease, a FIFO that the processes that use PostgreSQL hold open for writing. When the last of them
// closes it or ends, `read` returns and PostgreSQL gets the signal to stop. The signal is repeated, because PostgreSQL
// ignores it in the first moments of its start. The guard ignores the signals that a terminal or a service manager sends
// to a whole process group; PostgreSQL installs handlers of its own for all of them.
const GUARD = `
trap '' HUP INT QUIT TERM
signal=$1; shift
exec 3<&0
"$@" </dev/null >&2 3<&- &
postmaster=$!
echo "$postmaster"
{ read -r _ <&3; exec 3<&-; while kill -s "$signal" "$postmaster"; do sleep 1; done; } >/dev/null 2>&1 &
watcher=$!
wait "$postmaster"
kill -KILL "$watcher"
wait "$watcher" 2>/dev/null
exit 0`;

const LOG_LINES_KEPT = 20;

/** The shell process between this process and its PostgreSQL. */
export interface Guard {
  /** Resolves when the guard, and with it PostgreSQL, has exited. */
  readonly exited: Promise<void>;
  hasExited(): boolean;
  postmasterPid(): number;
  /** The last lines that PostgreSQL logged, with the reason if the guard did not start. */
  lastLogLines(): string;
  /** Sends a signal to PostgreSQL. */
  kill(signal: NodeJS.Signals): void;
}

/** Starts a guard, which runs PostgreSQL until nobody holds the lease. */
export function spawnGuard(cluster: Cluster, lease: number): Guard {
  const child = spawnShell(cluster, lease);
  const logLines: string[] = [];
  let postmasterPid = 0;
  let hasExited = false;
  onLines(child.stdout, (line) => (postmasterPid = Number(line)));
  onLines(child.stderr, (line) => {
    if (logLines.push(line) > LOG_LINES_KEPT) logLines.shift();
    cluster.log(line);
  });
  const exited = (async () => {
    const spawnError = await waitForExit(child);
    if (spawnError) logLines.push(spawnError);
    hasExited = true;
  })();
  // The guard does not keep this process alive. A process that ends without calling stop() releases its lease.
  child.unref();
  for (const stream of [child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref();
  return {
    exited,
    hasExited: () => hasExited,
    postmasterPid: () => postmasterPid,
    lastLogLines: () => logLines.join('\n'),
    kill: (signal) => signalGroup(child.pid, signal),
  };
}

function spawnShell(cluster: Cluster, lease: number): ChildProcess {
  const { account, binaries, dataDirectory, shutdown } = cluster;
  const command = [...account.prefix, binaries.postgres, '-D', dataDirectory, ...settingArguments(cluster)];
  const args = ['-c', GUARD, 'sh', shutdown === 'smart' ? 'TERM' : 'INT', ...command];
  return spawn('/bin/sh', args, {
    cwd: '/',
    env: binaries.environment,
    uid: account.uid,
    gid: account.gid,
    // A process group of its own: Ctrl-C in the terminal must not stop PostgreSQL before the processes that use it.
    detached: true,
    stdio: [lease, 'pipe', 'pipe'],
  });
}

function onLines(stream: Readable | null, onLine: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
}

/** Resolves when the guard has exited and its output is read, with a message if it could not be started. */
async function waitForExit(child: ChildProcess): Promise<string | undefined> {
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const spawnError = await new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(error.message)).on('exit', () => resolve(undefined));
  });
  // After a SIGKILL the backends hold the pipe open for a moment.
  await settlesWithin(closed, 200);
  return spawnError;
}

/** Signals the process group of the guard. The guard itself ignores all signals but SIGKILL. */
function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
