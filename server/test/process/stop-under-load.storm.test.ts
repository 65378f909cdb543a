import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { useRandom } from '../harness/random.ts';
import { type KeptConnection, keepConnection } from './keep-alive.ts';
import { expectNothingLeft, killGroup, newDataFolder, newToken, startServer } from './processes.ts';

const random = useRandom();
const ROUNDS = 20;
const CONNECTIONS = 32;
const PATHS = [
  '/articles',
  '/articles?q=anything',
  '/categories?tree=true',
  '/authors',
  '/health/ready',
  '/health/live',
];

/** Keeps the processors busy until the end of the test. */
function startLoad() {
  const busy = Array.from({ length: 4 }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  onTestFinished(() => busy.forEach((child) => child.kill('SIGKILL')));
}

const anyOf = <T>(values: readonly T[]): T => values[Math.floor(random.next() * values.length)] as T;

test(`${ROUNDS} times under load, a stop answers every request that has arrived, and logs nothing`, async () => {
  const settings = { RUBRIC_DATA: newDataFolder(), SHUTDOWN_TIMEOUT_MS: '600000' };
  const editor = await newToken('editor', settings);
  startLoad();
  for (let round = 0; round < ROUNDS; round += 1) {
    const how = anyOf(['node', 'npm'] as const);
    const signal = how === 'npm' ? 'SIGINT' : anyOf(['SIGINT', 'SIGTERM'] as const);
    const server = await startServer(settings, how);
    const started = server.output();
    const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => keepConnection(server.origin)));
    // The first use of a token, and a refused one, are recorded after the response.
    for (const each of connections) each.send(['/articles'], { authorization: `Bearer ${anyOf([editor, 'unknown'])}` });
    await Promise.all(connections.map((each) => each.responses(1)));
    await delay(random.next() * 500);
    const sent = connections.map((each) => sendSome(each));
    killGroup(server.child, signal);
    expect((await server.ended()).status).toBe(0);
    const answers = await Promise.all(connections.map((each) => each.closed()));
    expect(answers.map(({ statuses }) => statuses)).toEqual(sent.map((count) => Array(count).fill(200)));
    expect(server.output()).toBe(started);
    await expectNothingLeft(server);
  }
});

/** Returns how many requests were sent at once. */
function sendSome(connection: KeptConnection): number {
  const paths = Array.from({ length: 1 + Math.floor(random.next() * 3) }, () => anyOf(PATHS));
  connection.send(paths);
  return paths.length;
}
