import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BrowserClient, signIn } from '../harness/browser-client.ts';
import { expectProblem } from '../harness/problem.ts';
import { unique } from '../harness/seed.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';

/** ASVS 3.5.1: requests that change data with a session must come from a page of this server. */

let server: TestServer;
let person: BrowserClient;
const create = (origin: string) => person.post('/categories', { name: unique('Rubric') }, { headers: { origin } });
const start = async (environment: Record<string, string>) => {
  server = await startTestServer(environment);
  person = await signIn(server, 'editor');
};
afterAll(() => server.close());

describe('Origin', () => {
  beforeAll(() => start({}));

  test('accepts the host and port of this server, with http and https', async () => {
    const { host } = new URL(server.url);
    for (const origin of [`http://${host}`, `https://${host}`]) expect((await create(origin)).status).toBe(201);
  });

  test('refuses origins that only look like this server', async () => {
    const { host, port, hostname } = new URL(server.url);
    const lookalikes = [
      `http://evil.example@${host}`,
      `chrome-extension://${host}`,
      `file://${host}`,
      `http://${host}/`,
      `http://${hostname}`,
      `http://${hostname}:${Number(port) + 1}`,
      `http://${host}.evil.example`,
      host,
      'null',
      'file://',
    ];
    for (const origin of lookalikes) expectProblem(await create(origin), 403, 'origin_not_allowed');
  });

  test('is checked for requests with a token and a session cookie: another site cannot end the session', async () => {
    const token = await server.as.admin.post('/tokens', { name: 'both credentials', role: 'reader', readOnly: true });
    const headers = { authorization: `Bearer ${token.body.token}`, origin: 'https://evil.example' };
    expectProblem(await person.delete('/sessions/current', { headers }), 403, 'origin_not_allowed');
    expect((await person.get('/account')).status).toBe(200);
  });
});

test('Origin accepts exactly PUBLIC_URL', async () => {
  await server.close();
  await start({ PUBLIC_URL: 'http://cms.rubric.example' });
  expect((await create('http://cms.rubric.example')).status).toBe(201);
  for (const origin of ['https://cms.rubric.example', 'http://rubric.example', 'http://cms.rubric.example:81']) {
    expectProblem(await create(origin), 403, 'origin_not_allowed');
  }
});
