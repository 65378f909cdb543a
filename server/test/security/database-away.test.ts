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
