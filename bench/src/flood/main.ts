import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { httpRequest } from '../load/connection.ts';
import { expensiveRequests } from '../loads/expensive-requests.ts';
import { isLoadName, LOADS, type LoadName } from '../loads/shapes.ts';
import { printProgress } from '../progress.ts';
import { writeFlood } from '../report/report.ts';
import { type Server, startServer, stopServer } from '../servers.ts';
import { startFlood } from './flood.ts';
import { cheapRequests, readFor } from './reader.ts';

/** W13: anonymous clients loop over the twenty most expensive requests, and another client sends cheap ones. */

const WARM_UP_SECONDS = 2;
const QUIET_SECONDS = 5;

await main();

async function main() {
  const { name, folder, connections, seconds } = readArguments();
  const server = await startServer('rubric', { RUBRIC_DATA: folder });
  try {
    const flood = await measure(server, name, { connections, seconds });
    writeFlood({ load: name, date: new Date().toISOString().slice(0, 10), connections, seconds, ...flood });
  } finally {
    await stopServer(server);
  }
}

function readArguments() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      connections: { type: 'string', default: '32' },
      seconds: { type: 'string', default: '30' },
    },
  });
  const [name, folder] = positionals;
  if (!isLoadName(name) || folder === undefined) {
    throw new Error(
      `Usage: npm run flood -w bench -- ${Object.keys(LOADS).join('|')} FOLDER [--connections 32] [--seconds 30]`,
    );
  }
  // npm runs the script in the folder of this package.
  const directory = resolve(process.env['INIT_CWD'] ?? '.', folder);
  return { name, folder: directory, connections: Number(values.connections), seconds: Number(values.seconds) };
}

async function measure(
  { port }: Server,
  name: LoadName,
  { connections, seconds }: { connections: number; seconds: number },
) {
  const next = cheapRequests(LOADS[name]);
  await readFor(WARM_UP_SECONDS, port, next);
  const quiet = await readFor(QUIET_SECONDS, port, next);
  const requests = expensiveRequests(name).map((path) => httpRequest({ method: 'GET', path }));
  const flood = startFlood(port, connections, requests);
  const beside = await readFor(seconds, port, next);
  const result = flood.stop();
  printProgress(`the client: quiet ${JSON.stringify(quiet)}, beside the flood ${JSON.stringify(beside)}`);
  printProgress(`the flood: ${JSON.stringify(result)}`);
  return { quiet, beside, flood: result };
}
