import pg from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { Client } from '../harness/client.ts';
import { operations } from '../harness/operations.ts';
import { newDatabaseSettings, newToken, rubric, startServer } from '../process/processes.ts';
import { bodyOf, pathOf } from './hostile.ts';

/** A second line of the log, a screen that is cleared, a title that is set, text that runs the other way. */
const HOSTILE = 'a\r\n{"level":60,"msg":"forged"}\u001b[2J\u001b]0;owned\u0007\u202e\u2028';
const PLANTED = ['planted-header', 'planted-cookie', 'planted-query', 'planted-password', 'planted-body'];

/** @throws when a line of the log is not one object of JSON, as a forged one would not be beside its own */
function linesOf(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('V16.2.5 and V16.4.1 The log of a server at its most talkative', () => {
  test.each(['debug', 'trace'])(
    '(%s) holds no secret, and no line that somebody else wrote',
    async (LOG_LEVEL) => {
      const settings = { ...(await newDatabaseSettings()), LOG_LEVEL, RATE_LIMIT: '60000' };
      const token = await newToken('admin', settings);
      const server = await startServer(settings);
      const admin = new Client(server.origin, token);
      const anonymous = new Client(server.origin);
      const headers = { authorization: 'Bearer planted-header', cookie: 'rubric_session=planted-cookie' };
      for (const operation of operations) {
        const path = pathOf(operation);
        await anonymous.call(operation.method, `${path}?secret=planted-query`, bodyOf(operation), { headers });
        const body = operation.method === 'GET' ? undefined : { password: 'planted-password' };
        await admin.call(operation.method, pathOf(operation, HOSTILE), body);
        if (operation.method === 'POST')
          await admin.call('POST', path, bodyOf(operation, { name: HOSTILE, title: HOSTILE }));
      }
      await admin.post('/articles', '{"planted-body":');
      await anonymous
        .get(`/articles?q=${encodeURIComponent(HOSTILE)}`, { headers: { 'user-agent': 'x\u001b[2J' } })
        .catch(() => {});
      const output = server.output();
      for (const secret of [...PLANTED, token, token.slice(24)]) expect(output).not.toContain(secret);
      expect(output).not.toContain('\u001b');
      expect(output).not.toContain('\u202e');
      for (const line of linesOf(output)) expect(line['msg']).not.toBe('forged');
      expect(
        output.split('\n').filter((line) => line.includes('"msg":"forged"') && line.startsWith('{"level":60')),
      ).toEqual([]);
    },
    60_000,
  );

  test('tells a defect with its stack, and not with the values of rows', async () => {
    const settings = { ...(await newDatabaseSettings()), LOG_LEVEL: 'debug' };
    const token = await newToken('admin', settings);
    const server = await startServer(settings);
    const admin = new Client(server.origin, token);
    await admin.post('/authors', { name: 'planted-name', bio: HOSTILE });
    // A defect: the table is not what the server thinks.
    const client = new pg.Client({ connectionString: settings.DATABASE_URL });
    await client.connect();
    await client.query('alter table authors rename column bio to biography');
    await client.end();
    const { status } = await admin.post('/authors', { name: 'planted-name', bio: `planted-bio ${HOSTILE}` });
    expect(status).toBe(500);
    await vi.waitFor(() => expect(linesOf(server.output()).some(({ level }) => Number(level) >= 50)).toBe(true));
    const output = server.output();
    for (const planted of ['planted-bio', 'planted-name', token.slice(24), '\u001b'])
      expect(output).not.toContain(planted);
  }, 60_000);
});

describe('V16.4.1 The tables of the command line', () => {
  test('show control characters as text, so that a name neither moves the cursor nor fakes a row', async () => {
    const settings = await newDatabaseSettings();
    await rubric(['token', 'create', '--role', 'reader', '--name', HOSTILE], settings);
    const { stdout, status } = await rubric(['token', 'list'], settings);
    expect(status).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    // oxlint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
    expect(stdout).toContain('\\u{1b}[2J');
  });
});
