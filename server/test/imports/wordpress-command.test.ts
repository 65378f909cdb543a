import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { until } from '../../../packages/embedded-postgres/test/embedded.processes.ts';
import { ROOT, rubric, startRubric } from '../process/processes.ts';
import { category, everything, exported, importText, link, newDatabase, outcomes, post } from './build-export.ts';

const HARBOUR = fileURLToPath(new URL('fixtures/harbour.xml', import.meta.url));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rubric-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file of that name in a folder of its own. */
function newFile(text: string, name = 'export.xml'): string {
  const file = join(newFolder(), name);
  writeFileSync(file, text);
  return file;
}

const importing = (database: { url: string }, ...args: string[]) =>
  rubric(['import', 'wordpress', ...args], { DATABASE_URL: database.url });

const manyPosts = (much: number) =>
  Array.from({ length: much }, (_, n) =>
    post({ id: n + 1, links: [link('boats')], content: 'Knots and bends. '.repeat(20) }),
  );

test('the ledger of a first and of a second run are those of docs/imports.md', async () => {
  const database = await newDatabase();
  const docs = readFileSync(join(ROOT, 'docs/imports.md'), 'utf8');
  const first = await importing(database, HARBOUR);
  expect(first).toMatchObject({ status: 0, stderr: `${HARBOUR}: 0.0 MB\n` });
  expect(docs).toContain(first.stdout.replace(HARBOUR, 'harbour.xml'));
  const second = await importing(database, HARBOUR);
  expect(docs).toContain(second.stdout.split('\n\nSkipped')[0]?.replace(HARBOUR, 'harbour.xml'));
});

test('--json gives every line, one object for each file; a file that fails leaves the others alone', async () => {
  const database = await newDatabase();
  const broken = newFile(exported([post({ title: 'Lost' })]).replace('</item>', ''));
  const { status, stdout, stderr } = await importing(database, '--json', HARBOUR, broken, '/nowhere.xml', '/');
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
    { status: 'failed', error: 'There is no such file.' },
    { status: 'failed', error: 'It is not a file, and what is imported is read twice.' },
  ]);
  expect(stderr).toContain('/nowhere.xml: There is no such file. Nothing of it was imported.\n');
  expect(await database.rows("select slug from articles where title = 'Lost'")).toEqual([]);
});

test('--dry-run says so and writes nothing', async () => {
  const database = await newDatabase();
  const before = await everything(database);
  const { status, stdout } = await importing(database, '--dry-run', '--tags', 'skip', HARBOUR);
  expect(status).toBe(0);
  expect(stdout).toMatch(/\nposts +5 +5 +0 +0 +0\n[^]*\nA dry run: all of this was undone\.\n$/);
  expect(stdout).toMatch(/\ntags +2 +0 +0 +0 +2\n/);
  expect(await everything(database)).toEqual(before);
});

test('a command that makes no sense ends with status 2, and its words say why', async () => {
  const nonsense = [[], ['--tags', 'perhaps', 'x.xml'], ['--force', 'x.xml']];
  const database = { url: 'postgres://nobody@127.0.0.1:1/none' };
  const ends = await Promise.all(nonsense.map((args) => importing(database, ...args)));
  expect(ends).toMatchObject([
    { status: 2, stderr: "error: missing required argument 'file'\n" },
    { status: 2, stderr: expect.stringMatching(/^error: option '--tags <what>' argument 'perhaps' is invalid/) },
    { status: 2, stderr: "error: unknown option '--force'\n" },
  ]);
});

describe('malformed files import nothing', () => {
  const whole = exported([category('boats'), ...manyPosts(120)]);

  test('and the command ends with status 1', async () => {
    const database = await newDatabase();
    const { status, stdout, stderr } = await importing(database, newFile(whole.slice(0, -30)));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/: Line \d+, column \d+: The XML is malformed: [^\n]+ Nothing of it was imported\.\n$/);
    expect(await everything(database)).toEqual([[], [], [], [], [], []]);
  });

  test('and the line is said where there is one', async () => {
    const database = await newDatabase();
    const spoiled: [file: string, sentence: RegExp][] = [
      [whole.slice(0, -30), /^Line 125, column \d+: The XML is malformed: the file ends /],
      [bomb(whole), /^Line 4: The XML is malformed: the entity &lol; is unknown/],
      ['title,slug\n', /^The file is not XML/],
      [whole.replaceAll('wp:', 'x:').replaceAll('wordpress.org', 'x.org'), /is an RSS feed/],
    ];
    for (const [file, sentence] of spoiled) await expect(importText(database, file)).rejects.toThrow(sentence);
    expect(await everything(database)).toEqual([[], [], [], [], [], []]);
  });

  function bomb(file: string): string {
    const entities = '<!ENTITY ha "ha"><!ENTITY lol "&ha;&ha;&ha;"><!ENTITY file SYSTEM "file:///etc/passwd">';
    return file.replace('<rss', `<!DOCTYPE rss [${entities}]><rss`).replace('Harbour Notes', '&lol;&file;');
  }
});

test('kill -9 in the middle leaves nothing, and a second run ends as one run does', async () => {
  const [killed, whole] = [await newDatabase(), await newDatabase()];
  const text = exported([category('boats'), ...manyPosts(1500)]);
  const child = startRubric(['import', 'wordpress', newFile(text)], { DATABASE_URL: killed.url });
  // Ids are drawn outside of the transaction: they show how far it is.
  const drawn = () => killed.rows<{ at: string }>('select last_value as at from articles_id_seq');
  await until(20_000, async () => expect(Number((await drawn())[0]?.at)).toBeGreaterThan(200));
  child.kill('SIGKILL');
  expect(await killed.rows('select id from articles')).toEqual([]);
  const reports = await Promise.all([killed, whole].map((database) => importText(database, text)));
  expect(reports.map((report) => outcomes(report, 'posts'))).toEqual([['posts 1500/0/0/0'], ['posts 1500/0/0/0']]);
  const content = `select a.slug, a.title, md5(a.content) as content, a.version, a.published_at, c.slug as category
    from articles as a join article_categories on a.id = article_id join categories as c on c.id = category_id order by 1`;
  const rows = await killed.rows(content);
  expect(rows).toHaveLength(1500);
  expect(rows).toEqual(await whole.rows(content));
});

test('a file much larger than the memory allowed is imported', async () => {
  const database = await newDatabase();
  const page = post({ type: 'page', content: 'Knots and bends. '.repeat(6_000) });
  const file = newFile(exported([...manyPosts(300), ...Array.from({ length: 800 }, () => page)]));
  expect(statSync(file).size).toBeGreaterThan(80e6);
  const settings = { DATABASE_URL: database.url, NODE_OPTIONS: '--max-old-space-size=56' };
  const { status, stdout, stderr } = await rubric(['import', 'wordpress', file], settings);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('MB\n') });
  expect(stdout).toMatch(/\nposts +300 +300 [^]*\npages +800 +0 +0 +0 +800\n/);
});

test('waits as long as it takes for another import of the site, whatever the limit for statements', async () => {
  const database = await newDatabase();
  const client = await database.pool.connect();
  await client.query(
    "begin; select pg_advisory_xact_lock(hashtext('rubric.import'), hashtext('wordpress:harbour.example'))",
  );
  const settings = { DATABASE_URL: database.url, STATEMENT_TIMEOUT_MS: '300' };
  const imported = rubric(['import', 'wordpress', HARBOUR], settings);
  const waiting =
    "select from pg_stat_activity where datname = current_database() and wait_event = 'advisory' and now() - query_start > '1 s'";
  await until(20_000, async () => expect((await database.pool.query(waiting)).rowCount).toBe(1));
  await client.query('commit');
  client.release();
  expect(await imported).toMatchObject({ status: 0 });
});

test('a title cannot disturb the terminal, and a reader may leave early', async () => {
  const database = await newDatabase();
  const title = 'a\u009b31mb\u202ec';
  const { stdout } = await importing(database, newFile(exported([post({ title, status: 'private' })], { title })));
  expect(stdout).toContain(': a\\u{9b}31mb\\u{202e}c (https');
  expect(stdout).toContain('line 5: a\\u{9b}31mb\\u{202e}c\n');
  expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/);

  const many = newFile(exported(Array.from({ length: 5000 }, (_, n) => post({ id: n + 1, type: 'page' }))));
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
