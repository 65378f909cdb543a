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
 * Records the state of the audit log and of the events before a run. Also removes the rows of an earlier run that was
 * killed.
 *
 * @param client without triggers, which would record the removal
 */
export async function recordState(client: pg.Client, scale: number): Promise<void> {
  await client.query(`create temp table log_before as select coalesce(max(id), 0) as last_id from audit_log;
    create temp table sequence_before as table event_sequence`);
  await restoreState(client, scale);
}

/** Removes all rows that the run wrote. Its articles are drafts without categories, so no counts include them. */
export async function restoreState(client: pg.Client, scale: number): Promise<void> {
  for (const statement of OF_ARTICLES) await client.query(statement, [articlesAt(scale)]);
  for (const statement of OF_ACCOUNT) await client.query(statement, [ACCOUNT.email]);
  await client.query(`delete from events where log_id > (select last_id from log_before);
    delete from audit_log where id > (select last_id from log_before);
    delete from event_sequence;
    insert into event_sequence table sequence_before`);
}
