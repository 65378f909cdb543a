import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@rubric/embedded-postgres';
import { EMBEDDED_NAMES } from '../../../server/src/database/embedded.ts';
import { migrate } from '../../../server/src/database/migrate.ts';
import { cpuOfPostgres, peakMemory } from '../load/usage.ts';
import { BENCH } from '../options.ts';
import { printProgress } from '../progress.ts';
import { writeExport } from './write-export.ts';

/** Imports a WordPress export of 200 MB into an empty database, as `npx rubric import wordpress` does with `npm start`'s. */

const { values } = parseArgs({
  options: { posts: { type: 'string', default: '18000' }, bytes: { type: 'string', default: '10700' } },
});

const directory = mkdtempSync(join(tmpdir(), 'rubric-import-'));
const postgres = await startEmbeddedPostgres({ ...EMBEDDED_NAMES, directory: join(directory, 'data') });
try {
  await main();
} finally {
  await postgres.stop();
  rmSync(directory, { recursive: true });
}

async function main() {
  await migrate(postgres.connectionString);
  const file = join(directory, 'harbour.xml');
  const posts = Number(values.posts);
  const links = await writeExport(file, posts, Number(values.bytes));
  printProgress(`${(statSync(file).size / 1e6).toFixed(0)} MB, ${posts} posts, ${links} links`);

  const postmaster = Number.parseInt(readFileSync(`${postgres.dataDirectory}/postmaster.pid`, 'utf8'), 10);
  const [started, cpu] = [performance.now(), cpuOfPostgres(postmaster)];
  const child = spawn(process.execPath, [`${BENCH}../server/bin/rubric.js`, 'import', 'wordpress', file], {
    env: { ...process.env, DATABASE_URL: postgres.connectionString },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let memory = 0;
  const watch = setInterval(() => (memory = peakMemory(child.pid ?? 0)), 500);
  const [status] = await once(child, 'exit');
  clearInterval(watch);
  if (status !== 0) throw new Error(`The import ended with ${status}.`);
  const seconds = (performance.now() - started) / 1000;
  const database = (cpuOfPostgres(postmaster) - cpu) / 1000;
  printProgress(
    `${seconds.toFixed(0)} s; ${database.toFixed(0)} s of CPU in PostgreSQL; ${memory.toFixed(0)} MB of memory in Node`,
  );
}
