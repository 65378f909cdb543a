import { describe, expect, test, vi } from 'vitest';
import { type TestServer, useServer } from '../harness/server.ts';

const direct = useServer();
const behind = useServer({ TRUST_PROXY: 'loopback' });
const elsewhere = useServer({ TRUST_PROXY: '192.0.2.0/24, 2001:db8::/32' });

/** The address that the audit log keeps of a call with these headers. */
async function addressOf(server: TestServer, headers: Record<string, string>): Promise<string> {
  const { rows } = await server.database.pool.query('select coalesce(max(id), 0) as last from audit_log');
  await server.as.reader.post('/categories', { name: 'x' }, { headers });
  return vi.waitFor(async () => {
    const entries = await server.database.pool.query(
      "select address from audit_log where id > $1 and action = 'access.refused'",
      [rows[0].last],
    );
    expect(entries.rowCount).toBe(1);
    return entries.rows[0].address;
  });
}

const SPOOFED = {
  'x-forwarded-for': '203.0.113.1',
  forwarded: 'for=203.0.113.1;host=evil.example',
  'x-real-ip': '203.0.113.1',
  'cf-connecting-ip': '203.0.113.1',
  'true-client-ip': '203.0.113.1',
};

describe('Where a call comes from', () => {
  test('is what the socket says, whatever headers say', async () => {
    expect(await addressOf(direct, SPOOFED)).toBe('127.0.0.1');
  });

  test('is what the socket says where it is none of TRUST_PROXY', async () => {
    expect(await addressOf(elsewhere, SPOOFED)).toBe('127.0.0.1');
  });

  test('is what a trusted proxy says: the last address that is no proxy, and not the first, which anybody may send', async () => {
    expect(await addressOf(behind, { 'x-forwarded-for': '203.0.113.1, 198.51.100.7' })).toBe('198.51.100.7');
    expect(await addressOf(behind, { 'x-forwarded-for': '203.0.113.2, 198.51.100.8, 127.0.0.1' })).toBe('198.51.100.8');
  });

  test('is never what another header than X-Forwarded-For says', async () => {
    const { 'x-forwarded-for': _, ...others } = SPOOFED;
    expect(await addressOf(behind, others)).toBe('127.0.0.1');
  });
});

describe('The host that a cookie call must come from', () => {
  const call = (server: TestServer) =>
    server.anonymous.post(
      '/categories',
      { name: 'x' },
      { headers: { cookie: 'rubric_session=x', origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' } },
    );

  test('is not what a header says', async () => {
    expect((await call(direct)).body.code).toBe('origin_not_allowed');
    expect((await call(elsewhere)).body.code).toBe('origin_not_allowed');
  });

  test('is what a trusted proxy says', async () => {
    expect((await call(behind)).body.code).toBe('unauthorized');
  });
});
