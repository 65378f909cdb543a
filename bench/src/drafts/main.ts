import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@rubric/embedded-postgres';
import pg from 'pg';
import { EMBEDDED_NAMES } from '../../../server/src/database/embedded.ts';
import { SETTINGS } from '../data.ts';
import { type Call, httpRequest, once } from '../load/connection.ts';
import { runRound } from '../load/round.ts';
import { cpuOf, cpuOfPostgres } from '../load/usage.ts';
import { BENCH } from '../options.ts';
import { printProgress } from '../progress.ts';
import { createToken, type Server, startServer, stopServer } from '../servers.ts';
import { COLUMNS, FLOOR_TABLE } from './schema.ts';

/** W14: autosaves of working drafts, beside a floor that updates one row of the same size. */

const ARTICLES = 64;
/** Until then Node compiles. */
const WARM_UP_REQUESTS = 3_000;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '9' },
    connections: { type: 'string', default: '16' },
    bytes: { type: 'string', default: '8000' },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);

const directory = mkdtempSync(join(tmpdir(), 'rubric-drafts-'));
const postgres = await startEmbeddedPostgres({ ...EMBEDDED_NAMES, directory, settings: SETTINGS });
const servers: Server[] = [];
try {
  await main();
} finally {
  await Promise.all(servers.map(stopServer));
  await postgres.stop();
  rmSync(directory, { recursive: true });
}

async function main() {
  const url = postgres.connectionString;
  const rubric = await startServer('rubric', { DATABASE_URL: url });
  servers.push(rubric);
  const token = createToken(url);
  const ids = await createDrafts(rubric, token);
  const floorUrl = await createFloor(url);
  const floor = await startServer('floor', { DATABASE_URL: floorUrl }, { main: `${BENCH}src/drafts/floor.ts` });
  servers.push(floor);
  const postmaster = Number.parseInt(readFileSync(`${postgres.dataDirectory}/postmaster.pid`, 'utf8'), 10);
  let count = 0;
  const next = (server: Server) => () => {
    count += 1;
    const body = JSON.stringify({ title: `Autosave ${count}`, content: contentOf(count) });
    const path = `/articles/${ids[count % ids.length]}/draft`;
    return httpRequest({ method: 'PATCH', path, body, token: server === rubric ? token : undefined });
  };
  const round = (server: Server, duration: number) =>
    runRound({ port: server.port, connections, seconds: duration, status: 200 }, next(server));
  const results = new Map(
    servers.map((server) => [server.name, [] as { perSecond: number; node: number; database: number }[]]),
  );
  for (const server of servers) {
    for (let sent = 0; sent < WARM_UP_REQUESTS; ) sent += (await round(server, 1)).requests;
  }
  for (let turn = 0; turn < Number(values.rounds); turn += 1) {
    for (const server of servers) {
      const [node, database] = [cpuOf(server.pid), cpuOfPostgres(postmaster)];
      const { perSecond, requests } = await round(server, seconds);
      const perRequest = (spent: number) => (spent * 1000) / requests;
      results.get(server.name)?.push({
        perSecond,
        node: perRequest(cpuOf(server.pid) - node),
        database: perRequest(cpuOfPostgres(postmaster) - database),
      });
    }
  }
  report(results);
}

type Results = Map<string, { perSecond: number; node: number; database: number }[]>;

function report(results: Results) {
  const summaries = new Map<string, { perSecond: number; cpu: number }>();
  for (const [name, rounds] of results) {
    const median = (of: 'perSecond' | 'node' | 'database') =>
      rounds.map((each) => each[of]).sort((a, b) => a - b)[rounds.length >> 1] ?? 0;
    const [perSecond, node, database] = [median('perSecond'), median('node'), median('database')];
    summaries.set(name, { perSecond, cpu: node + database });
    printProgress(
      `${name}: ${perSecond.toFixed(0)}/s; CPU of a request: Node ${node.toFixed(0)} µs, PostgreSQL ${database.toFixed(0)} µs`,
    );
  }
  const [rubric, floor] = [summaries.get('rubric'), summaries.get('floor')];
  if (!rubric || !floor) return;
  printProgress(
    `Rubric has ${(rubric.perSecond / floor.perSecond).toFixed(2)} of the requests of the floor, by CPU ${(floor.cpu / rubric.cpu).toFixed(2)}.`,
  );
}

/** Text that changes with each save, and its length a little: PostgreSQL compares texts of the same length byte by byte. */
function contentOf(save: number): string {
  const bytes = Number(values.bytes) - (save % 97);
  const words: string[] = [];
  for (let length = 0, word = save; length < bytes; word = (word * 48_271 + 11) % 2_147_483_647) {
    const text = `${['bread', 'salt', 'harbour', 'ferry', 'paper', 'tide', 'gull', 'winter'][word % 8]}${word % 1_000}`;
    words.push(text);
    length += text.length + 1;
  }
  return words.join(' ').slice(0, bytes);
}

async function createDrafts({ port }: Server, token: string): Promise<number[]> {
  const call = async (request: Omit<Call, 'token'>) => {
    const { status, body } = await once(port, httpRequest({ ...request, token }));
    if (status >= 300) throw new Error(`${request.method} ${request.path} responded with ${status}: ${body}`);
    return JSON.parse(body) as { id: number };
  };
  const post = (path: string, body: object) => call({ method: 'POST', path, body: JSON.stringify(body) });
  const categoryIds: number[] = [];
  for (let n = 0; n < 3; n += 1) categoryIds.push((await post('/categories', { name: `Category ${n}` })).id);
  const ids: number[] = [];
  for (let n = 0; n < ARTICLES; n += 1) {
    const { id } = await post('/articles', { title: `Article ${n}`, content: contentOf(n), categoryIds });
    await call({ method: 'PATCH', path: `/articles/${id}/draft`, body: '{}' });
    ids.push(id);
  }
  return ids;
}

/** Creates the database of the floor in the same cluster, with the same rows. @returns its URL */
async function createFloor(rubricUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: rubricUrl });
  await client.connect();
  await client.query('create database floor');
  const { rows } = await client.query<unknown[]>({ text: `select ${COLUMNS} from article_drafts`, rowMode: 'array' });
  await client.end();
  const url = new URL(rubricUrl);
  url.pathname = '/floor';
  const floor = new pg.Client({ connectionString: url.href });
  await floor.connect();
  await floor.query(FLOOR_TABLE);
  for (const row of rows) {
    await floor.query(`insert into article_drafts values (${row.map((_, index) => `$${index + 1}`).join()})`, row);
  }
  await floor.end();
  return url.href;
}
