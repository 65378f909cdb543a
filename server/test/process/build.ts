import { spawnSync } from 'node:child_process';
import { ROOT } from './processes.ts';

/**
 * Builds once for the whole run: process tests start what `npm start` starts. A build that finds nothing changed writes
 * nothing, so that the ones that `npm start` does are harmless to servers that start at the same time. It also writes
 * what has errors of type, which must not stop the other tests.
 */
export default function setup() {
  spawnSync('npm', ['run', '-s', 'build'], { cwd: ROOT, stdio: 'inherit' });
}
