import { beforeAll, expect, test } from 'vitest';
import { deleteExpiredEvents } from '../../src/events/events.queries.ts';
import { expectProblem } from '../harness/problem.ts';
import { newAuthor, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const read = (query: string) => server.as.reader.get(`/events?${query}`);
const logLength = async () =>
  Number((await server.database.pool.query('select count(*) from audit_log')).rows[0].count);

/** Events 1 to 5 are older than 30 days and deleted, 6 to 8 are kept. */
beforeAll(async () => {
  await times(5, () => newAuthor(server.as.editor));
  await read('limit=1');
  await server.database.pool.query("update events set numbered_at = now() - interval '721 hours'");
  await times(3, () => newAuthor(server.as.editor));
  await read('limit=1');
  const before = await logLength();
  expect((await deleteExpiredEvents(server.database.db, 3)).rowCount).toBe(3);
  expect((await deleteExpiredEvents(server.database.db, 3)).rowCount).toBe(2);
  expect(await logLength()).toBe(before);
});

test('Events of 30 days are kept, the list begins with the oldest of them', async () => {
  const { body } = await read('');
  expect(body.data.map(({ id }: { id: number }) => id)).toEqual([6, 7, 8]);
  expect((await read('after=5')).body.data).toHaveLength(3);
});

test.each(['after=0', 'after=4'])('GET /events?%s is 410: events after it are gone', async (query) => {
  expectProblem(await read(query), 410, 'events_expired');
  expectProblem(await server.as.reader.get(`/events/stream?${query}`), 410, 'events_expired');
  const lastEventId = { headers: { 'last-event-id': query.slice(6) } };
  expectProblem(await server.as.reader.get('/events/stream', lastEventId), 410, 'events_expired');
});

test('When all events are gone, a reader that has read them goes on', async () => {
  await server.database.pool.query("update events set numbered_at = now() - interval '721 hours'");
  await deleteExpiredEvents(server.database.db, 100);
  expectProblem(await read('after=7'), 410, 'events_expired');
  expect((await read('')).body).toMatchObject({ data: [], page: { next: '8' } });
  const { id } = await newAuthor(server.as.editor);
  expect((await read('after=8')).body.data).toMatchObject([{ id: 9, subject: { id } }]);
});
