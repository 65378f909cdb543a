import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually, untilStatementsWait } from '../harness/eventually.ts';
import { insertTestToken } from '../harness/server.ts';
import { keepConnection } from './keep-alive.ts';
import {
  connectTo,
  expectNothingLeft,
  killGroup,
  newDatabaseSettings,
  newDataFolder,
  type Server,
  startServer,
} from './processes.ts';

/** A server that waited for connections instead of requests would take this long: longer than a test can. */
const LONG_SHUTDOWN = { SHUTDOWN_TIMEOUT_MS: '600000' };

interface Sent {
  status: number;
  body: string;
}

function send(
  origin: string,
  method: string,
  path: string,
  agent: Agent,
  token?: string,
  body?: unknown,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const sent = request(origin + path, { method, agent, headers }, (response: IncomingMessage) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text })).on('error', reject);
    });
    sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Starts a request that waits for a lock, while other clients keep connections open. `release` lets it continue. */
async function withRequestInFlight(server: Server, client: pg.Client, token?: string) {
  const agent = new Agent({ keepAlive: true });
  await Promise.all(Array.from({ length: 5 }, () => send(server.origin, 'GET', '/articles', agent)));
  // Like a connection that a browser opens in advance: it never sends anything.
  const silent = connect(Number(new URL(server.origin).port), '127.0.0.1').on('error', () => undefined);
  await once(silent, 'connect');
  onTestFinished(() => {
    agent.destroy();
    silent.destroy();
  });
  await client.query('begin; lock table articles in access exclusive mode');
  const response = token
    ? send(server.origin, 'POST', '/articles', agent, token, { title: 'In flight' })
    : send(server.origin, 'GET', '/articles', agent);
  await untilStatementsWait(client);
  return { response, release: () => client.query('commit') };
}

describe('a server that receives a signal', () => {
  test('SIGTERM finishes the request in flight, leaves no process running and exits with 0', async () => {
    const server = await startServer({ RUBRIC_DATA: newDataFolder(), ...LONG_SHUTDOWN });
    const client = await connectTo(server);
    const inFlight = await withRequestInFlight(server, client, await insertTestToken(client, 'editor'));
    server.child.kill('SIGTERM');
    await delay(300);
    await inFlight.release();
    const ended = server.ended();
    expect((await inFlight.response).status).toBe(201);
    expect((await ended).status).toBe(0);
    await expectNothingLeft(server, 0);
  });

  test('SIGINT from the terminal of npm start does the same, although npm forwards the signal again', async () => {
    const server = await startServer({ RUBRIC_DATA: newDataFolder(), ...LONG_SHUTDOWN }, 'npm');
    const inFlight = await withRequestInFlight(server, await connectTo(server));
    killGroup(server.child, 'SIGINT');
    await delay(300);
    await inFlight.release();
    const ended = server.ended();
    expect((await inFlight.response).status).toBe(200);
    expect((await ended).status).toBe(0);
    await expectNothingLeft(server);
  });

  test('SIGTERM answers the requests that have arrived on idle connections, and closes these', async () => {
    const server = await startServer({ ...(await newDatabaseSettings()), ...LONG_SHUTDOWN });
    const connections = await Promise.all(Array.from({ length: 32 }, () => keepConnection(server.origin)));
    const [silent, partial, ...idle] = connections;
    for (const each of connections) if (each !== silent) each.send(['/articles']);
    for (const each of connections) if (each !== silent) await each.responses(1);
    for (const each of idle) each.send(['/articles', '/health/live']);
    partial?.write('GET /articles HTTP/1.1\r\n');
    server.child.kill('SIGTERM');
    await delay(100);
    partial?.write('Host: x\r\n\r\n');
    expect((await server.ended()).status).toBe(0);
    for (const each of idle) {
      const { statuses, text } = await each.closed();
      expect(statuses).toEqual([200, 200]);
      expect(text.match(/connection: close/gi)?.length ?? 0).toBeLessThanOrEqual(1);
    }
    expect((await partial?.closed())?.statuses).toEqual([200]);
    expect((await silent?.closed())?.statuses).toEqual([]);
  });

  test('SIGTERM to npm start alone stops the server too', async () => {
    const server = await startServer(await newDatabaseSettings(), 'npm');
    server.child.kill('SIGTERM');
    await server.ended();
    await expectNothingLeft(server);
  });

  test('does not wait longer than SHUTDOWN_TIMEOUT_MS for a request, and logs a warning', async () => {
    const settings = await newDatabaseSettings();
    const server = await startServer({ ...settings, SHUTDOWN_TIMEOUT_MS: '500' });
    const client = new pg.Client({ connectionString: settings.DATABASE_URL });
    await client.connect();
    onTestFinished(() => client.end());
    const inFlight = await withRequestInFlight(server, client);
    inFlight.response.catch(() => undefined);
    server.child.kill('SIGTERM');
    const { status } = await server.ended();
    expect(status).toBe(1);
    expect(server.output()).toContain('requests in flight were aborted');
    await expectNothingLeft(server);
  });

  test('ends at once on a second signal', async () => {
    const settings = await newDatabaseSettings();
    const server = await startServer({ ...settings, ...LONG_SHUTDOWN });
    const client = new pg.Client({ connectionString: settings.DATABASE_URL });
    await client.connect();
    onTestFinished(() => client.end());
    const inFlight = await withRequestInFlight(server, client);
    inFlight.response.catch(() => undefined);
    server.child.kill('SIGTERM');
    // A repeat within a second of the first one, which closes the port, counts as the same signal.
    await eventually(() => expect(fetch(`${server.origin}/health/live`)).rejects.toThrow());
    await delay(1_500);
    server.child.kill('SIGTERM');
    expect((await server.ended()).status).toBe(1);
    await expectNothingLeft(server);
  });

  test('prints nothing while it stops, also within a second of requests on several connections and with psql connected', async () => {
    // stop-under-load.storm.test.ts repeats this.
    const server = await startServer({ RUBRIC_DATA: newDataFolder() });
    await connectTo(server);
    const started = server.output();
    await Promise.all(Array.from({ length: 8 }, () => fetch(`${server.origin}/articles?q=anything`)));
    server.child.kill('SIGINT');
    expect((await server.ended()).status).toBe(0);
    expect(server.output()).toBe(started);
  });
});
