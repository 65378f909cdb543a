import { describe, expect, test, vi } from 'vitest';
import { Client } from '../harness/client.ts';
import { eventually } from '../harness/eventually.ts';
import { unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

/** Without pipelining, so that every statement goes through the pool's `query`, which a test spies on. */
const server = useServer({ TRUST_PROXY: 'loopback', PIPELINING: 'off' });
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

async function issue() {
  const { body } = await server.as.admin.post('/tokens', { name: unique('Token'), role: 'reader' });
  return { id: body.id as number, secret: body.token as string, client: new Client(server.url, body.token) };
}
const usesOf = async (id: number) =>
  (await server.as.admin.get(`/audit?action=token.use&subject=token&subjectId=${id}`)).body.data;
const rowOf = async (id: number) =>
  (await server.as.admin.get('/tokens')).body.data.find((token: { id: number }) => token.id === id);

describe('The use of a token', () => {
  test('is recorded once an hour per address, and sets lastUsedAt', async () => {
    const { id, client } = await issue();
    expect((await rowOf(id)).lastUsedAt).toBeNull();
    for (let n = 0; n < 5; n += 1) await client.get('/articles', from('192.0.2.1'));
    await client.get('/articles', from('192.0.2.2'));
    await eventually(async () => expect(await usesOf(id)).toHaveLength(2));
    const uses = (await usesOf(id)) as { address: string; tokenId: number; after: unknown }[];
    expect(uses.map(({ address }) => address).sort()).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(uses).toMatchObject([1, 2].map(() => ({ tokenId: id, before: null, after: null })));
    expect(Date.now() - Date.parse((await rowOf(id)).lastUsedAt)).toBeLessThan(60_000);
  });

  test('after an hour updates lastUsedAt without a token.change entry', async () => {
    const { id, client } = await issue();
    await server.database.pool.query(
      "update api_tokens set last_used_at = now() - interval '61 minutes' where id = $1",
      [id],
    );
    await client.get('/articles');
    await eventually(async () => expect(Date.now() - Date.parse((await rowOf(id)).lastUsedAt)).toBeLessThan(60_000));
    const { body } = await server.as.admin.get(`/audit?subject=token&subjectId=${id}`);
    await eventually(async () => expect(await usesOf(id)).toHaveLength(1));
    expect(body.data.map(({ action }: { action: string }) => action)).not.toContain('token.change');
  });

  test('executes no extra statements after the first time', async () => {
    const { id, client } = await issue();
    await client.get('/authors');
    await eventually(async () => expect(await usesOf(id)).toHaveLength(1));
    const query = vi.spyOn(server.database.pool, 'query');
    for (let n = 0; n < 20; n += 1) await client.get('/authors');
    const texts = query.mock.calls.map(([first]) => (first as { text?: string }).text ?? '');
    query.mockRestore();
    expect(texts.filter((text) => /api_tokens/.test(text))).toHaveLength(20);
    expect(texts.filter((text) => /audit_log|rate_limits/.test(text))).toEqual([]);
  });

  test('that cannot be recorded does not fail the request', async () => {
    const { id, client } = await issue();
    const { pool } = server.database;
    await pool.query('alter table rate_limits rename to elsewhere');
    const query = vi.spyOn(pool, 'query');
    expect((await client.get('/articles')).status).toBe(200);
    await eventually(() =>
      expect(query.mock.settledResults).toContainEqual({ type: 'rejected', value: expect.anything() }),
    );
    query.mockRestore();
    await pool.query('alter table elsewhere rename to rate_limits');
    expect(await usesOf(id)).toEqual([]);
  });
});

describe('The audit log of a token', () => {
  test('contains its creation and revocation with the actor and without the hash', async () => {
    const { id } = await issue();
    await server.as.admin.delete(`/tokens/${id}`);
    const { body } = await server.as.admin.get(`/audit?subject=token&subjectId=${id}`);
    const { rows } = await server.database.pool.query("select id from api_tokens where name = 'admin'");
    expect(body.data).toMatchObject([
      { action: 'token.change', tokenId: Number(rows[0].id), before: { revokedAt: null } },
      { action: 'token.create', tokenId: Number(rows[0].id), after: { role: 'reader' } },
    ]);
    expect(Object.keys(body.data[1].after)).not.toContain('hash');
  });

  test('contains no entry for a second revocation', async () => {
    const { id } = await issue();
    await server.as.admin.delete(`/tokens/${id}`);
    await server.as.admin.delete(`/tokens/${id}`);
    expect(
      (await server.as.admin.get(`/audit?action=token.change&subject=token&subjectId=${id}`)).body.data,
    ).toHaveLength(1);
  });
});
