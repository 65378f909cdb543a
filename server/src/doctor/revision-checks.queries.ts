import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { listFirst, type Relation, unionAll } from './violations.queries.ts';

/** The invariants of the history of articles, like those in `doctor.queries.ts`. */

/** Compares the newest revision of each article with the article and its links. */
export const listWrongRevisions = (db: Database, relations: readonly Relation[]) => {
  const stored = relations.map(({ linkColumn }) => sql.raw(`revision.${linkColumn}s`));
  const actual = relations.map(({ linkTable, linkColumn }) =>
    sql.raw(
      `array(select ${linkColumn} from ${linkTable} as link where link.article_id = articles.id order by position, ${linkColumn})`,
    ),
  );
  return listFirst(
    db,
    sql`select case when articles.id is null then format('revisions exist of article %s, which does not', revision.article_id)
      when revision.number is null then format('article %s has no revision', articles.id)
      when revision.number <> articles.version then format('article %s has the version %s, its newest revision is %s',
        articles.id, articles.version, revision.number)
      else format('revision %s of article %s has other links or dates than the article', revision.number, articles.id) end
    from articles full join (
      select distinct on (article_id) * from article_revisions order by article_id, number desc
    ) as revision on revision.article_id = articles.id
    where (revision.number, revision.published_at, revision.deleted_at, ${sql.join(stored, sql`, `)})
      is distinct from (articles.version, articles.published_at, articles.deleted_at, ${sql.join(actual, sql`, `)})`,
  );
};

/**
 * Lists texts that a revision changed but that are neither in the revision nor packed, and packed texts without a revision
 * or without their dictionary. Whether they can be unpacked is checked when they are read: each has a checksum.
 *
 * @param columns of the required fields, by the names of the fields
 */
export const listBrokenRevisionTexts = (db: Database, columns: Readonly<Record<string, string>>) => {
  const missing = Object.entries(columns).map(([field, column]) =>
    sql.raw(`
    select format('revision %s of article %s has no ${field}', number, article_id) from article_revisions as revision
    where '${field}' = any(changed) and ${column} is null and not exists (select from revision_texts as packed
      where packed.article_id = revision.article_id and packed.field = '${field}' and packed.first_number = revision.first_number)`),
  );
  return listFirst(
    db,
    unionAll([
      ...missing,
      sql`
    select format('article %s has a packed %s of revision %s, which does not exist or did not change it', article_id, field,
      coalesce(first_number::text, 'none'))
    from revision_texts as packed where not exists (select from article_revisions as revision
        where revision.article_id = packed.article_id and revision.first_number = packed.first_number and field = any(changed))
      and not exists (select from revision_texts as dependent where packed.first_number is null and dependent.dictionary_id = packed.id)`,
      sql`
    select format('the packed %s of revision %s of article %s needs one that is no keyframe of it', packed.field,
      packed.first_number, packed.article_id)
    from revision_texts as packed left join revision_texts as keyframe on keyframe.id = packed.dictionary_id
    where packed.dictionary_id is not null and (keyframe.article_id, keyframe.field, keyframe.dictionary_id)
      is distinct from (packed.article_id, packed.field, null::bigint)`,
    ]),
  );
};

/** Lists working drafts without an article, without the revision that they began from, or with a link twice. */
export const listWrongDrafts = (db: Database, relations: readonly Relation[]) =>
  listFirst(
    db,
    unionAll([
      sql`select format('a working draft exists of article %s, which does not', article_id)
        from article_drafts where not exists (select from articles where id = article_id)`,
      sql`select format('the working draft of article %s began from revision %s, which does not exist', article_id, base_version)
        from article_drafts as draft where not exists (select from article_revisions as revision
          where revision.article_id = draft.article_id and base_version between first_number and number)`,
      ...relations.map(
        ({ linkColumn, noun }) => sql`
      select format('the working draft of article %s links twice to ${sql.raw(noun)} %s', article_id, id)
        from article_drafts cross join unnest(${sql.raw(linkColumn)}s) as id group by article_id, id having count(*) > 1`,
      ),
    ]),
  );

/** Compares the newest name in the history with the name of each category and author. */
export const listWrongNames = (db: Database, relations: readonly Relation[]) =>
  listFirst(
    db,
    unionAll(
      relations.map(
        ({ table, noun }) => sql`
    select format('${sql.raw(noun)} %s is called "%s" (%s), in the history "%s" (%s)', target.id, target.name, target.slug,
      latest.name, latest.slug)
    from ${sql.raw(table)} as target left join lateral (
      select name, slug from row_names where type = '${sql.raw(noun)}' and row_names.id = target.id
      order by valid_from desc limit 1
    ) as latest on true
    where (target.name, target.slug) is distinct from (latest.name, latest.slug)`,
      ),
    ),
  );

/** Lists converted entries of the audit log that still contain texts. Entries that are not converted yet are left out. */
export const listTextsInOldEntries = (db: Database) =>
  listFirst(
    db,
    sql`select format('entry %s of the audit log holds texts of article %s', audit_log.id, subject_id)
    from audit_log join audit_log_conversion on audit_log.id > next_id and audit_log.id <= last_id
    where transaction_id is null and subject = 'article'
      and (before, after) is distinct from (without_article_texts(action, before), without_article_texts(action, after))`,
  );
