import { spawnSync } from 'node:child_process';
import { ROOT } from './processes.ts';

/**
 * Builds once for the entire run, because process tests start the built server. Later builds by `npm start` find nothing
 * changed and write nothing, so they do not disturb servers that start at the same time. Type errors do not stop the build,
 * so they do not stop the other tests.
 */
export default function setup() {
  spawnSync('npm', ['run', '-s', 'build'], { cwd: ROOT, stdio: 'inherit' });
}
