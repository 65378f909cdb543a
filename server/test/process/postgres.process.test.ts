import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { expectNothingLeft, newDataFolder, newToken, startServer } from './processes.ts';

test.each(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL'] as const)(
  'A server starts its PostgreSQL again after %s to it, and responds with 503 meanwhile',
  async (signal) => {
    const folder = newDataFolder();
    const settings = { RUBRIC_DATA: folder };
    const authorization = `Bearer ${await newToken('editor', settings)}`;
    const server = await startServer(settings);
    const statusOf = async (path: string) => (await fetch(server.origin + path)).status;
    const postmaster = () => Number.parseInt(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8'), 10);
    const create = (title: string) =>
      fetch(`${server.origin}/articles`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ title }),
      });
    expect((await create('Before')).status).toBe(201);
    const before = postmaster();
    process.kill(before, signal);
    await eventually(async () => {
      expect(await statusOf('/health/live')).toBe(200);
      expect([200, 503]).toContain(await statusOf('/articles'));
      expect(postmaster()).not.toBe(before);
      expect(await statusOf('/health/ready')).toBe(200);
      expect((await create('After')).status).toBe(201);
    });
    server.child.kill('SIGTERM');
    expect((await server.ended()).status).toBe(0);
    await expectNothingLeft(server);
  },
);
