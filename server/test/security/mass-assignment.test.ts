import { beforeAll, describe, expect, test } from 'vitest';
import { bodySchema, operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newAuthor, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';
import { bodyOf, pathOf } from './hostile.ts';

const server = useServer();

/** Fields that callers must not be able to set, except where the document lists them. */
const FIELDS: [name: string, value: unknown][] = [
  ['id', 99],
  ['role', 'admin'],
  ['version', 99],
  ['authorId', 1],
  ['ownerId', 1],
  ['accountId', 1],
  ['owner', { id: 1 }],
  ['createdAt', '2000-01-01T00:00:00Z'],
  ['updatedAt', '2000-01-01T00:00:00Z'],
  ['deletedAt', null],
  ['listedAt', '2000-01-01T00:00:00Z'],
  ['articleCount', 99],
  ['hash', 'x'],
  ['suspendedAt', null],
  ['emailVerified', true],
  ['twoFactorEnabled', false],
  ['constructor', { prototype: { role: 'admin' } }],
  ['prototype', {}],
  ['toString', 'x'],
];

const withBody = operations.filter((operation) => bodyOf(operation) !== undefined);
const isKnown = (operation: (typeof withBody)[number], field: string) =>
  Object.hasOwn(bodySchema(operation)?.properties ?? {}, field);

/** All rows, except those that refused requests, uses of tokens and workers write. */
async function allRows(): Promise<string> {
  const { rows: tables } = await server.database.pool.query(`
    select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not in ('audit_log', 'rate_limits', 'category_count_deltas', 'category_counts', 'article_search', 'search_backlog',
        'events', 'event_sequence', 'article_schedules')
    order by relname`);
  const rowsByTable: unknown[] = [];
  for (const { relname } of tables) {
    const text = relname === 'api_tokens' ? "(to_jsonb(t) - 'last_used_at')::text" : 't::text';
    rowsByTable.push(
      (await server.database.pool.query(`select ${text} as row from "${relname}" as t order by 1`)).rows,
    );
  }
  return JSON.stringify(rowsByTable);
}

beforeAll(async () => {
  const category = await newCategory(server.as.editor);
  const author = await newAuthor(server.as.editor);
  await newArticle(server.as.editor, { categoryIds: [category.id], authorIds: [author.id] });
});

describe('API3:2023 Mass assignment', () => {
  test('is tested for every operation with a body', () => expect(withBody.length).toBeGreaterThanOrEqual(8));

  test.each(withBody.map((operation) => [operation.name, operation] as const))('%s', async (_, operation) => {
    const before = await allRows();
    for (const [field, value] of FIELDS.filter(([name]) => !isKnown(operation, name))) {
      const body = JSON.stringify(bodyOf(operation, { [field]: value }));
      const response = await server.as.admin.call(operation.method, pathOf(operation), body);
      if (response.status === 403 && operation['x-required-access'] === 'user') continue;
      expectProblem(response, 400, 'invalid_request', [`/${field}`]);
      expect(response.body.detail).toContain(field);
    }
    // Built as text: in an object literal, __proto__ would set the prototype instead of a field.
    const poisoned = JSON.stringify(bodyOf(operation))
      .replace('{', '{"__proto__":{"role":"admin"},')
      .replace(/,\}$/, '}');
    const response = await server.as.admin.call(operation.method, pathOf(operation), poisoned);
    if (response.status !== 403) expectProblem(response, 400, 'invalid_request', ['/__proto__']);
    expect(({} as { role?: string }).role).toBeUndefined();
    expect(await allRows()).toBe(before);
  });
});
