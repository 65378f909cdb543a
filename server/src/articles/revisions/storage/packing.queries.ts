import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../database/database.ts';
import { articleRevisions, hasLongText, isLongText, LONG_TEXTS } from '../../../database/schema/revisions.ts';

/** Locks packing and pruning for a transaction: one server at a time. */
export const lockRevisionStorage = (db: Database) =>
  db.execute<{ acquired: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('rubric.revision_storage')) as acquired`,
  );

/** A text that is old enough to be packed. */
export interface UnpackedText {
  articleId: string;
  /** Of the revision. */
  number: number;
  field: string;
  text: string;
}

/** Lists the long texts of the first few revisions of one article whose last save is older than ten minutes. */
export const listUnpackedTexts = (db: Database, revisionCount: number) => {
  const isOld = sql`(${hasLongText}) and at < now() - interval '10 minutes'`;
  const texts = LONG_TEXTS.map(
    (field) => sql`(${sql.raw(`'${field}'`)}, case when ${isLongText(field)} then ${columnOf(field)} end)`,
  );
  return db.execute<UnpackedText & Record<string, unknown>>(sql`
    select article_id as "articleId", number, field, text from (
      select * from article_revisions
      where article_id = (select article_id from article_revisions where ${isOld} order by article_id limit 1) and ${isOld}
      order by number limit ${revisionCount}
    ) as revision cross join lateral (values ${sql.join(texts, sql`, `)}) as texts (field, text)
    where text is not null order by number`);
};

/** Finds the last keyframe of a field of an article, with the number of texts that depend on it. */
export const findKeyframe = (db: Database, articleId: string, field: string) =>
  db.execute<{ id: string; value: Buffer; uses: number }>(sql`
    select id, value, (select count(*)::int from revision_texts as dependent where dependent.dictionary_id = keyframe.id) as uses
    from revision_texts as keyframe
    where article_id = ${articleId} and field = ${field} and dictionary_id is null order by id desc limit 1`);

/**
 * Replaces a text in its revision by the packed text. Writes nothing if the revision is gone or has another number now.
 *
 * @param dictionaryId the keyframe; null for a keyframe
 */
export const insertPackedText = (
  db: Database,
  { articleId, number, field }: Omit<UnpackedText, 'text'>,
  dictionaryId: string | null,
  value: Buffer,
) =>
  db.execute<{ id: string }>(sql`
    with unpacked as (
      update article_revisions set ${columnOf(field)} = null
      where article_id = ${articleId} and number = ${number} and ${columnOf(field)} is not null
      returning article_id, first_number
    )
    insert into revision_texts (article_id, field, first_number, dictionary_id, value)
    select article_id, ${field}, first_number, ${dictionaryId}::bigint, ${value}::bytea from unpacked returning id`);

/** @param field one of LONG_TEXTS */
const columnOf = (field: string): SQL => sql.raw(articleRevisions[field as (typeof LONG_TEXTS)[number]].name);
