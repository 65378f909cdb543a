import type pg from 'pg';
import { articlesAt } from '../seed.ts';
import { ACCOUNT } from './account.ts';

const OF_ARTICLES = [
  'delete from article_revisions where article_id > $1',
  'delete from revision_texts where article_id > $1',
  'delete from article_search where article_id > $1',
  'delete from article_drafts where article_id > $1',
  'delete from search_backlog where article_id > $1',
  'delete from articles where id > $1',
];
const OF_ACCOUNT = [
  'delete from sessions where account_id = (select id from accounts where email = $1)',
  'delete from account_credentials where account_id = (select id from accounts where email = $1)',
  'delete from account_preferences where account_id = (select id from accounts where email = $1)',
  'delete from accounts where email = $1',
];

/**
 * Remembers where the log and its events are. Also removes what a run left that was killed.
 *
 * @param client without triggers, which would record the removal
 */
export async function rememberTraces(client: pg.Client, scale: number): Promise<void> {
  await client.query(`create temp table log_before as select coalesce(max(id), 0) as last_id from audit_log;
    create temp table sequence_before as table event_sequence`);
  await removeTraces(client, scale);
}

/** Removes everything that the run wrote: its articles have no categories and are drafts, so nothing else counts them. */
export async function removeTraces(client: pg.Client, scale: number): Promise<void> {
  for (const statement of OF_ARTICLES) await client.query(statement, [articlesAt(scale)]);
  for (const statement of OF_ACCOUNT) await client.query(statement, [ACCOUNT.email]);
  await client.query(`delete from events where log_id > (select last_id from log_before);
    delete from audit_log where id > (select last_id from log_before);
    delete from event_sequence;
    insert into event_sequence table sequence_before`);
}
