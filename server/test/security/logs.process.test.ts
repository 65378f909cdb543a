import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { Client } from '../harness/client.ts';
import { eventually } from '../harness/eventually.ts';
import { operations } from '../harness/operations.ts';
import { newDatabaseSettings, newToken, rubric, startServer } from '../process/processes.ts';
import { bodyOf, pathOf } from './hostile.ts';

/** A forged log line, and escapes that clear the screen, set the window title and reverse the text direction. */
const HOSTILE = 'a\r\n{"level":60,"msg":"forged"}\u001b[2J\u001b]0;owned\u0007\u202e\u2028';
const PLANTED = ['planted-header', 'planted-cookie', 'planted-query', 'planted-password', 'planted-body'];

/** @throws if a line is not exactly one JSON object, for example because a line break was injected into it */
function linesOf(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('V16.2.5 and V16.4.1 The log at the most verbose levels', () => {
  test.each(['debug', 'trace'])('(%s) contains no secrets and no forged lines', async (LOG_LEVEL) => {
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
  });

  test('contains the stack of a defect, but not the values of rows', async () => {
    const settings = { ...(await newDatabaseSettings()), LOG_LEVEL: 'debug' };
    const token = await newToken('admin', settings);
    const server = await startServer(settings);
    const admin = new Client(server.origin, token);
    await admin.post('/authors', { name: 'planted-name', bio: HOSTILE });
    // Provokes a defect: the table differs from what the server expects.
    const client = new pg.Client({ connectionString: settings.DATABASE_URL });
    await client.connect();
    await client.query('alter table authors rename column bio to biography');
    await client.end();
    const { status } = await admin.post('/authors', { name: 'planted-name', bio: `planted-bio ${HOSTILE}` });
    expect(status).toBe(500);
    await eventually(() => expect(linesOf(server.output()).some(({ level }) => Number(level) >= 50)).toBe(true));
    const output = server.output();
    for (const planted of ['planted-bio', 'planted-name', token.slice(24), '\u001b'])
      expect(output).not.toContain(planted);
  });
});

describe('V16.4.1 The tables of the command line', () => {
  test('escape control characters, so that a name can neither move the cursor nor forge a row', async () => {
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
