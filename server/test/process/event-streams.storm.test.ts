import { expect, onTestFinished, test } from 'vitest';
import { Client } from '../harness/client.ts';
import { bearer, openStream } from '../harness/event-stream.ts';
import { eventually } from '../harness/eventually.ts';
import { newAuthor, times } from '../harness/seed.ts';
import { newDatabaseSettings, newToken, startServer } from './processes.ts';

/** A server that waited for its streams would take this long: longer than a test can. */
const LONG_SHUTDOWN = { SHUTDOWN_TIMEOUT_MS: '600000' };

test('SIGTERM ends the streams cleanly, and they go on at another server where they were', async () => {
  const settings = { ...(await newDatabaseSettings()), ...LONG_SHUTDOWN };
  const [first, second] = [await startServer(settings), await startServer(settings)];
  const token = await newToken('editor', settings);
  const streams = await Promise.all(Array.from({ length: 5 }, () => openStream(first.origin, bearer(token))));
  const authors = (await times(3, () => newAuthor(new Client(first.origin, token)))).map(({ id }) => id);
  for (const stream of streams) await eventually(() => expect(stream.events).toHaveLength(3));
  const ended = first.ended();
  first.child.kill('SIGTERM');
  expect((await ended).status).toBe(0);
  for (const stream of streams) {
    await eventually(() => expect(stream.hasEnded()).toBe(true));
    expect(stream.response.complete, 'the response has its last chunk').toBe(true);
  }
  const later = await newAuthor(new Client(second.origin, token));
  const next = await openStream(second.origin, bearer(token), {
    headers: { 'last-event-id': streams[0]?.lastEventId() ?? '' },
  });
  onTestFinished(next.close);
  await eventually(() => expect(next.events.map(({ subject }) => subject.id)).toEqual([later.id]));
  expect(authors).not.toContain(later.id);
});

test('A server that is killed loses no event and repeats none', async () => {
  const settings = await newDatabaseSettings();
  const survivor = await startServer(settings);
  const token = await newToken('editor', settings);
  const seen: number[] = [];
  const written: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const victim = await startServer(settings);
    const stream = await openStream(victim.origin, bearer(token), {
      headers: { 'last-event-id': String(seen.length) },
    });
    written.push((await newAuthor(new Client(victim.origin, token))).id);
    await eventually(() => expect(stream.events.length).toBeGreaterThan(0));
    const ended = victim.ended();
    victim.child.kill('SIGKILL');
    await ended;
    written.push((await newAuthor(new Client(survivor.origin, token))).id);
    seen.push(...stream.events.map(({ id }) => id));
  }
  const { body } = await new Client(survivor.origin, token).get('/events?limit=100');
  expect(body.data.map(({ subject }: { subject: { id: number } }) => subject.id)).toEqual(written);
  expect(seen).toEqual(seen.map((_, n) => n + 1));
});
