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

const TEXTS = {
  title: 'title',
  slug: 'slug',
  excerpt: 'excerpt',
  content: 'content',
  contentFormat: 'content_format',
} as const;

/** The article as a revision left it: each text is the value before the first later change of it, or the article's. */
export async function articleAt(pool: pg.Pool, id: number, number: number) {
  const revisions = await revisionsOf(pool, id);
  const revision = revisions.find((each) => each.first_number <= number && number <= each.number);
  if (!revision) throw new Error(`article ${id} has no revision ${number}`);
  const later = revisions.filter((each) => each.number > revision.number);
  const { rows } = await pool.query('select * from articles where id = $1', [id]);
  const textOf = (field: string, column: keyof RevisionRow) => {
    const change = later.find(({ changed }) => changed?.includes(field));
    return (change ?? rows[0])[column];
  };
  return {
    ...Object.fromEntries(Object.entries(TEXTS).map(([field, column]) => [field, textOf(field, column)])),
    categories: await namesAt(pool, 'category', revision.category_ids, id, revision.number),
    authors: await namesAt(pool, 'author', revision.author_ids, id, revision.number),
  };
}

/** The linked rows, in order, as they were called at the time of a revision. */
async function namesAt(pool: pg.Pool, type: string, ids: string[], articleId: number, number: number) {
  const { rows } = await pool.query(
    `select linked.id::int, called.name, called.slug from unnest($2::bigint[]) with ordinality as linked (id, position)
    cross join lateral (
      select name, slug from row_names where type = $1 and row_names.id = linked.id and valid_from <= (
        select at from article_revisions where article_id = $3 and number = $4)
      order by valid_from desc limit 1
    ) as called order by position`,
    [type, ids, articleId, number],
  );
  return rows;
}
