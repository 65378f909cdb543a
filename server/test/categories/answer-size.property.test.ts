import pg from 'pg';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { withRetry } from '../../src/database/retry.ts';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const MAX = 16_777_216;
const server = useServer();
const sql = (statement: string) => server.database.pool.query(statement);
/** Compression of so much text would take most of the time of these tests. */
const get = (query: string) =>
  server.anonymous.get(`/categories?${query}`, { headers: { 'accept-encoding': 'identity' } });

/** Runs again after a deadlock: the worker that adds up counts locks the same tables in another order. */
beforeEach(async () => {
  await withRetry(() => sql('truncate articles, categories cascade'));
});

/** Categories with descriptions, without triggers: the audit log would keep each text twice. */
async function writeDescriptions(statement: string) {
  const client = await server.database.pool.connect();
  await client.query(`begin; set local session_replication_role = replica; ${statement}; commit`);
  client.release();
}

async function expectRefused(query: string, pointers: string[]): Promise<string> {
  const response = await get(query);
  expectProblem(response, 400, 'answer_too_large', pointers);
  expect(response.body.detail).toContain(`at most ${MAX} are allowed`);
  return response.body.detail;
}

describe('GET /categories?tree=true with long descriptions', () => {
  const describe = (count: number) =>
    writeDescriptions(`insert into categories (name, slug, description)
      select 'n' || n, 'n' || n, repeat('x', 10000) from generate_series(1, ${count}) as n`);

  test('returns 400 while they are more than 16 MiB, and pages of the flat tree', async () => {
    await describe(1_700);
    const query = vi.spyOn(pg.Client.prototype, 'query');
    expect(await expectRefused('tree=true', ['/tree'])).toMatch(/more than 16777216.*parentId/);
    const names = (query.mock.calls as unknown[][]).map(([statement]) => (statement as { name?: string }).name);
    query.mockRestore();
    expect(names).toContain('tree_text_bytes');
    expect(names).not.toContain('category_tree'); // No text is read.
    expect((await get('limit=100')).body.data).toHaveLength(100);
    await sql('delete from categories where id % 10 = 0');
    const { status, body } = await get('tree=true');
    expect([status, body.data.length]).toEqual([200, 1_530]);
  });

  test('counts bytes of JSON, where control characters are longer', async () => {
    await describe(300);
    expect((await get('tree=true')).body.data).toHaveLength(300);
    await writeDescriptions('update categories set description = repeat(chr(1), 10000)');
    await expectRefused('tree=true', ['/tree']);
    expect((await get('limit=100')).body.data).toHaveLength(100);
  });
});

test('A page of categories is refused if their paths are too long together', async () => {
  await sql(`insert into categories (id, name, slug, parent_id) overriding system value
    select n, n || repeat(chr(128512), 190), 'n' || n || repeat('n', 190), nullif(n - 1, 0) from generate_series(1, 400) as n`);
  await expectRefused('limit=100&page=4', ['/limit', '/fields']);
  await expectRefused('tree=true', ['/tree']);
  expect((await get('limit=100&page=4&fields=id,name')).body.data).toHaveLength(100);
  expect((await get('limit=20&page=20')).body.data).toHaveLength(20);
});
