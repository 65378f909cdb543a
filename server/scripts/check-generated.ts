import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Fails when generating again changes a committed file, or when the tables in the code are not those that the migrations
 * make. Compares the files as they lie there, so that it says the same before and after a commit.
 */

const cwd = fileURLToPath(new URL('..', import.meta.url));
const GENERATED = ['openapi.json', 'schema.sql', 'src/**/*.queries.sql'];

const contents = () => new Map(globSync(GENERATED, { cwd }).map((file) => [file, readFileSync(cwd + file, 'utf8')]));

const before = contents();
const { status } = spawnSync('npm', ['run', '-s', 'generate'], { cwd, stdio: 'inherit' });
if (status !== 0) complain('npm run generate failed.');
const after = contents();
const stale = [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file));
for (const file of stale.toSorted()) complain(`server/${file} was not up to date; it is now.`);

// What it would write, without writing it: a migration wants a name.
const drift = spawnSync('drizzle-kit', ['generate', '--explain', '--output', 'json'], { cwd, encoding: 'utf8' });
if (!drift.stdout.includes('"status":"no_changes"')) {
  complain('src/database/schema/ differs from the migrations: npm run migration -w server NAME writes the next one.');
  complain(drift.stdout + drift.stderr);
}

function complain(sentence: string) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
