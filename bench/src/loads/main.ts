import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startEmbeddedPostgres } from '@rubric/embedded-postgres';
import pg from 'pg';
import { EMBEDDED_NAMES } from '../../../server/src/database/embedded.ts';
import { migrate } from '../../../server/src/database/migrate.ts';
import { SETTINGS } from '../data.ts';
import { printProgress } from '../progress.ts';
import { expensiveRequests } from './expensive-requests.ts';
import { fill } from './fill.ts';
import { isLoadName, LOADS } from './shapes.ts';

/** Fills a folder with the database of a load, for measurements by hand. */

/** Less is written to the log. An interrupted run leaves nothing: the rows are written in one transaction. */
const LOAD_SETTINGS = { ...SETTINGS, wal_level: 'minimal', max_wal_senders: '0', autovacuum: 'off' };

await main(process.argv.slice(2));

async function main([name, folder]: string[]) {
  if (!isLoadName(name) || folder === undefined) {
    throw new Error(`Usage: npm run load -w bench -- ${Object.keys(LOADS).join('|')} FOLDER`);
  }
  // npm runs the script in the folder of this package.
  const directory = resolve(process.env['INIT_CWD'] ?? '.', folder);
  const postgres = await startEmbeddedPostgres({
    ...EMBEDDED_NAMES,
    directory,
    settings: LOAD_SETTINGS,
  });
  try {
    if (!postgres.isOwner) throw new Error(`Another process runs PostgreSQL on ${directory}.`);
    await migrate(postgres.connectionString);
    const client = new pg.Client({ connectionString: postgres.connectionString });
    await client.connect();
    try {
      const { rowCount } = await client.query('select from articles limit 1');
      if (rowCount !== 0) throw new Error(`${directory} has articles already.`);
      await fill(client, LOADS[name]);
    } finally {
      await client.end();
    }
  } finally {
    await postgres.stop();
  }
  writeFileSync(join(directory, 'expensive-requests.txt'), `${expensiveRequests(name).join('\n')}\n`);
  printProgress(`The twenty most expensive requests are in ${join(directory, 'expensive-requests.txt')}.`);
  printProgress(`Start a server on it: RUBRIC_DATA=${directory} npm start`);
}
