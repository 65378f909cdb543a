import { describe, expect, test } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { type TestServer, useServer } from '../harness/server.ts';

const direct = useServer();
const behindProxy = useServer({ TRUST_PROXY: 'loopback' });
const behindOtherProxy = useServer({ TRUST_PROXY: '192.0.2.0/24, 2001:db8::/32' });

/** Returns the address in the audit log for a request with these headers. */
async function addressOf(server: TestServer, headers: Record<string, string>): Promise<string> {
  const { rows } = await server.database.pool.query('select coalesce(max(id), 0) as last from audit_log');
  await server.as.reader.post('/categories', { name: 'x' }, { headers });
  return eventually(async () => {
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

describe('The address of a client', () => {
  test('is that of the socket, whatever the headers contain', async () => {
    expect(await addressOf(direct, SPOOFED)).toBe('127.0.0.1');
  });

  test('is that of the socket if the socket is not in TRUST_PROXY', async () => {
    expect(await addressOf(behindOtherProxy, SPOOFED)).toBe('127.0.0.1');
  });

  test('is taken from a trusted proxy: the last address that is not a proxy, not the first, which any client can send', async () => {
    expect(await addressOf(behindProxy, { 'x-forwarded-for': '203.0.113.1, 198.51.100.7' })).toBe('198.51.100.7');
    expect(await addressOf(behindProxy, { 'x-forwarded-for': '203.0.113.2, 198.51.100.8, 127.0.0.1' })).toBe(
      '198.51.100.8',
    );
  });

  test('is never taken from a header other than X-Forwarded-For', async () => {
    const { 'x-forwarded-for': _, ...others } = SPOOFED;
    expect(await addressOf(behindProxy, others)).toBe('127.0.0.1');
  });
});

describe('The origin that a request with a cookie must have', () => {
  const post = (server: TestServer) =>
    server.anonymous.post(
      '/categories',
      { name: 'x' },
      { headers: { cookie: 'rubric_session=x', origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' } },
    );

  test('is not taken from a header', async () => {
    expect((await post(direct)).body.code).toBe('origin_not_allowed');
    expect((await post(behindOtherProxy)).body.code).toBe('origin_not_allowed');
  });

  test('is taken from a trusted proxy', async () => {
    expect((await post(behindProxy)).body.code).toBe('unauthorized');
  });
});
