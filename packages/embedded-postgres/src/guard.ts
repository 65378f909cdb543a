import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { errorCode } from './binaries.ts';
import { leasePath, PORT, type Site } from './cluster.ts';

// Its standard input is the lease: a FIFO whose writers are the Rubric processes that use this PostgreSQL. When the last
// one closes it or dies, however it dies, `read` ends and PostgreSQL is told to stop: again and again, as one that is
// only just starting does not hear it. The guard ignores the signals that a terminal or a service manager sends to whole
// groups; PostgreSQL sets its own handlers for all of them.
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

const SETTINGS = {
  listen_addresses: '',
  max_connections: '100',
  // A quarter of a machine of 1 GB, by PostgreSQL's own rule of thumb; pages are only taken once they are used.
  shared_buffers: '256MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '[%p] ',
  // A refused insert is an ordinary answer here; its statement would put what people wrote into the log.
  log_min_error_statement: 'panic',
  // A killed command must not hold up the shutdown with the statement it was running.
  client_connection_check_interval: '2s',
};

/** Gives a lease up; harmless when called again. */
export type Release = () => void;

/** Becomes one more writer of the lease; undefined when no guard reads it. */
export function openLease(dataDirectory: string): Release | undefined {
  try {
    return releaseOf(openSync(leasePath(dataDirectory), constants.O_WRONLY | constants.O_NONBLOCK));
  } catch (error) {
    if (['ENXIO', 'ENOENT'].includes(errorCode(error))) return undefined;
    throw error;
  }
}

function releaseOf(descriptor: number): Release {
  let held = true;
  return () => {
    if (held) closeSync(descriptor);
    held = false;
  };
}

/** Opens both ends of the FIFO. Opened for both first, as opening one end alone waits for the other. */
export async function createLease({ dataDirectory, account }: Site): Promise<{ reader: number; release: Release }> {
  const path = leasePath(dataDirectory);
  // It is never removed, so that all processes mean the same one.
  const script = '[ -p "$1" ] || mkfifo -m 600 "$1" || [ -p "$1" ]';
  await promisify(execFile)('/bin/sh', ['-c', script, 'sh', path]).catch((cause: unknown) => {
    const reason = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    throw new Error(`PostgreSQL's lease, a FIFO in its data folder, cannot be made: ${reason}`, { cause });
  });
  if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
  const both = openSync(path, constants.O_RDWR);
  const reader = openSync(path, constants.O_RDONLY);
  const release = releaseOf(openSync(path, constants.O_WRONLY));
  closeSync(both);
  return { reader, release };
}

/** The shell between this process and its PostgreSQL. */
export interface Guard {
  readonly gone: Promise<void>;
  ended(): boolean;
  postmaster(): number;
  lastLines(): string;
  kill(signal: NodeJS.Signals): void;
}

/** Starts PostgreSQL, to live as long as the lease has writers. */
export function spawnGuard(site: Site, lease: number): Guard {
  const child = spawnShell(site, lease);
  const last: string[] = [];
  let postmaster = 0;
  let ended = false;
  onLines(child.stdout, (line) => (postmaster = Number(line)));
  onLines(child.stderr, (line) => {
    if (last.push(line) > 20) last.shift();
    site.log(line);
  });
  const gone = (async () => {
    const problem = await whenGone(child);
    if (problem) last.push(problem);
    ended = true;
  })();
  // A program that has nothing left to do may end without stop(): the guard then stops PostgreSQL.
  child.unref();
  for (const stream of [child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref();
  const kill = (signal: NodeJS.Signals): void => signalGroup(child.pid, signal);
  return { gone, ended: () => ended, postmaster: () => postmaster, lastLines: () => last.join('\n'), kill };
}

function spawnShell(site: Site, lease: number): ChildProcess {
  const { prefix, uid, gid } = site.account;
  const command = [...prefix, site.binaries.postgres, '-D', site.dataDirectory, ...settingsOf(site)];
  const options = { cwd: '/', env: site.binaries.environment, uid, gid };
  const words = ['-c', GUARD, 'sh', site.shutdown === 'smart' ? 'TERM' : 'INT', ...command];
  // Detached: Ctrl-C in the terminal must not end PostgreSQL before its users are done with it.
  return spawn('/bin/sh', words, { ...options, detached: true, stdio: [lease, 'pipe', 'pipe'] });
}

function settingsOf(site: Site): string[] {
  // A list of folders, where quotes keep a comma or a space inside one name.
  const unix_socket_directories = `"${site.socketDirectory.replaceAll('"', '""')}"`;
  const settings = { ...SETTINGS, ...site.settings, unix_socket_directories, port: String(PORT) };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function onLines(stream: Readable | null, onLine: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
}

/** Resolves when the guard has ended and its last words were read, with what kept it from starting, if anything did. */
async function whenGone(child: ChildProcess): Promise<string | undefined> {
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const problem = await new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(error.message)).on('exit', () => resolve(undefined));
  });
  // After a kill the sessions keep the pipe open for a moment longer.
  await settles(closed, 200);
  return problem;
}

/** To PostgreSQL, that is: the guard is in the same group, but ignores all of them except SIGKILL. */
function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/** Whether a promise resolves within the limit. */
export async function settles(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(limitMs, false, { signal: timer.signal }).catch(() => false);
  const settled = await Promise.race([promise.then(() => true), late]);
  timer.abort();
  return settled;
}
