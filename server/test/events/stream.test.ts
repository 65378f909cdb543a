import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { signIn } from '../harness/browser-client.ts';
import { bearer, cookieOf, openStream, type TestStream } from '../harness/event-stream.ts';
import { eventually } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { insertTestToken, startServerBeside, useServer } from '../harness/server.ts';

const server = useServer();
type Options = { credentials?: Parameters<typeof openStream>[1]; path?: string; headers?: Record<string, string> };

const newCredentials = async () => bearer(await insertTestToken(server.database.pool, 'reader'));

/** Listens until the test ends, with a new token of a reader or the given credentials. */
async function listen(options: Options = {}) {
  const stream = await openStream(server.url, options.credentials ?? (await newCredentials()), options);
  onTestFinished(stream.close);
  return stream;
}

const lastEventId = async () => {
  for (let place = '0'; ; ) {
    const { body } = await server.as.editor.get(`/events?limit=100&after=${place}`);
    if (body.data.length === 0) return place;
    place = body.page.next;
  }
};
const idsIn = (stream: TestStream) => stream.events.map(({ subject }) => subject.id);
const until = (stream: TestStream, count: number) =>
  eventually(() => expect(stream.events.length).toBeGreaterThanOrEqual(count));

describe('GET /events/stream', () => {
  test('begins now, and sends what GET /events lists, in the same order', async () => {
    await newAuthor(server.as.editor);
    const place = await lastEventId();
    const stream = await listen();
    expect(stream.lastEventId()).toBe(place);
    const authors = await times(5, () => newAuthor(server.as.editor));
    await until(stream, 5);
    expect(idsIn(stream)).toEqual(authors.map(({ id }) => id));
    const { body } = await server.as.reader.get(`/events?after=${place}`);
    expect(stream.events).toEqual(body.data);
  });

  test('is not stored, compressed or buffered', async () => {
    const stream = await listen({ headers: { 'accept-encoding': 'br, gzip' } });
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    expect(stream.response.headers['content-encoding']).toBeUndefined();
    expect(stream.text()).toMatch(/^: .*\nretry: \d+\nid: \d+\n\n/);
  });

  test('goes on after Last-Event-ID, or after= of the first connection', async () => {
    const place = await lastEventId();
    const authors = (await times(3, () => newAuthor(server.as.editor))).map(({ id }) => id);
    const first = await listen({ path: `/events/stream?after=${place}` });
    await until(first, 3);
    expect(idsIn(first)).toEqual(authors);
    const second = await listen({
      path: `/events/stream?after=${place}`,
      headers: { 'last-event-id': String(first.events[1]?.id) },
    });
    await until(second, 1);
    expect(idsIn(second)).toEqual(authors.slice(2));
  });

  test('misses and repeats nothing for a reader that connects again and again, on two servers', async () => {
    const beside = await startServerBeside(server);
    const credentials = await newCredentials();
    const place = await lastEventId();
    const progress = { isWriting: true };
    const seen: number[] = [];
    const follow = async () => {
      for (let last = place, n = 0; progress.isWriting || last !== (await lastEventId()); n += 1) {
        const headers = { 'last-event-id': last };
        const stream = await openStream(n % 2 ? server.url : beside.editor.origin, credentials, { headers });
        if (progress.isWriting)
          await eventually(() => expect(stream.events.length > 0 || !progress.isWriting).toBe(true));
        else await eventually(async () => expect(stream.lastEventId()).toBe(await lastEventId()));
        stream.close();
        seen.push(...stream.events.map(({ id }) => id));
        last = String(stream.events.at(-1)?.id ?? last);
      }
    };
    const writers = [server.as.editor, beside.editor].map((client) => times(40, () => newAuthor(client)));
    const following = follow();
    await Promise.all(writers);
    progress.isWriting = false;
    await following;
    expect(seen).toEqual(Array.from({ length: 80 }, (_, n) => Number(place) + 1 + n));
    await beside.close();
  });

  test.each(['x', '-1', '1.5', '9223372036854775808'])('refuses Last-Event-ID: %s', async (id) => {
    const response = await server.as.reader.get('/events/stream', { headers: { 'last-event-id': id } });
    expectProblem(response, 400, 'invalid_request', ['/Last-Event-ID']);
  });

  test('refuses unknown parameters, and answers HEAD without a stream', async () => {
    expectProblem(await server.as.reader.get('/events/stream?limit=1'), 400, 'invalid_request', ['/limit']);
    expect((await server.as.reader.call('HEAD', '/events/stream')).status).toBe(200);
  });

  test('refuses the 21st stream of a caller, and accepts it when another has closed', async () => {
    const credentials = await newCredentials();
    const streams = await times(20, () => listen({ credentials }));
    const refused = await openStream(server.url, credentials);
    expect(refused.response.statusCode).toBe(429);
    expect(refused.response.headers['retry-after']).toBe('10');
    await eventually(() => expect(JSON.parse(refused.text())).toMatchObject({ code: 'too_many_streams' }));
    streams[0]?.close();
    await eventually(async () => {
      const stream = await openStream(server.url, credentials);
      onTestFinished(stream.close);
      expect(stream.response.statusCode).toBe(200);
    });
  });

  test('sends a comment with the place while nothing happens', async () => {
    const stream = await listen();
    await eventually(() => expect(stream.text()).toContain(`: heartbeat\nid: ${stream.lastEventId()}\n\n`));
  });
});

describe('A stream ends', () => {
  test('when its token is revoked, without sending what follows', async () => {
    const { body } = await server.as.admin.post('/tokens', { name: 'short-lived', role: 'reader' });
    const stream = await listen({ credentials: bearer(body.token) });
    await newAuthor(server.as.editor);
    await until(stream, 1);
    await server.as.admin.delete(`/tokens/${body.id}`);
    await newAuthor(server.as.editor);
    await eventually(() => expect(stream.hasEnded()).toBe(true));
    expect(stream.events).toHaveLength(1);
  });

  test('when the account is suspended, or its session ends, also while nothing happens', async () => {
    for (const end of ['suspended_at = now()', 'session']) {
      const person = await signIn(server, 'editor');
      const stream = await listen({ credentials: cookieOf(person) });
      await server.database.pool.query(
        end === 'session' ? 'delete from sessions where account_id = $1' : `update accounts set ${end} where id = $1`,
        [person.account.id],
      );
      await eventually(() => expect(stream.hasEnded()).toBe(true));
    }
  });

  test('when the client does not read', async () => {
    const credentials = await newCredentials();
    const place = await lastEventId();
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname).pause();
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    socket.on('close', () => resolve()).on('error', () => resolve());
    const path = `/events/stream?after=${place}`;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${credentials.authorization}\r\n\r\n`);
    const reading = await listen({ path });
    // The stream that is not read is one of the twenty of this caller until it is ended. The others are ahead of the events.
    await times(19, () => listen({ credentials, path: `/events/stream?after=${Number(place) + 100_000}` }));
    expect((await openStream(server.url, credentials)).response.statusCode).toBe(429);
    // More than the kernel holds for a client.
    const count = 40_000;
    await server.database.pool.query(
      `insert into audit_log (via, action, subject, subject_id, changed, subject_version, subject_slug, was_public, is_public)
       select 'database', 'author.change', 'author', 1, '{bio}', n, repeat('many-', 25) || n, true, true
       from generate_series(1, $1::int) as n`,
      [count],
    );
    await until(reading, count);
    await eventually(async () => {
      const another = await openStream(server.url, credentials);
      onTestFinished(another.close);
      expect(another.response.statusCode).toBe(200);
    });
    let bytes = 0;
    socket.on('data', (data) => (bytes += data.length)).resume();
    await closed;
    expect(bytes).toBeLessThan(reading.text().length);
  });
});

describe('Rights that change while a caller listens', () => {
  test('decide about the events after the change', async () => {
    const person = await signIn(server, 'author');
    const stream = await listen({ credentials: cookieOf(person) });
    await newArticle(server.as.editor, { publishedAt: null });
    const shown = await newArticle(server.as.editor);
    await until(stream, 1);
    await server.database.pool.query("update accounts set role = 'editor' where id = $1", [person.account.id]);
    const draft = await newArticle(server.as.editor, { publishedAt: null });
    await until(stream, 2);
    await server.database.pool.query("update accounts set role = 'contributor' where id = $1", [person.account.id]);
    await newArticle(server.as.editor, { publishedAt: null });
    const last = await newCategory(server.as.editor);
    await until(stream, 3);
    expect(idsIn(stream)).toEqual([shown.id, draft.id, last.id]);
  });
});
