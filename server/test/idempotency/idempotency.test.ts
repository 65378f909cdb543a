import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { IdempotencyWorker } from '../../src/idempotency/idempotency.worker.ts';
import type { Client, TestResponse } from '../harness/client.ts';
import { untilStatementsWait } from '../harness/eventually.ts';
import { operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newAuthor, newCategory, unique } from '../harness/seed.ts';
import { insertTestToken, useServer } from '../harness/server.ts';

const server = useServer();
const keyed = (key: string, headers = {}) => ({ headers: { 'idempotency-key': key, ...headers } });
const isReplay = ({ headers }: TestResponse) => headers.get('idempotency-replayed') === 'true';
const countArticles = async (title: string) => {
  const { rows } = await server.database.pool.query('select count(*)::int from articles where title = $1', [title]);
  return rows[0].count as number;
};

/** Sends a request twice, and expects the second answer to be the first one again. */
async function expectReplayed(client: Client, method: string, path: string, body?: unknown, headers = {}) {
  const options = keyed(randomUUID(), headers);
  const first = await client.call(method, path, body, options);
  const second = await client.call(method, path, body, options);
  expect([isReplay(first), isReplay(second)]).toEqual([false, true]);
  expect([second.status, second.body]).toEqual([first.status, first.body]);
  for (const name of ['etag', 'location', 'content-type', 'content-length']) {
    expect(second.headers.get(name), name).toBe(first.headers.get(name));
  }
  return first;
}

describe('The same request with the same key gets the first answer', () => {
  test('POST /articles: 201 with Location and ETag; one article, one revision, one entry', async () => {
    const category = await newCategory(server.as.editor);
    const author = await newAuthor(server.as.editor);
    const title = unique('Once');
    const body = { title, categoryIds: [category.id], authorIds: [author.id] };
    const { status, headers, body: article } = await expectReplayed(server.as.editor, 'POST', '/articles', body);
    expect([status, headers.get('location')]).toEqual([201, `/articles/${article.id}`]);
    expect(headers.get('etag')).toMatch(/^"1\./);
    expect(await countArticles(title)).toBe(1);
    const { rows } = await server.database.pool.query(
      `select (select count(*)::int from article_revisions where article_id = $1) as revisions,
         (select count(*)::int from audit_log where subject = 'article' and subject_id = $1) as entries`,
      [article.id],
    );
    expect(rows).toEqual([{ revisions: 1, entries: 1 }]);
    expect((await server.as.editor.get(`/articles/${article.id}`)).body).toEqual(article);
  });

  test('PATCH and POST of articles, categories and authors: 200 or 201', async () => {
    const { editor } = server.as;
    const article = await newArticle(editor);
    const category = await newCategory(editor);
    const author = await newAuthor(editor);
    const patched = await expectReplayed(editor, 'PATCH', `/articles/${article.id}`, { title: unique('New') });
    expect([patched.status, patched.body.version]).toEqual([200, 2]);
    expect((await editor.get(`/articles/${article.id}`)).body.version).toBe(2);
    await editor.delete(`/articles/${article.id}`);
    const restored = await expectReplayed(editor, 'POST', `/articles/${article.id}/restore`);
    expect([restored.status, restored.body.version]).toEqual([200, 4]);
    const child = await expectReplayed(editor, 'POST', '/categories', { name: unique('Child'), parentId: category.id });
    expect(child.body).toMatchObject({ version: 1, path: [{ id: category.id }], articleCount: 0 });
    expect((await editor.get(`/categories/${child.body.id}`)).body).toMatchObject(child.body);
    const moved = await expectReplayed(editor, 'PATCH', `/categories/${child.body.slug}`, { parentId: null });
    expect(moved.body).toMatchObject({ version: 2, path: [] });
    expect((await expectReplayed(editor, 'POST', '/authors', { name: unique('Author') })).status).toBe(201);
    expect((await expectReplayed(editor, 'PATCH', `/authors/${author.id}`, { bio: 'x' })).body.version).toBe(2);
  });

  test('also when the row has changed or is gone meanwhile', async () => {
    const options = keyed(randomUUID());
    const body = { title: unique('Gone') };
    const first = await server.as.editor.post('/articles', body, options);
    await server.as.editor.delete(`/articles/${first.body.id}?permanent=true`);
    const second = await server.as.editor.post('/articles', body, options);
    expect([second.status, second.body, isReplay(second)]).toEqual([201, first.body, true]);
    expect(await countArticles(body.title)).toBe(0);
  });

  test('in the encoding that each request accepts, with the ETag of that encoding', async () => {
    const options = (encoding: string) => keyed('encoded', { 'accept-encoding': encoding });
    const body = { title: unique('Encoded'), content: 'long '.repeat(1_000) };
    const first = await server.as.editor.post('/articles', body, options('br'));
    const plain = await server.as.editor.post('/articles', body, options('identity'));
    const again = await server.as.editor.post('/articles', body, options('br'));
    expect([plain.body, again.body]).toEqual([first.body, first.body]);
    expect(first.headers.get('etag')).toMatch(/-br"$/);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(plain.headers.get('etag')).toBe(first.headers.get('etag')?.replace('-br"', '"'));
  });

  test('400, 404, 409 and 422 are kept as well, also when the request would succeed now', async () => {
    const { editor } = server.as;
    const { id, slug } = await newArticle(editor);
    expectProblem(await expectReplayed(editor, 'POST', '/articles', { name: 'x' }), 400, 'invalid_request', [
      '/title',
      '/name',
    ]);
    expectProblem(await expectReplayed(editor, 'POST', '/articles', '{'), 400, 'invalid_json');
    expectProblem(await expectReplayed(editor, 'POST', '/articles?x=1', { title: 'x' }), 400, 'invalid_request', [
      '/x',
    ]);
    expectProblem(await expectReplayed(editor, 'PATCH', '/articles/999999', { title: 'x' }), 404, 'not_found');
    expectProblem(
      await expectReplayed(editor, 'POST', '/articles', { title: 'x', categoryIds: [999_998, 1, 999_999] }),
      422,
      'unknown_category',
    );
    const options = keyed('taken then');
    const body = { title: unique('Taken'), slug };
    const taken = await editor.post('/articles', body, options);
    expectProblem(taken, 409, 'slug_taken', ['/slug']);
    await editor.delete(`/articles/${id}?permanent=true`);
    const again = await editor.post('/articles', body, options);
    expect([again.status, again.body, isReplay(again)]).toEqual([409, taken.body, true]);
    expect(again.headers.get('content-type')).toBe(taken.headers.get('content-type'));
  });

  test('401, 403 and 412 are not kept: the request runs again', async () => {
    const { id } = await newArticle(server.as.editor);
    const stale = keyed('stale', { 'if-match': '"2"' });
    const body = { title: unique('Later') };
    for (const _ of [1, 2]) {
      const response = await server.as.editor.patch(`/articles/${id}`, body, stale);
      expectProblem(response, 412, 'version_mismatch');
      expect(isReplay(response)).toBe(false);
    }
    await server.as.editor.patch(`/articles/${id}`, { title: unique('Now') });
    expect((await server.as.editor.patch(`/articles/${id}`, body, stale)).body).toMatchObject({ ...body, version: 3 });
    expectProblem(await server.anonymous.post('/articles', body, keyed('anonymous')), 401, 'unauthorized');
    const published = { title: unique('Published') };
    for (const _ of [1, 2]) {
      const response = await server.as.contributor.post('/articles', published, keyed('not allowed'));
      expectProblem(response, 403, 'forbidden');
      expect(isReplay(response)).toBe(false);
    }
    expect(
      (await server.as.contributor.post('/articles', { ...published, publishedAt: null }, keyed('not allowed'))).status,
    ).toBe(201);
  });
});

describe('Another request with the key', () => {
  const options = keyed('mismatch');

  test('gets 422 idempotency_mismatch: other body, query, path, method or If-Match', async () => {
    const { editor } = server.as;
    const { id } = await newArticle(editor);
    const { id: other } = await newArticle(editor);
    const body = { title: unique('First') };
    expect((await editor.patch(`/articles/${id}`, body, options)).status).toBe(200);
    const others = [
      await editor.patch(`/articles/${id}`, `${JSON.stringify(body)} `, options),
      await editor.patch(`/articles/${id}?x=1`, body, options),
      await editor.patch(`/articles/${other}`, body, options),
      await editor.post('/articles', body, options),
      await editor.patch(`/articles/${id}`, body, keyed('mismatch', { 'if-match': '"2"' })),
      await editor.patch(`/articles/${id}`, '{', options),
      await editor.patch(`/articles/${id}`, undefined, options),
    ];
    for (const response of others) {
      expectProblem(response, 422, 'idempotency_mismatch');
      expect(isReplay(response)).toBe(false);
    }
    expect(isReplay(await editor.patch(`/articles/${id}`, body, options))).toBe(true);
    expect((await editor.get(`/articles/${id}`)).body.version).toBe(2);
  });

  test('runs when it comes from another token or account', async () => {
    const title = unique('Callers');
    const send = (client: Client) => client.post('/articles', { title, publishedAt: null }, keyed('callers'));
    const clients = [server.as.editor, server.as.admin, server.as.author];
    for (const client of clients) {
      expect(isReplay(await send(client))).toBe(false);
      expect(isReplay(await send(client))).toBe(true);
    }
    expect(await countArticles(title)).toBe(3);
  });
});

describe('A request with the key of one in flight', () => {
  test('gets 409 idempotency_in_flight with Retry-After, and the answer afterwards', async () => {
    const title = unique('Held');
    const send = () => server.as.editor.post('/articles', { title }, keyed('held'));
    const holder = await server.database.pool.connect();
    await holder.query('begin; lock idempotency_keys in share mode');
    const first = send();
    await untilStatementsWait(holder);
    const second = await send();
    expectProblem(second, 409, 'idempotency_in_flight');
    expect(second.headers.get('retry-after')).toBe('1');
    await holder.query('rollback');
    holder.release();
    expect((await first).status).toBe(201);
    expect(isReplay(await send())).toBe(true);
    expect(await countArticles(title)).toBe(1);
  });
});

describe('Idempotency-Key', () => {
  const create = (key: string) => server.as.editor.post('/articles', { title: 'Key', publishedAt: null }, keyed(key));

  test('is the same with quotes and without', async () => {
    for (const [first, second] of [
      ['plain', '"plain"'],
      ['"with \\"quotes\\" and \\\\"', '"with \\"quotes\\" and \\\\"'],
      ['a b, c', '"a b, c"'],
      ['k'.repeat(255), `"${'k'.repeat(255)}"`],
      // 255 characters of UTF-8, as bytes
      [Buffer.from('я'.repeat(255)).toString('latin1'), Buffer.from(`"${'я'.repeat(255)}"`).toString('latin1')],
    ] as const) {
      expect([isReplay(await create(first)), isReplay(await create(second))]).toEqual([false, true]);
    }
  });

  test.each(['', '""', 'k'.repeat(256), `"${'k'.repeat(256)}"`, '"open', 'closed"'])(
    'returns 400 naming the header for %j, and writes nothing',
    async (key) => {
      const { rows: before } = await server.database.pool.query('select count(*) from articles');
      expectProblem(await create(key), 400, 'invalid_request', ['/Idempotency-Key']);
      expect((await server.database.pool.query('select count(*) from articles')).rows).toEqual(before);
    },
  );

  test('is documented on each POST and PATCH of content', () => {
    const content = [
      'articles.write',
      'articles.writeWorkingDrafts',
      'categories.write',
      'authors.write',
      'redirects.manage',
    ];
    const taking = operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'Idempotency-Key'));
    const expected = operations.filter(
      (each) => ['POST', 'PATCH'].includes(each.method) && content.includes(each['x-required-access'] ?? ''),
    );
    expect(taking.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
    expect(taking.length).toBeGreaterThanOrEqual(10);
  });

  test.each([
    ['/tokens', { name: 'x', role: 'reader' }],
    ['/invitations', { email: 'x@rubric.example', role: 'reader' }],
    ['/sessions', { email: 'x@rubric.example', password: 'x' }],
    ['/sessions/second-factor', { code: '123456' }],
    ['/account/second-factor', { password: 'x' }],
    ['/account/recovery-codes', { password: 'x' }],
  ])('returns 400 on POST %s, whose answer shows a secret or sets a cookie', async (path, body) => {
    const response = await server.as.admin.post(path, body, keyed('secret'));
    expectProblem(response, 400, 'invalid_request', ['/Idempotency-Key']);
  });

  test('changes nothing on other methods', async () => {
    const category = await newCategory(server.as.editor);
    for (const _ of [1, 2]) {
      const replaced = await server.as.editor.put(`/categories/${category.id}`, { name: unique('Put') }, keyed('put'));
      expect([replaced.status, isReplay(replaced)]).toEqual([200, false]);
    }
    expect((await server.as.editor.delete(`/categories/${category.id}`, keyed('put'))).status).toBe(204);
  });
});

describe('Kept answers', () => {
  test('contain no key but that of the caller, and the digest of the request', async () => {
    const token = await insertTestToken(server.database.pool, 'editor');
    const body = JSON.stringify({ title: unique('Row') });
    const headers = { authorization: `Bearer ${token}` };
    const { body: article } = await server.anonymous.post('/articles', body, keyed('one row', headers));
    const { rows } = await server.database.pool.query("select * from idempotency_keys where key = 'one row'");
    const { rows: tokens } = await server.database.pool.query('select max(id)::int as id from api_tokens');
    expect(rows).toEqual([
      {
        caller: `token:${tokens[0].id}`,
        key: 'one row',
        fingerprint: createHash('sha256').update(`["POST","/articles",null]\n${body}`).digest(),
        status: 201,
        location: `/articles/${article.id}`,
        body: JSON.stringify(article),
        created_at: expect.any(Date),
      },
    ]);
  });

  test('expire after 24 hours: then the request runs again, and its answer replaces the old one', async () => {
    const title = unique('Expired');
    const send = () => server.as.editor.post('/articles', { title }, keyed('expired'));
    const age = (interval: string) =>
      server.database.pool.query(
        "update idempotency_keys set created_at = now() - $1::interval where key = 'expired'",
        [interval],
      );
    await send();
    await age('23 hours 59 minutes');
    expect(isReplay(await send())).toBe(true);
    await age('24 hours');
    expect(isReplay(await send())).toBe(false);
    expect(isReplay(await send())).toBe(true);
    expect(await countArticles(title)).toBe(2);
  });

  test('are deleted in steps after they expire', async () => {
    await server.database.pool.query(
      `insert into idempotency_keys (caller, key, fingerprint, status, created_at)
       select 'token:0', n, '', 201, now() - n * interval '1 hour' from generate_series(1, 48) as n`,
    );
    await new IdempotencyWorker(server.database.db).deleteExpired(7);
    const { rows } = await server.database.pool.query(
      "select count(*)::int, max(key::int) from idempotency_keys where caller = 'token:0'",
    );
    expect(rows).toEqual([{ count: 23, max: 23 }]);
  });
});
