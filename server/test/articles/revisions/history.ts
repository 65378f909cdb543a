import type pg from 'pg';

/** A row of `article_revisions`. */
export interface RevisionRow {
  number: number;
  first_number: number;
  kind: string;
  changed: string[] | null;
  via: string;
  token_id: string | null;
  command: string | null;
  title: string | null;
  slug: string | null;
  excerpt: string | null;
  content: string | null;
  content_format: string | null;
  category_ids: string[];
  author_ids: string[];
}

/** The revisions of an article, the oldest first. */
export const revisionsOf = async (pool: pg.Pool, id: number): Promise<RevisionRow[]> =>
  (await pool.query('select * from article_revisions where article_id = $1 order by number', [id])).rows;

/** The entries of a row in the audit log, the oldest first. */
export const entriesOf = async (pool: pg.Pool, subject: string, id: number) =>
  (await pool.query('select * from audit_log where subject = $1 and subject_id = $2 order by id', [subject, id])).rows;
