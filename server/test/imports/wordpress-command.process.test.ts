import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { eventually, untilStatementsWait } from '../harness/eventually.ts';
import { ROOT, rubric } from '../process/processes.ts';
import { allRows, category, importText, newDatabase, post, wxrExport } from './build-export.ts';
import { manyPosts, newFile } from './export-files.ts';

const HARBOUR = fileURLToPath(new URL('fixtures/harbour.xml', import.meta.url));

const runImport = (database: { url: string }, ...args: string[]) =>
  rubric(['import', 'wordpress', ...args], { DATABASE_URL: database.url });

test('docs/imports.md shows the reports of a first and a second import', async () => {
  const database = await newDatabase();
  const docs = readFileSync(join(ROOT, 'docs/imports.md'), 'utf8');
  const first = await runImport(database, HARBOUR);
  expect(first).toMatchObject({ status: 0, stderr: `${HARBOUR}: 0.0 MB\n` });
  expect(docs).toContain(first.stdout.replace(HARBOUR, 'harbour.xml'));
  const second = await runImport(database, HARBOUR);
  expect(docs).toContain(second.stdout.split('\n\nSkipped')[0]?.replace(HARBOUR, 'harbour.xml'));
});

test('--json prints every entry of each file, and a file that fails does not affect the others', async () => {
  const database = await newDatabase();
  const broken = newFile(wxrExport([post({ title: 'Lost' })]).replace('</item>', ''));
  const { status, stdout, stderr } = await runImport(database, '--json', HARBOUR, broken, '/nowhere.xml', '/');
  expect(status).toBe(1);
  const [harbour, ...others] = JSON.parse(stdout).files;
  expect(harbour).toMatchObject({
    file: HARBOUR,
    status: 'imported',
    site: { url: 'https://harbour.example', version: '1.2' },
  });
  expect(harbour.kinds.posts).toEqual({ inFile: 5, created: 5, updated: 0, unchanged: 0, skipped: 0 });
  expect(harbour.entries).toContainEqual({
    kind: 'pages',
    what: 'skipped',
    line: expect.any(Number),
    count: 1,
    reason: 'Rubric has no pages',
    detail: 'About',
  });
  expect(others).toMatchObject([
    {
      file: broken,
      status: 'failed',
      line: 6,
      error: expect.stringMatching(/^Line 6, column \d+: The XML is malformed: /),
    },
    { status: 'failed', error: 'The file does not exist.' },
    { status: 'failed', error: 'Not a regular file. An import reads its file twice.' },
  ]);
  expect(stderr).toContain('/nowhere.xml: The file does not exist. Nothing was imported from this file.\n');
  expect(await database.rows("select slug from articles where title = 'Lost'")).toEqual([]);
});

test('--dry-run prints the report and writes nothing', async () => {
  const database = await newDatabase();
  const before = await allRows(database);
  const { status, stdout } = await runImport(database, '--dry-run', '--tags', 'skip', HARBOUR);
  expect(status).toBe(0);
  expect(stdout).toMatch(/\nposts +5 +5 +0 +0 +0\n[^]*\nDry run: all changes were rolled back\.\n$/);
  expect(stdout).toMatch(/\ntags +2 +0 +0 +0 +2\n/);
  expect(await allRows(database)).toEqual(before);
});

test('invalid arguments exit with status 2 and an error message', async () => {
  const invalidArguments = [[], ['--tags', 'perhaps', 'x.xml'], ['--force', 'x.xml']];
  const database = { url: 'postgres://nobody@127.0.0.1:1/none' };
  const results = await Promise.all(invalidArguments.map((args) => runImport(database, ...args)));
  expect(results).toMatchObject([
    { status: 2, stderr: "error: missing required argument 'file'\n" },
    { status: 2, stderr: expect.stringMatching(/^error: option '--tags <mode>' argument 'perhaps' is invalid/) },
    { status: 2, stderr: "error: unknown option '--force'\n" },
  ]);
});

describe('malformed files import nothing', () => {
  const valid = wxrExport([category('boats'), ...manyPosts(120)]);

  test('and the command exits with status 1', async () => {
    const database = await newDatabase();
    const { status, stdout, stderr } = await runImport(database, newFile(valid.slice(0, -30)));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /: Line \d+, column \d+: The XML is malformed: [^\n]+ Nothing was imported from this file\.\n$/,
    );
    expect(await allRows(database)).toEqual([[], [], [], [], [], [], []]);
  });

  test('and the error message has the line where it is known', async () => {
    const database = await newDatabase();
    const malformed: [file: string, message: RegExp][] = [
      [valid.slice(0, -30), /^Line 125, column \d+: The XML is malformed: the file ends /],
      [withEntityBomb(valid), /^Line 4: The XML is malformed: unknown entity &lol;/],
      ['title,slug\n', /^The file is not XML/],
      [valid.replaceAll('wp:', 'x:').replaceAll('wordpress.org', 'x.org'), /is an RSS feed/],
    ];
    for (const [file, message] of malformed) await expect(importText(database, file)).rejects.toThrow(message);
    expect(await allRows(database)).toEqual([[], [], [], [], [], [], []]);
  });

  function withEntityBomb(file: string): string {
    const entities = '<!ENTITY ha "ha"><!ENTITY lol "&ha;&ha;&ha;"><!ENTITY file SYSTEM "file:///etc/passwd">';
    return file.replace('<rss', `<!DOCTYPE rss [${entities}]><rss`).replace('Harbour Notes', '&lol;&file;');
  }
});

test('imports a file larger than the memory limit', async () => {
  const database = await newDatabase();
  const page = post({ type: 'page', content: 'Knots and bends. '.repeat(6_000) });
  const file = newFile(wxrExport([...manyPosts(300), ...Array.from({ length: 800 }, () => page)]));
  expect(statSync(file).size).toBeGreaterThan(80e6);
  const settings = { DATABASE_URL: database.url, NODE_OPTIONS: '--max-old-space-size=56' };
  const { status, stdout, stderr } = await rubric(['import', 'wordpress', file], settings);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('MB\n') });
  expect(stdout).toMatch(/\nposts +300 +300 [^]*\npages +800 +0 +0 +0 +800\n/);
});

test('waits for another import of the site without a statement timeout', async () => {
  const database = await newDatabase();
  const client = await database.pool.connect();
  await client.query(
    "begin; select pg_advisory_xact_lock(hashtext('rubric.import'), hashtext('wordpress:harbour.example'))",
  );
  const settings = { DATABASE_URL: database.url, STATEMENT_TIMEOUT_MS: '300' };
  const result = rubric(['import', 'wordpress', HARBOUR], settings);
  const waiting =
    "select from pg_stat_activity where datname = current_database() and wait_event = 'advisory' and now() - query_start > '1 s'";
  await eventually(async () => expect((await database.pool.query(waiting)).rowCount).toBe(1));
  await client.query('commit');
  client.release();
  expect(await result).toMatchObject({ status: 0 });
});

test('control characters in titles are escaped, and a pipe that is closed early is not an error', async () => {
  const database = await newDatabase();
  const title = 'a\u009b31mb\u202ec';
  const { stdout } = await runImport(database, newFile(wxrExport([post({ title, status: 'private' })], { title })));
  expect(stdout).toContain(': a\\u{9b}31mb\\u{202e}c (https');
  expect(stdout).toContain('line 5: a\\u{9b}31mb\\u{202e}c\n');
  expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/);

  const many = newFile(wxrExport(Array.from({ length: 5000 }, (_, n) => post({ id: n + 1, type: 'page' }))));
  const command = `node server/bin/rubric.js import wordpress --json ${many} | head -c 100 > /dev/null; echo \${PIPESTATUS[0]}`;
  const child = spawn('bash', ['-c', command], {
    cwd: ROOT,
    env: {
      ...process.env,
      PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}`,
      DATABASE_URL: database.url,
    },
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  await new Promise((resolve) => child.on('close', resolve));
  expect(printed).toBe('0\n');
});

test('an import that waits for another one waits for longer than any timeout of the server', async () => {
  const database = await newDatabase();
  const client = await database.pool.connect();
  await client.query('begin; lock table imported_rows in access exclusive mode');
  const settings = { DATABASE_URL: database.url, STATEMENT_TIMEOUT_MS: '100', LOCK_TIMEOUT_MS: '100' };
  const imported = rubric(['import', 'wordpress', HARBOUR], settings);
  await untilStatementsWait(client);
  // The server would end a connection that is silent for twice the statement timeout and a second.
  await delay(1_500);
  await client.query('commit');
  client.release();
  expect(await imported).toMatchObject({ status: 0 });
});
