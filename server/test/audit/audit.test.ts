import { beforeAll, describe, expect, test } from 'vitest';
import { newToken } from '../../src/auth/tokens/token-format.ts';
import type { Client } from '../harness/client.ts';
import { eventually } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, newAuthor, newCategory, times, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();

interface Entry {
  id: number;
  at: string;
  via: string;
  tokenId: number | null;
  address: string | null;
  action: string;
  subject: string | null;
  subjectId: number | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

async function entries(query: string): Promise<Entry[]> {
  const { status, body } = await server.as.admin.get(`/audit?limit=100&${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.data;
}

let editor: number;
beforeAll(async () => {
  const { rows } = await server.database.pool.query("select id from api_tokens where name = 'editor'");
  editor = Number(rows[0].id);
});

/** The actor of an entry for a request with the editor's token. */
const byEditor = () => ({ via: 'http', accountId: null, tokenId: editor, address: '127.0.0.1' });

describe('The audit log records', () => {
  test('changes of an author, with the old and new values', async () => {
    const author = await newAuthor(server.as.editor, { bio: 'Bakes.' });
    await server.as.editor.patch(`/authors/${author.id}`, { bio: 'Bakes no more.' });
    await server.as.editor.delete(`/authors/${author.id}`);
    expect(await entries(`subject=author&subjectId=${author.id}`)).toMatchObject([
      { ...byEditor(), action: 'author.delete', before: { bio: 'Bakes no more.', name: author.name }, after: null },
      { ...byEditor(), action: 'author.change', before: { bio: 'Bakes.' }, after: { bio: 'Bakes no more.' } },
      { ...byEditor(), action: 'author.create', before: null, after: { bio: 'Bakes.', slug: author.slug } },
    ]);
  });

  test('changes of a category, including its children when it is deleted', async () => {
    const parent = await newCategory(server.as.editor);
    const child = await newCategory(server.as.editor, { parentId: parent.id });
    await server.as.editor.put(`/categories/${child.id}`, { name: child.name, parentId: parent.id, position: 3 });
    await server.as.editor.delete(`/categories/${parent.id}`);
    expect(await entries(`subject=category&subjectId=${child.id}`)).toMatchObject([
      { ...byEditor(), action: 'category.change', before: { parentId: parent.id }, after: { parentId: null } },
      { ...byEditor(), action: 'category.change', before: { position: 0 }, after: { position: 3 } },
      { ...byEditor(), action: 'category.create' },
    ]);
    expect((await entries(`subject=category&subjectId=${parent.id}`))[0]).toMatchObject({
      ...byEditor(),
      action: 'category.delete',
    });
  });

  test('nothing for an update that changes nothing', async () => {
    const author = await newAuthor(server.as.editor);
    await server.as.editor.patch(`/authors/${author.id}`, { name: author.name });
    expect(await entries(`subject=author&subjectId=${author.id}`)).toHaveLength(1);
  });

  test('changes made directly in the database', async () => {
    const author = await newAuthor(server.as.editor);
    await server.database.pool.query("update authors set name = 'Changed' where id = $1", [author.id]);
    expect((await entries(`subject=author&subjectId=${author.id}`))[0]).toMatchObject({
      via: 'database',
      accountId: null,
      tokenId: null,
      address: null,
      action: 'author.change',
    });
  });

  test('the right actor of concurrent writes that share few connections', async () => {
    const writers: [Client, string][] = [
      [server.as.editor, 'editor'],
      [server.as.admin, 'admin'],
    ];
    const created = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const [client, name] = writers[n % 2]!;
        return { name, id: (await newAuthor(client, { name: unique(name) })).id };
      }),
    );
    const { rows } = await server.database.pool.query('select id, name from api_tokens');
    const names = new Map(rows.map(({ id, name }) => [Number(id), name]));
    for (const { name, id } of created) {
      const [entry] = await entries(`subject=author&subjectId=${id}`);
      expect(names.get(entry?.tokenId ?? 0)).toBe(name);
    }
  });
});

describe('GET /audit', () => {
  test('is restricted to admins', async () => {
    expectProblem(await server.anonymous.get('/audit'), 401, 'unauthorized');
    for (const role of ['reader', 'contributor', 'author', 'editor'] as const) {
      expectProblem(await server.as[role].get('/audit'), 403, 'forbidden');
    }
  });

  test('pages through all entries once, in both directions, while the log grows', async () => {
    await times(12, () => newAuthor(server.as.editor));
    const listed: Entry[] = [];
    let next: string | null = null;
    let previous: string | null = null;
    do {
      const page: any = (
        await server.as.admin.get(`/audit?action=author.create&limit=5${next ? `&after=${next}` : ''}`)
      ).body;
      listed.push(...page.data);
      previous = page.page.previous;
      next = page.page.next;
      await newAuthor(server.as.editor);
    } while (next);
    expect(listed).toEqual([...listed].sort((a, b) => b.at.localeCompare(a.at) || b.id - a.id));
    expect(new Set(idsOf(listed)).size).toBe(listed.length);
    const back = await server.as.admin.get(`/audit?action=author.create&limit=5&before=${previous}`);
    const last = listed.length % 5 || 5;
    expect(idsOf(back.body.data)).toEqual(idsOf(listed).slice(-last - 5, -last));
    expect(back.headers.get('link')).toContain('rel="next"');
  });

  test('lists the entries of a long transaction at the time at which it began, also across pages', async () => {
    const connection = await server.database.pool.connect();
    await connection.query('begin');
    await connection.query('select now()');
    const concurrent = await times(2, () => newAuthor(server.as.editor));
    const { rows } = await connection.query(`insert into authors (name, slug) values ('Slow', 'slow') returning id`);
    await connection.query('commit');
    connection.release();
    const first = await server.as.admin.get('/audit?action=author.create&limit=2');
    const second = await server.as.admin.get(`/audit?action=author.create&limit=2&after=${first.body.page.next}`);
    const shown = [...first.body.data, ...second.body.data].map(({ subjectId }) => subjectId);
    expect(shown.slice(0, 3)).toEqual([...concurrent.map(({ id }) => id).reverse(), Number(rows[0].id)]);
  });

  test('filters by time, token and account', async () => {
    const author = await newAuthor(server.as.editor);
    const [entry] = await entries(`subject=author&subjectId=${author.id}`);
    const at = Date.parse(entry?.at ?? '');
    const ids = async (query: string) => idsOf(await entries(query));
    expect(await ids(`at[gte]=${new Date(at).toISOString()}`)).toContain(entry?.id);
    expect(await ids(`at[lt]=${new Date(at).toISOString()}`)).not.toContain(entry?.id);
    expect(await ids(`at[gte]=${new Date(at + 1).toISOString()}`)).not.toContain(entry?.id);
    expect(await ids('at[lt]=9999-12-31T23:59:59.999999Z')).toContain(entry?.id);
    expect(await ids(`token=${editor}`)).toContain(entry?.id);
    expect(await ids('token=4611686018427387904')).toEqual([]);
    expect(await ids('account=9223372036854775807')).toEqual([]);
  });

  test.each([
    ['nope=1', '/nope'],
    ['page=1', '/page'],
    ['subjectId=1', '/subjectId'],
    ['account=x', '/account'],
    ['token=-1', '/token'],
    ['action=', '/action'],
    ["action=a'--", '/action'],
    ['at[gte]=yesterday', '/at[gte]'],
    ['limit=101', '/limit'],
  ])('refuses %s', async (query, pointer) => {
    expectProblem(await server.as.admin.get(`/audit?${query}`), 400, 'invalid_request', [pointer]);
  });

  test('refuses the cursor of another filter', async () => {
    await times(2, () => newAuthor(server.as.editor));
    const { body } = await server.as.admin.get('/audit?limit=1&action=author.create');
    expectProblem(await server.as.admin.get(`/audit?limit=1&after=${body.page.next}`), 400, 'invalid_cursor');
  });
});

describe('Denied requests are recorded', () => {
  const denied = () => entries('action=access.refused');

  test('once a minute, with the route and without the query', async () => {
    await times(5, () => server.as.reader.post('/categories?secret=hunter2', { name: 'x' }));
    await eventually(async () => {
      const recorded = (await denied()).filter(({ after }) => after?.['path'] === '/categories');
      expect(recorded).toMatchObject([
        { via: 'http', address: '127.0.0.1', after: { method: 'POST', path: '/categories', code: 'forbidden' } },
      ]);
      expect(recorded[0]?.tokenId).not.toBeNull();
    });
  });

  test('with an invalid token, but not without any credentials', async () => {
    const { token } = newToken();
    await server.anonymous.delete('/authors/1');
    await server.anonymous.get('/authors/tove', { headers: { authorization: `Bearer ${token}` } });
    await eventually(async () => {
      const recorded = (await denied()).filter(({ after }) => String(after?.['path']).startsWith('/authors/'));
      expect(recorded).toMatchObject([
        { tokenId: null, after: { method: 'GET', path: '/authors/tove', code: 'unauthorized' } },
      ]);
    });
    expect(JSON.stringify(await denied())).not.toContain(token.slice(24));
  });

  test('without parts of the path that are neither ids nor slugs, because they can be secrets', async () => {
    const { token } = newToken();
    await server.anonymous.get(`/categories/${token}`, { headers: { authorization: `Bearer ${token}` } });
    await eventually(async () =>
      expect((await denied()).map(({ after }) => after?.['path'])).toContain('/categories/:idOrSlug'),
    );
  });

  test('a few times during a flood from one address', async () => {
    const count = async () =>
      Number((await server.database.pool.query('select count(*) from audit_log')).rows[0].count);
    await server.as.reader.delete('/authors/1');
    const before = await count();
    await Promise.all(Array.from({ length: 200 }, (_, n) => server.as.reader.delete(`/authors/${n}`)));
    expect((await count()) - before).toBeLessThan(5);
  });
});

describe('V16.4.2 The audit log is append-only:', () => {
  test.each([
    "update audit_log set action = 'x'",
    'delete from audit_log',
    'delete from audit_log where false',
    'truncate audit_log',
    'truncate accounts, audit_log cascade',
    `insert into audit_log (id, via, action) overriding system value values (1, 'http', 'x')
      on conflict (id) do update set action = 'x'`,
  ])('%s', async (statement) => {
    await newAuthor(server.as.editor);
    await expect(server.database.pool.query(statement)).rejects.toThrow('the audit log is append-only');
  });

  test('/audit supports only GET', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expectProblem(await server.as.admin.call(method, '/audit'), 405, 'method_not_allowed');
    }
  });
});
