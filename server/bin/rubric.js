#!/usr/bin/env node
// Plain JavaScript, because npm links it before anything is built.
import { existsSync } from 'node:fs';

const program = new URL('../dist/cli.js', import.meta.url);
const major = Number.parseInt(process.versions.node, 10);

if (major < 26) {
  fail(
    `Rubric needs Node 26, but this is Node ${process.versions.node}. Run "npx rubric", which uses the Node installed with it.`,
  );
} else if (!existsSync(program)) {
  fail('Rubric is not built yet. Run "npm run build" first.');
} else {
  await import(program.href);
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
