import type pg from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import type { TestEvent } from '../harness/event-stream.ts';
import { eventually } from '../harness/eventually.ts';
import { minutesFromNow, newArticle, times } from '../harness/seed.ts';
import { startServerBeside, useServer } from '../harness/server.ts';

const server = useServer();
const soon = (ms: number) => new Date(Date.now() + ms).toISOString();

let place = '0';
beforeEach(async () => {
  await eventsSince();
  place = (await server.as.editor.get(`/events?limit=100&after=${place}`)).body.page.next;
});

async function eventsSince(): Promise<TestEvent[]> {
  const all: TestEvent[] = [];
  for (let next = place; ; ) {
    const { body } = await server.as.editor.get(`/events?limit=100&after=${next}`);
    if (body.data.length === 0) return all;
    all.push(...body.data);
    next = body.page.next;
  }
}
const typesOf = async (id: number) =>
  (await eventsSince()).filter(({ subject }) => subject.id === id).map(({ type }) => type.replace('article.', ''));

/** Waits until the time has passed for PostgreSQL, and a sequencer has run after it. */
async function untilPast(at: string) {
  await eventually(async () => {
    const { rows } = await server.database.pool.query('select now() > $1::timestamptz as "isPast"', [at]);
    expect(rows[0].isPast).toBe(true);
  });
  await eventsSince();
}

/** Runs statements in a transaction that began before a time, and commits it after that. */
async function across(at: string, statements: (client: pg.PoolClient) => Promise<unknown>) {
  const client = await server.database.pool.connect();
  await client.query('begin; select now()');
  await untilPast(at);
  await statements(client);
  await client.query('commit');
  client.release();
}

describe('A scheduled article is published once', () => {
  test('at its time, by nobody, also for two servers', async () => {
    const beside = await startServerBeside(server);
    const at = soon(1_000);
    const ids = (await times(10, () => newArticle(server.as.editor, { publishedAt: at }))).map(({ id }) => id);
    await untilPast(at);
    const events = (await eventsSince()).filter(({ type }) => type === 'article.published');
    expect(events.map(({ subject }) => subject.id)).toEqual(ids);
    for (const event of events) expect(event).toMatchObject({ at, by: null, changed: [] });
    // Several rounds of both servers change nothing.
    for (const _ of ids) await Promise.all([beside.editor.get('/events'), server.as.editor.get('/events')]);
    expect((await eventsSince()).filter(({ type }) => type === 'article.published')).toHaveLength(10);
    await beside.close();
  });

  test('without a request for events', async () => {
    const at = soon(500);
    const { id } = await newArticle(server.as.editor, { publishedAt: at });
    await eventually(async () => {
      const { rows } = await server.database.pool.query(
        "select numbered_at from events join audit_log on audit_log.id = log_id where type = 'article.published' and subject_id = $1",
        [id],
      );
      expect(rows).toHaveLength(1);
      expect(rows[0].numbered_at.getTime() - Date.parse(at)).toBeLessThan(5_000);
    });
  });

  test('when it is scheduled by a change or taken out of the trash', async () => {
    const draft = await newArticle(server.as.editor, { publishedAt: null });
    const at = soon(800);
    await server.as.editor.patch(`/articles/${draft.id}`, { publishedAt: at });
    const trashed = await newArticle(server.as.editor, { publishedAt: at });
    await server.as.editor.delete(`/articles/${trashed.id}`);
    await server.as.editor.post(`/articles/${trashed.id}/restore`);
    await untilPast(at);
    expect(await typesOf(draft.id)).toEqual(['created', 'updated', 'published']);
    expect(await typesOf(trashed.id)).toEqual(['created', 'trashed', 'restored', 'published']);
  });

  test('before the changes that follow', async () => {
    const at = soon(500);
    const { id } = await newArticle(server.as.editor, { publishedAt: at });
    await untilPast(at);
    await server.as.editor.patch(`/articles/${id}`, { title: 'Later' });
    await server.as.editor.patch(`/articles/${id}`, { publishedAt: null });
    expect(await typesOf(id)).toEqual(['created', 'published', 'updated', 'unpublished']);
  });
});

describe('No article is published', () => {
  test('at a time that was moved, cleared or made pointless before it came', async () => {
    const at = soon(1_500);
    const changes = [
      (path: string) => server.as.editor.patch(path, { publishedAt: minutesFromNow(60) }),
      (path: string) => server.as.editor.patch(path, { publishedAt: null }),
      (path: string) => server.as.editor.delete(path),
      (path: string) => server.as.editor.delete(`${path}?permanent=true`),
      (path: string) => server.as.editor.patch(path, { publishedAt: minutesFromNow(-1) }),
    ];
    const ids = await Promise.all(
      changes.map(async (change) => {
        const { id } = await newArticle(server.as.editor, { publishedAt: at });
        await change(`/articles/${id}`);
        return id;
      }),
    );
    await untilPast(at);
    const types = await Promise.all(ids.map((id) => typesOf(id)));
    expect(types.map((each) => each.slice(1))).toEqual([
      ['updated'],
      ['updated'],
      ['trashed'],
      ['deleted'],
      ['published'],
    ]);
  });

  test('again when it is trashed and restored, or saved, after it was published', async () => {
    const at = soon(300);
    const { id } = await newArticle(server.as.editor, { publishedAt: at });
    await untilPast(at);
    await server.as.editor.delete(`/articles/${id}`);
    await server.as.editor.post(`/articles/${id}/restore`);
    await server.as.editor.patch(`/articles/${id}`, { title: 'Once more' });
    expect(await typesOf(id)).toEqual(['created', 'published', 'trashed', 'restored', 'updated']);
  });
});

describe('A transaction that began before the time and committed after it', () => {
  test('and schedules the article leaves it published once', async () => {
    const at = soon(300);
    await across(at, (client) =>
      client.query("insert into articles (title, slug, published_at) values ('Late', 'late', $1)", [at]),
    );
    const events = (await eventsSince()).map(({ type, at: time }) => [type, time]);
    expect(events.map(([type]) => type)).toEqual(['article.created', 'article.published']);
    expect(events[1]?.[1]).toBe(at);
  });

  test('does not publish it again, and everybody sees that', async () => {
    const at = soon(300);
    const { id } = await newArticle(server.as.editor, { publishedAt: at });
    await across(at, (client) => client.query("update articles set title = 'Late' where id = $1", [id]));
    expect(await typesOf(id)).toEqual(['created', 'published', 'updated']);
    const { body } = await server.as.contributor.get(`/events?limit=100&after=${place}`);
    expect(body.data.map(({ type }: TestEvent) => type)).toEqual(['article.published', 'article.updated']);
    await server.as.editor.patch(`/articles/${id}`, { title: 'Later' });
    expect(await typesOf(id)).toEqual(['created', 'published', 'updated', 'updated']);
  });

  test('does not publish it again when another change follows before the sequencer runs', async () => {
    const at = soon(300);
    const { id } = await newArticle(server.as.editor, { publishedAt: at });
    const sequencer = await server.database.pool.connect();
    await across(at, async (client) => {
      await sequencer.query('begin; lock table event_sequence in access exclusive mode');
      await client.query("update articles set title = 'Late' where id = $1", [id]);
    });
    await server.database.pool.query("update articles set title = 'Later' where id = $1", [id]);
    await sequencer.query('commit');
    sequencer.release();
    expect(await typesOf(id)).toEqual(['created', 'published', 'updated', 'updated']);
  });

  test.each([
    ['clears the time', 'published_at = null'],
    ['moves the time', "published_at = now() + interval '1 hour'"],
  ])('and %s unpublishes it', async (_, assignment) => {
    const at = soon(300);
    const { id } = await newArticle(server.as.editor, { publishedAt: at });
    await across(at, (client) => client.query(`update articles set ${assignment} where id = $1`, [id]));
    expect(await typesOf(id)).toEqual(['created', 'published', 'unpublished']);
  });
});

describe('While no server ran', () => {
  /** Closes a server of its own, lets `work` change the database, and returns the events after the next start. */
  async function whileStopped(
    articleIds: () => Promise<number[]>,
    at: string,
    work: (ids: number[]) => Promise<unknown>,
  ) {
    const ids = await articleIds();
    await eventsSince();
    // Stops the sequencer of the server of this file as well.
    const client = await server.database.pool.connect();
    await client.query('begin; lock table event_sequence in access exclusive mode');
    await server.database.pool.query('select 1');
    await work(ids);
    await eventually(async () => {
      const { rows } = await server.database.pool.query('select now() > $1::timestamptz as "isPast"', [at]);
      expect(rows[0].isPast).toBe(true);
    });
    const start = async () => {
      await client.query('commit');
      client.release();
    };
    return { ids, start };
  }

  test('the time came, and a later change found the article public: it is published before that change', async () => {
    const at = soon(600);
    const stopped = await whileStopped(
      async () => [
        (await newArticle(server.as.editor, { publishedAt: at })).id,
        (await newArticle(server.as.editor, { publishedAt: at })).id,
        (await newArticle(server.as.editor, { publishedAt: at })).id,
      ],
      at,
      async () => {},
    );
    const [untouched, saved, cleared] = stopped.ids;
    const { pool } = server.database;
    await pool.query("update articles set title = 'From psql', slug = 'from-psql' where id = $1", [saved]);
    await pool.query("update articles set title = 'Twice' where id = $1", [saved]);
    await pool.query('update articles set published_at = null where id = $1', [cleared]);
    await stopped.start();
    expect(await typesOf(untouched!)).toEqual(['created', 'published']);
    expect(await typesOf(saved!)).toEqual(['created', 'published', 'updated', 'updated']);
    expect(await typesOf(cleared!)).toEqual(['created', 'published', 'unpublished']);
    const published = (await eventsSince()).filter(({ type }) => type === 'article.published');
    for (const event of published) expect(event.at).toBe(at);
    expect(published.find(({ subject }) => subject.id === saved)?.subject.slug).not.toBe('from-psql');
  });

  test('an article was scheduled, came due and was unpublished; another was moved in time', async () => {
    const at = soon(600);
    const stopped = await whileStopped(
      async () => [(await newArticle(server.as.editor, { publishedAt: at })).id],
      at,
      async ([moved]) => {
        const { pool } = server.database;
        await pool.query("update articles set published_at = now() + interval '1 hour' where id = $1", [moved]);
        await pool.query("insert into articles (title, slug, published_at) values ('New', 'all-in-one', $1)", [at]);
      },
    );
    await server.database.pool.query("update articles set published_at = null where slug = 'all-in-one'");
    await stopped.start();
    expect(await typesOf(stopped.ids[0]!)).toEqual(['created', 'updated']);
    const all = (await eventsSince()).filter(({ subject }) => subject.slug === 'all-in-one').map(({ type }) => type);
    expect(all).toEqual(['article.created', 'article.published', 'article.unpublished']);
  });
});
