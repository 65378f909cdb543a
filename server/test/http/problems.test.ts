import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CONSTRAINT_PROBLEMS } from '../../src/http/constraint-problems.ts';
import { PROBLEMS, type ProblemCode } from '../../src/http/problems.ts';
import { operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const CODES = Object.keys(PROBLEMS) as ProblemCode[];

const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((text) => [text.split('\n', 1)[0], text]),
);
const exampleOf = (code: ProblemCode) => JSON.parse(/```json\n(.*?)```/s.exec(sections.get(code) ?? '')?.[1] ?? '{}');

describe('docs/errors.md', () => {
  test('has a section for each code and for nothing else', () => {
    expect(new Set(sections.keys())).toEqual(new Set(CODES));
  });

  test('begins with a table of all codes', () => {
    const rows = [...page.matchAll(/^\| (\d{3}) \| \[`(\w+)`\]\(#(\w+)\) \|$/gm)].map(([, status, code]) => [
      code,
      Number(status),
    ]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(CODES.map((code) => [code, PROBLEMS[code].status])));
  });

  test.each(CODES)('documents the meaning, the cause and the solution of %s, with an example', (code) => {
    const section = sections.get(code) ?? '';
    const { status, title } = PROBLEMS[code];
    expect(section).toContain(`\n${status}: ${title}.\n`);
    expect(section).toMatch(/\*\*When\.\*\* \S/);
    expect(section).toMatch(/\*\*What to do\.\*\* \S/);
    const example = exampleOf(code);
    expect(example).toMatchObject({ type: `/problems/${code}`, title, status, code });
    expect(Object.keys(example)).toEqual(
      ['type', 'title', 'status', 'code', 'detail', 'instance', 'errors'].slice(0, Object.keys(example).length),
    );
  });
});

describe('Each problem', () => {
  test('has a page at the path in its type', async () => {
    for (const code of CODES) {
      const { status, headers, body } = await server.anonymous.get(`/problems/${code}`);
      expect(status, code).toBe(200);
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(body).toContain(`<h1>${PROBLEMS[code].title}</h1>`);
      expect(body).toContain(PROBLEMS[code].meaning);
    }
  });

  test('has a page with the example of docs/errors.md', async () => {
    for (const code of CODES) {
      const { body } = await server.anonymous.get(`/problems/${code}`);
      const shown =
        /<pre>([^<]*)<\/pre>/
          .exec(body)?.[1]
          ?.replace(/&quot;/g, '"')
          .replace(/&#39;/g, "'") ?? '';
      expect(JSON.parse(shown), code).toEqual(exampleOf(code));
    }
  });

  test('is listed at /problems', async () => {
    const { body } = await server.anonymous.get('/problems');
    for (const code of CODES) expect(body).toContain(`href="/problems/${code}"`);
  });

  test('is documented for an operation, or can occur on any path', () => {
    const onAnyPath = [
      'invalid_url',
      'invalid_http',
      'url_too_long',
      'headers_too_large',
      'request_timeout',
      'method_not_allowed',
    ];
    const documented = operations.flatMap(({ responses }) =>
      Object.values(responses).flatMap(({ content }) =>
        Object.keys(content?.['application/problem+json']?.examples ?? {}),
      ),
    );
    expect([...new Set([...documented, ...onAnyPath])].sort()).toEqual(CODES.toSorted());
  });
});

test('CONSTRAINT_PROBLEMS contains every constraint, unique index and constraint name raised by a trigger, and nothing else', async () => {
  const { rows } = await server.database.pool.query(`
    select conname as name from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
    union select c.relname from pg_index as i join pg_class as c on c.oid = i.indexrelid
      where c.relnamespace = 'public'::regnamespace and i.indisunique
    union select raised[1] from pg_proc, regexp_matches(prosrc, 'constraint\\s*=\\s*''(\\w+)''', 'g') as raised
      where pronamespace = 'public'::regnamespace`);
  expect(new Set(Object.keys(CONSTRAINT_PROBLEMS))).toEqual(new Set(rows.map(({ name }) => name)));
});

test('An unexpected error gets a 500 that contains an id for the log and no internals', async () => {
  await server.database.pool.query('alter table articles rename column excerpt to lost');
  try {
    for (const call of [server.anonymous.get('/articles/1'), server.as.editor.post('/articles', { title: 'x' })]) {
      const response = await call;
      expectProblem(response, 500, 'internal');
      expect(response.body.detail).toMatch(/under the id [0-9a-f-]{36}\.$/);
      expect(JSON.stringify(response.body)).not.toMatch(/column|excerpt|lost|drizzle|pg/i);
    }
  } finally {
    await server.database.pool.query('alter table articles rename column lost to excerpt');
  }
});
