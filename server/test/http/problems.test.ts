import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ARTICLE_RELATIONS } from '../../src/articles/article-relations.ts';
import { CONSTRAINT_PROBLEMS, constraintProblem } from '../../src/http/constraint-problems.ts';
import { PROBLEMS, type ProblemCode } from '../../src/http/problems.ts';
import { bodySchema, operations } from '../harness/operations.ts';
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
      'expectation_failed',
    ];
    const documented = operations.flatMap(({ responses }) =>
      Object.values(responses).flatMap(({ content }) =>
        Object.keys(content?.['application/problem+json']?.examples ?? {}),
      ),
    );
    expect([...new Set([...documented, ...onAnyPath])].sort()).toEqual(CODES.toSorted());
  });
});

describe('A constraint', () => {
  const linkForeignKeys = Object.values(ARTICLE_RELATIONS).map(({ foreignKey }) => foreignKey as string);
  const hasProblem = (name: string) => constraintProblem(name) !== undefined || linkForeignKeys.includes(name);

  /** Unique indexes and foreign keys with their columns (null for one on expressions), and what triggers raise. */
  const readConstraints = async (): Promise<{ name: string; columns: string[] | null }[]> => {
    const { rows } = await server.database.pool.query(`
      select conname as name, array(select attname::text from pg_attribute where attrelid = conrelid and attnum = any(conkey)) as columns
        from pg_constraint where connamespace = 'public'::regnamespace and contype = 'f'
      union all select relname, case when indexprs is null then
          array(select attname::text from pg_attribute where attrelid = indrelid and attnum = any(indkey)) end
        from pg_index join pg_class on pg_class.oid = indexrelid
        where relnamespace = 'public'::regnamespace and indisunique and not indisprimary
      union all select raised[1], null from pg_proc, regexp_matches(prosrc, 'constraint\\s*=\\s*''(\\w+)''', 'g') as raised
        where pronamespace = 'public'::regnamespace`);
    return rows;
  };

  /** On a column that has the name of a field. Here the server sets it, or the service prevents a violation. */
  const PREVENTED = [
    'account_credentials_account_id_fkey',
    'account_credentials_key',
    'account_preferences_account_id_fkey',
    'api_tokens_account_id_fkey', // a token is for the caller's account or, if an admin creates it, for none
    'article_categories_rank_key', // moves in one category wait for one another
    'category_counts_category_id_fkey',
    'category_paths_category_id_fkey',
    'imported_rows_author_id_fkey',
    'imported_rows_category_id_fkey',
    'invitations_open_key', // the service deletes the open invitation first, and tries again
    'old_slugs_author_id_fkey',
    'old_slugs_category_id_fkey',
    'sessions_account_id_fkey',
    'sessions_token_key',
    'two_factors_account_id_fkey',
    'two_factors_account_id_key',
    'used_totp_codes_account_id_fkey',
  ];

  test('on a column that a request sets has a problem; checks repeat what the schemas of requests refuse', async () => {
    const fields = new Set(operations.flatMap((operation) => Object.keys(bodySchema(operation)?.properties ?? {})));
    const toField = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const isSetByRequest = (column: string) => fields.has(toField(column)) || fields.has(`${toField(column)}s`);
    const violable = (await readConstraints()).filter(({ columns }) => columns?.some(isSetByRequest) ?? true);
    const names = violable.map(({ name }) => name);
    expect(names.filter((name) => !hasProblem(name)).sort()).toEqual(PREVENTED);
  });

  test('with a problem exists', async () => {
    const { rows } = await server.database.pool.query('select conname as name from pg_constraint');
    const names = [...rows, ...(await readConstraints())].map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...Object.keys(CONSTRAINT_PROBLEMS), ...linkForeignKeys]));
  });
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
