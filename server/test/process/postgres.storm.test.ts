import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { insertTestToken } from '../harness/server.ts';
import { connectTo, expectNothingLeft, newDataFolder, startServer } from './processes.ts';

test('A server starts its PostgreSQL again after any signal to it, and responds with 503 meanwhile', async () => {
  const folder = newDataFolder();
  const server = await startServer({ RUBRIC_DATA: folder });
  const authorization = `Bearer ${await insertTestToken(await connectTo(server), 'editor')}`;
  const statusOf = async (path: string) => (await fetch(server.origin + path)).status;
  const postmaster = () => Number.parseInt(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8'), 10);
  const create = (title: string) =>
    fetch(`${server.origin}/articles`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ title }),
    });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    expect((await create(`Before ${signal}`)).status).toBe(201);
    const before = postmaster();
    process.kill(before, signal);
    await eventually(async () => {
      expect(await statusOf('/health/live'), signal).toBe(200);
      expect([200, 503], signal).toContain(await statusOf('/articles'));
      expect(postmaster(), signal).not.toBe(before);
      expect(await statusOf('/health/ready'), signal).toBe(200);
      expect((await create(`After ${signal}`)).status, signal).toBe(201);
    });
  }
  server.child.kill('SIGTERM');
  expect((await server.ended()).status).toBe(0);
  await expectNothingLeft(server);
});
