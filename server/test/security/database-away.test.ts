import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { type Proxy, startProxy } from '../harness/proxy.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { bodyOf, expectUnharmed, pathOf } from './hostile.ts';

let server: TestServer;
let proxy: Proxy;
beforeAll(async () => {
  server = await startTestServer({ RATE_LIMIT: '60000' }, async (url) => {
    proxy = await startProxy(url);
    return proxy.url;
  });
  await proxy.disconnect();
});
afterAll(async () => {
  await proxy.restore();
  await server.close();
  await proxy.close();
});

describe('V16.5.1 While PostgreSQL is unavailable, internals do not leak from', () => {
  test.each(operations.map((operation) => [operation.name, operation] as const))('%s', async (_, operation) => {
    for (const client of [server.as.admin, server.anonymous]) {
      const response = await client.call(operation.method, pathOf(operation), bodyOf(operation));
      if (response.status === 503) {
        expectProblem(response, 503, 'database_unavailable');
        expect(response.headers.get('retry-after')).toBe('1');
      } else expectUnharmed(response, operation.name);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

test('GET /health/live responds with 200 while PostgreSQL is unavailable, whatever credentials the request carries', async () => {
  const credentials: Record<string, string>[] = [
    { authorization: `Bearer rub_${'x'.repeat(40)}` },
    { authorization: 'Basic eDp4' },
    { cookie: 'rubric_session=x.y' },
    { cookie: '__Host-rubric_session=x.y', origin: 'https://other.example' },
  ];
  for (const headers of credentials) {
    expect((await server.anonymous.get('/health/live', { headers })).status).toBe(200);
  }
  for (const client of Object.values(server.as)) expect((await client.get('/health/live')).status).toBe(200);
});
