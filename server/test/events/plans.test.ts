import { beforeAll, expect, test } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { newArticle, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const ENTRIES = 10_000;

beforeAll(async () => {
  const { pool } = server.database;
  await pool.query(
    `insert into audit_log (via, action, subject, subject_id, subject_version, subject_slug, was_public, is_public, subject_category_ids)
    select 'database', case when n % 2 = 0 then 'article.publish' else 'article.change' end, 'article', 1000 + n, 1, 'slug', true, true, '{}'
    from generate_series(1, $1) as n`,
    [ENTRIES],
  );
  await server.as.admin.get('/events');
  await pool.query('vacuum analyze audit_log, events');
  // Until transactions have ended after the first run, those that began before it may still write entries between these.
  await eventually(async () => {
    const state = 'select unlisted_since = last_log_id as "hasSeenAll", pg_current_xact_id() from event_sequence';
    expect((await pool.query(state)).rows[0].hasSeenAll).toBe(true);
  });
});

test('the sequencer reads the entries that are new, not the log', async () => {
  const client = await server.database.pool.connect();
  // The lock lets no other sequencer number the entries. The snapshot is that of the next statement.
  await client.query('begin isolation level repeatable read; lock table event_sequence in exclusive mode');
  const articles = await times(10, () => newArticle(server.as.editor, { publishedAt: '2100-01-01T00:00:00Z' }));
  const { rows } = await client.query(`select sequence_events(), last_event_id from event_sequence`);
  const { rows: reads } = await client.query<{ name: string; entries: string }>(
    `select indexrelname as name, pg_stat_get_xact_tuples_returned(indexrelid) as entries from pg_stat_user_indexes
    where relname in ('articles', 'audit_log', 'events') and pg_stat_get_xact_tuples_returned(indexrelid) > 0`,
  );
  const { rows: schedules } = await client.query('select article_id::int as id from article_schedules order by 1');
  await client.query('commit');
  client.release();
  expect(rows[0].sequence_events - rows[0].last_event_id).toBe(10);
  expect(schedules).toEqual(articles.map(({ id }) => ({ id })));
  for (const { name, entries } of reads) expect(Number(entries), name).toBeLessThan(500);
});
