import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { expect, test } from 'vitest';
import { runChecks } from '../../../src/doctor/doctor.service.ts';
import type { Client } from '../../harness/client.ts';
import { runs, useRandom } from '../../harness/random.ts';
import { idsOf, times } from '../../harness/seed.ts';
import { type OlderInstallation, openOlderInstallation, type State, upgrade } from './older-installation.ts';

/**
 * Random writers in a database without revisions, which is then upgraded. At any time of the conversion, whatever is killed,
 * the history of each article is what it was after its last transactions, and in the end after each of them; nothing of the
 * log changes but what it must.
 */

const random = useRandom();
const ARTICLES = 6;
const TRANSACTIONS = 80;

type Row = Record<string, any>;
const rowsOf = async (database: pg.Client, table: string): Promise<Row[]> =>
  (await database.query(`select * from ${table} order by 1, 2`)).rows;
const ENTRIES = "audit_log where subject is distinct from 'token'";

/** Reads the history and compares each of its revisions with the article as it was. Returns the numbers, the oldest first. */
async function expectTrueHistory(editor: Client, id: number, states: readonly State[]): Promise<number[]> {
  const { body } = await editor.get(`/articles/${id}/revisions?limit=100&trashed=true`);
  const numbers: number[] = body.data.map(({ number }: Row) => number).reverse();
  for (const number of numbers) {
    const state = states.find(({ version }) => version === number);
    const { body: revision } = await editor.get(`/articles/${id}/revisions/${number}?trashed=true`);
    expect({
      version: revision.version,
      title: revision.title,
      slug: revision.slug,
      excerpt: revision.excerpt,
      content: revision.content,
      contentFormat: revision.contentFormat,
      publishedAt: revision.publishedAt && new Date(revision.publishedAt),
      isTrashed: revision.status === 'trashed',
      categoryIds: idsOf(revision.categories),
      authorIds: idsOf(revision.authors),
    }).toEqual(state);
  }
  return numbers;
}

/** What the log has to be once its texts are gone. */
const withoutTexts = (values: Row | null, action: string) =>
  values &&
  Object.fromEntries(
    Object.entries(values).filter(
      ([key]) => !['title', 'excerpt', 'content'].includes(key) || (key === 'title' && action === 'article.delete'),
    ),
  );

async function expectConvertedLog(before: readonly Row[], older: OlderInstallation) {
  const after = await rowsOf(older.database, ENTRIES);
  expect(after).toEqual(
    before.map((entry, index) => ({
      ...entry,
      ...(entry['subject'] === 'article' && {
        before: withoutTexts(entry['before'], entry['action']),
        after: withoutTexts(entry['after'], entry['action']),
      }),
      subject_version: after[index]?.['subject_version'],
      changed: after[index]?.['changed'],
    })),
  );
  for (const { subject, subject_id, subject_version } of after) {
    const states = subject === 'article' ? older.states.get(Number(subject_id)) : undefined;
    if (states === undefined) expect(subject_version).toBeNull();
    else expect(states.map(({ version }) => version)).toContain(subject_version);
  }
}

/** Ends the connection of a step that runs now, if there is one. */
const killStep = async (database: pg.Client) =>
  (
    await database.query(`select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = database
      where locktype = 'advisory' and datname = current_database()`)
  ).rowCount;

test('the history of an upgraded installation is what its articles were', async () => {
  for (let run = 0; run < runs(1); run += 1) await playOnce();
});

async function playOnce() {
  const older = await openOlderInstallation(random);
  const tokenIds = [1, null] as const;
  const ids = await times(ARTICLES, (n) => older.create(tokenIds[n % 2] ?? null));
  for (let n = 0; n < TRANSACTIONS; n += 1) {
    await older.change(tokenIds[older.below(2)] ?? null, ids[older.below(ids.length)] as number);
  }
  await older.deleteForGood(ids.pop() as number);
  const { db, editor, storage, convertAll } = await upgrade(older);
  // Of its own: a step that is killed after its end takes a connection of the pool with it.
  const { database } = older;
  const log = await rowsOf(database, ENTRIES);
  const events = (await editor.get('/events?limit=100')).body.data;

  let killed = 0;
  const state = { isDone: false };
  const convert = async () => {
    while (!state.isDone) {
      await storage.convertSome().catch(() => (killed += 1));
      state.isDone = (await rowsOf(database, 'audit_log_conversion, (values (1)) as one'))[0]?.['next_id'] === '0';
    }
  };
  const killAndRead = async () => {
    while (!state.isDone) {
      await setTimeout(random.next() * 40);
      while (!state.isDone && !(await killStep(database)));
      const id = ids[older.below(ids.length)] as number;
      await expectTrueHistory(editor, id, older.states.get(id) as State[]);
    }
  };
  await Promise.all([convert(), convert(), killAndRead()]);
  expect(killed).toBeGreaterThan(0);

  const expectAll = async () => {
    for (const id of ids) {
      const states = older.states.get(id) as State[];
      expect(await expectTrueHistory(editor, id, states)).toEqual(states.map(({ version }) => version));
    }
  };
  await expectAll();
  await expectConvertedLog(log, older);
  expect((await editor.get('/events?limit=100')).body.data).toEqual(events);

  const revisions = await rowsOf(database, 'article_revisions');
  const converted = await rowsOf(database, ENTRIES);
  await database.query('update audit_log_conversion set next_id = last_id');
  await convertAll();
  expect(await rowsOf(database, 'article_revisions')).toEqual(revisions);
  expect(await rowsOf(database, ENTRIES)).toEqual(converted);

  await database.query(`update article_revisions set at = at - interval '11 minutes'`);
  while (await storage.packSome());
  await expectAll();
  expect((await runChecks(db)).filter(({ differences }) => differences > 0)).toEqual([]);
}
