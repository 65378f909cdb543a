#!/usr/bin/env node
// Plain JavaScript and committed, so that npm finds it to link before anything is built.
import { existsSync } from 'node:fs';

const program = new URL('../dist/cli.js', import.meta.url);
const major = Number.parseInt(process.versions.node, 10);

if (major < 26) {
  refuse(
    `Rubric needs Node 26 and this is Node ${process.versions.node}: run "npx rubric", which uses the one installed with it.`,
  );
} else if (!existsSync(program)) {
  refuse('Rubric is not built yet: run "npm run build" first.');
} else {
  await import(program.href);
}

/** @param {string} sentence */
function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
