import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../harness/client.ts';
import type { TestEvent } from '../harness/event-stream.ts';
import { eventually } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { minutesFromNow, newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { startServerBeside, useServer } from '../harness/server.ts';

const server = useServer();

async function page(client: Client, query: string) {
  const { status, body } = await client.get(`/events?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as { data: TestEvent[]; page: { limit: number; next: string; previous: null } };
}

/** Returns the place after the last event. */
async function now(client = server.as.editor): Promise<string> {
  let place = '0';
  for (;;) {
    const { data, page: next } = await page(client, `limit=100&after=${place}`);
    place = next.next;
    if (data.length === 0) return place;
  }
}

const eventsAfter = async (place: string, client = server.as.editor) =>
  (await page(client, `limit=100&after=${place}`)).data;
const typesAfter = async (place: string, client = server.as.editor) =>
  (await eventsAfter(place, client)).map(({ type }) => type);

let editor: number;
beforeAll(async () => {
  const { rows } = await server.database.pool.query("select id from api_tokens where name = 'editor'");
  editor = Number(rows[0].id);
});

describe('An event', () => {
  test('names the row, the change and the caller', async () => {
    const place = await now();
    const category = await newCategory(server.as.editor);
    const article = await newArticle(server.as.editor, { slug: 'first-slug' });
    await server.as.editor.patch(`/articles/${article.id}`, { slug: 'second-slug', categoryIds: [category.id] });
    const events = await eventsAfter(place);
    const by = { tokenId: editor, name: 'editor' };
    expect(events).toEqual([
      expect.objectContaining({ type: 'category.created', by, changed: [] }),
      expect.objectContaining({
        type: 'article.created',
        subject: { type: 'article', id: article.id, slug: 'first-slug' },
        by,
        changed: [],
      }),
      {
        id: expect.any(Number),
        type: 'article.updated',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
        subject: { type: 'article', id: article.id, slug: 'second-slug' },
        by,
        changed: ['slug', 'categoryIds'],
      },
    ]);
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3].map((n) => Number(place) + n));
  });

  test.each([
    ['created', async () => {}],
    ['updated', (path: string) => server.as.editor.patch(path, { title: 'Again' })],
    ['trashed', (path: string) => server.as.editor.delete(path)],
    ['unpublished', (path: string) => server.as.editor.patch(path, { publishedAt: null, title: 'Back' })],
    ['unpublished', (path: string) => server.as.editor.patch(path, { publishedAt: minutesFromNow(60) })],
    ['deleted', (path: string) => server.as.editor.delete(`${path}?permanent=true`)],
  ] as const)('of a published article is %s', async (type, change) => {
    const { id } = await newArticle(server.as.editor);
    const place = String(Number(await now()) - (type === 'created' ? 1 : 0));
    await change(`/articles/${id}`);
    expect(await typesAfter(place)).toEqual([`article.${type}`]);
  });

  test('of a draft is published when it becomes public, and restored when it leaves the trash', async () => {
    const { id } = await newArticle(server.as.editor, { publishedAt: null });
    const place = await now();
    await server.as.editor.patch(`/articles/${id}`, { title: 'Ready' });
    await server.as.editor.patch(`/articles/${id}`, { publishedAt: minutesFromNow(-1) });
    await server.as.editor.delete(`/articles/${id}`);
    await server.as.editor.post(`/articles/${id}/restore`);
    expect(await typesAfter(place)).toEqual([
      'article.updated',
      'article.published',
      'article.trashed',
      'article.restored',
    ]);
  });

  test('of a category or an author is created, updated or deleted; one for each row of a request', async () => {
    const place = await now();
    const parent = await newCategory(server.as.editor);
    const child = await newCategory(server.as.editor, { parentId: parent.id });
    const author = await newAuthor(server.as.editor);
    const article = await newArticle(server.as.editor, { categoryIds: [parent.id], authorIds: [author.id] });
    await server.as.editor.patch(`/authors/${author.id}`, { bio: 'Bakes.' });
    await server.as.editor.delete(`/authors/${author.id}`);
    await server.as.editor.delete(`/categories/${parent.id}`);
    const events = (await eventsAfter(place)).map(({ type, subject, changed }) => [type, subject.id, changed]);
    expect(events.slice(0, 5)).toEqual([
      ['category.created', parent.id, []],
      ['category.created', child.id, []],
      ['author.created', author.id, []],
      ['article.created', article.id, []],
      ['author.updated', author.id, ['bio']],
    ]);
    expect(events.slice(5, 7)).toEqual(
      expect.arrayContaining([
        ['author.deleted', author.id, []],
        ['article.updated', article.id, ['authorIds']],
      ]),
    );
    expect(events.slice(7)).toEqual(
      expect.arrayContaining([
        ['category.deleted', parent.id, []],
        ['category.updated', child.id, ['parentId']],
        ['article.updated', article.id, ['categoryIds']],
      ]),
    );
    expect(events).toHaveLength(10);
  });

  test('has no caller for a change in psql, and none exists for a change that was rolled back', async () => {
    const { id } = await newArticle(server.as.editor);
    const place = await now();
    await server.database.pool.query('begin; update articles set title = $$Gone$$; rollback');
    await server.database.pool.query("update articles set title = 'From psql' where id = $1", [id]);
    expect(await eventsAfter(place)).toMatchObject([{ type: 'article.updated', by: null, changed: ['title'] }]);
  });

  test('names the account of a token, and keeps its id when it is gone', async () => {
    const place = await now();
    const { rows } = await server.database.pool.query(
      "insert into accounts (name, email, role) values ('Leaving', 'leaving@rubric.example', 'author') returning id",
    );
    const accountId = Number(rows[0].id);
    const actor = JSON.stringify({ via: 'http', accountId, tokenId: 999, address: null, command: null });
    await server.database.pool.query(
      `with actor as (select set_config('rubric.actor', $1, true))
      insert into authors (name, slug) select 'By account', 'by-account' from actor`,
      [actor],
    );
    expect((await eventsAfter(place))[0]?.by).toEqual({ accountId, name: 'Leaving' });
    await server.database.pool.query('delete from accounts where id = $1', [accountId]);
    expect((await eventsAfter(place))[0]?.by).toEqual({ accountId, name: null });
  });
});

describe('GET /events', () => {
  test('walks through all events in pages, and waits at the end', async () => {
    const place = await now();
    const authors = await times(7, () => newAuthor(server.as.editor));
    const walked: number[] = [];
    let next = place;
    for (const size of [3, 3, 1, 0]) {
      const read = await page(server.as.reader, `limit=3&after=${next}`);
      expect(read.data).toHaveLength(size);
      expect(read.page).toMatchObject({ limit: 3, previous: null, next: expect.stringMatching(/^\d+$/) });
      walked.push(...read.data.map(({ subject }) => subject.id));
      next = read.page.next;
    }
    expect(walked).toEqual(authors.map(({ id }) => id));
    expect((await page(server.as.reader, `after=${next}`)).page.next).toBe(next);
    const later = await newAuthor(server.as.editor);
    expect(await eventsAfter(next)).toMatchObject([{ subject: { id: later.id } }]);
  });

  test('begins with the oldest event, and names the next page in Link', async () => {
    await newAuthor(server.as.editor);
    const response = await server.as.reader.get('/events?limit=1');
    expect(response.body.data[0].id).toBe(1);
    expect(response.headers.get('link')).toBe('</events?limit=1&after=1>; rel="next"');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    'limit=0',
    'limit=101',
    'after=x',
    'after=-1',
    'after=',
    'after=9223372036854775808',
    'before=1',
    'type=x',
  ])('refuses %s', async (query) => {
    expectProblem(await server.as.reader.get(`/events?${query}`), 400, 'invalid_request', [`/${query.split('=')[0]}`]);
  });

  test.each(['9007199254740993', '9223372036854775807'])('has nothing after the id %s', async (id) => {
    expect(await page(server.as.reader, `after=${id}`)).toMatchObject({ data: [], page: { next: id } });
  });

  test('is closed to strangers', async () => {
    expectProblem(await server.anonymous.get('/events'), 401, 'unauthorized');
    expectProblem(await server.anonymous.get('/events/stream'), 401, 'unauthorized');
  });

  test('lists what another server wrote just before', async () => {
    const beside = await startServerBeside(server);
    for (let n = 0; n < 10; n += 1) {
      const place = await now();
      const { id } = await newAuthor(beside.editor);
      expect(await eventsAfter(place)).toMatchObject([{ subject: { id } }]);
    }
    await beside.close();
  });
});

describe('A long transaction', () => {
  test('holds up no other, and its changes come after those that readers have passed', async () => {
    const connection = await server.database.pool.connect();
    const place = await now();
    await connection.query('begin');
    await connection.query("insert into authors (name, slug) values ('Long', 'long-one')");
    const first = await newAuthor(server.as.editor);
    const passed = await page(server.as.reader, `after=${place}`);
    expect(passed.data.map(({ subject }) => subject.id)).toEqual([first.id]);
    await connection.query("insert into authors (name, slug) values ('Long', 'long-two')");
    await newAuthor(server.as.editor);
    await connection.query('commit');
    connection.release();
    const slugs = (await eventsAfter(passed.page.next)).map(({ subject }) => subject.slug);
    expect(slugs.filter((slug) => slug.startsWith('long'))).toEqual(['long-one', 'long-two']);
    expect(slugs).toHaveLength(3);
    expect((await page(server.as.reader, `after=${place}&limit=1`)).data).toEqual(passed.data);
  });

  test('that is rolled back leaves nothing, and later changes are all there', async () => {
    const connection = await server.database.pool.connect();
    const place = await now();
    await connection.query('begin');
    await connection.query("insert into authors (name, slug) values ('Never', 'never')");
    await newAuthor(server.as.editor);
    expect(await eventsAfter(place)).toHaveLength(1);
    await connection.query('rollback');
    connection.release();
    await newAuthor(server.as.editor);
    expect(await eventsAfter(place)).toHaveLength(2);
    await eventually(async () => {
      const { rows } = await server.database.pool.query('select running from event_sequence');
      expect(rows[0].running).toBe('{}');
    });
  });

  test('that ends leaves the sequencer idle: without changes it writes nothing', async () => {
    await newAuthor(server.as.editor);
    const state = async () => {
      await now();
      const { rows } = await server.database.pool.query(
        'select xmin, unlisted_since, last_log_id, running from event_sequence',
      );
      return rows[0];
    };
    const idle = await eventually(async () => {
      const [before, after] = [await state(), await state()];
      expect(after).toEqual(before);
      // Also those of other databases, each of which is written once more when it has ended.
      expect(after.running).toBe('{}');
      return after;
    });
    expect(idle.unlisted_since).toBe(idle.last_log_id);
    await times(10, () => now());
    expect(await state()).toEqual(idle);
  });
});
