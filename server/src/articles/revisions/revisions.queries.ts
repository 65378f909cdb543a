import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { articles } from '../../database/schema/content.ts';
import { accounts, apiTokens } from '../../database/schema/identity.ts';
import { articleRevisions } from '../../database/schema/revisions.ts';
import type { PageRange } from '../../pagination/keyset-condition.queries.ts';
import { FIELD_NAMES, type FieldName } from '../article-fields.ts';
import { ARTICLE_RELATIONS, RELATION_FIELDS, type RelationField } from '../article-relations.ts';
import { recordOf } from '../record-of.ts';
import { canReadUnpublished, isWritable } from '../visibility/visibility.queries.ts';
import type { ReadScope, WriteScope } from '../visibility/visibility.ts';

const p = sql.placeholder;
const isReadable = sql`${canReadUnpublished(articles)} and (${articles.deletedAt} is null or ${p('trashed')}::boolean)`;
const isLiveAndWritable = sql`${articles.deletedAt} is null and ${isWritable(articles)}`;

/** A linked row with the name and slug that it had at the time, and whether it has been deleted since. */
export interface RecordedLink {
  id: number;
  name: string;
  slug: string;
  isGone: boolean;
}

/** A text before a change: plain, or packed and in base64, see `storage/packed-texts.ts`. */
export interface TextBefore {
  field: string;
  text: string | null;
  packed: string | null;
  dictionary: string | null;
}

const listStatement = (name: string, condition: SQL, order: SQL) =>
  prepared(name, (db) => {
    const revision = db
      .select({
        number: articleRevisions.number,
        at: articleRevisions.at,
        accountId: articleRevisions.accountId,
        tokenId: articleRevisions.tokenId,
        command: articleRevisions.command,
        kind: articleRevisions.kind,
        changed: articleRevisions.changed,
        isPublished: sql<boolean>`${articleRevisions.deletedAt} is null and coalesce(
          ${articleRevisions.publishedAt} <= ${articleRevisions.at}, false)`.as('is_published'),
      })
      .from(articleRevisions)
      .where(and(eq(articleRevisions.articleId, p('id')), condition))
      .orderBy(sql`number ${order}`)
      .limit(p('fetch'))
      .as('revision');
    return db
      .select({
        number: revision.number,
        at: revision.at,
        accountId: revision.accountId,
        accountName: accounts.name,
        tokenId: revision.tokenId,
        tokenName: apiTokens.name,
        command: revision.command,
        kind: revision.kind,
        published: revision.isPublished,
        changed: revision.changed,
      })
      .from(articles)
      .leftJoin(revision, sql`true`)
      .leftJoin(accounts, eq(accounts.id, revision.accountId))
      .leftJoin(apiTokens, eq(apiTokens.id, revision.tokenId))
      .where(and(eq(articles.id, p('id')), isReadable))
      .orderBy(sql`revision.number ${order}`);
  });

const listForward = listStatement('revisions', sql`number < coalesce(${p('from')}::bigint, 2147483648)`, sql`desc`);
const listBackward = listStatement('revisions_backward', sql`number > coalesce(${p('from')}::bigint, 0)`, sql`asc`);

/**
 * Lists the revisions of an article, newest first. The id of a position is the number of a revision.
 *
 * @returns one row without a number if there are none in the range; no row if the caller cannot read the article
 */
export const listRevisions = (
  db: Database,
  article: { id: number; trashed: boolean },
  scope: ReadScope,
  { backward, from, fetch }: Pick<PageRange, 'backward' | 'from' | 'fetch'>,
) => (backward ? listBackward : listForward)(db).execute({ ...article, ...scope, from: from?.id ?? null, fetch });

/** The linked rows of a revision, in order. A name that is newer than the revision is used only if there is no older one. */
const recordedLinks = (field: RelationField) => {
  const { table, linkColumn, noun } = ARTICLE_RELATIONS[field];
  return sql<RecordedLink[] | null>`(
    select json_agg(json_build_object('id', linked.id, 'name', called.name, 'slug', called.slug,
      'isGone', not exists (select from ${sql.raw(table)} as target where target.id = linked.id)) order by linked.position)
    from unnest(revision.${sql.raw(linkColumn)}s) with ordinality as linked (id, position)
    cross join lateral (
      select name, slug from row_names where type = ${sql.raw(`'${noun}'`)} and row_names.id = linked.id
      order by valid_from <= revision.at desc, case when valid_from <= revision.at then valid_from end desc, valid_from limit 1
    ) as called)`;
};

/** The current links of the article, in order. */
const currentLinks = (field: RelationField) => {
  const { linkTable, linkColumn } = ARTICLE_RELATIONS[field];
  return sql<
    number[]
  >`(select coalesce(json_agg(${sql.raw(linkColumn)} order by position, ${sql.raw(linkColumn)}), '[]')
    from ${sql.raw(linkTable)} as link where link.article_id = ${articles.id})`;
};

const columnOf = (field: FieldName) => sql.raw(articleRevisions[field].name);
const laterTexts = sql.join(
  FIELD_NAMES.map((field) => sql`when ${sql.raw(`'${field}'`)} then later.${columnOf(field)}`),
  sql` `,
);

/**
 * For each field that later revisions changed, the text before the first of these changes: the text in this revision. The
 * later revisions are read once: with a lookup for each field, 10,000 of them took five times as long.
 */
const textsBeforeLaterChanges = sql<TextBefore[] | null>`(
  select json_agg(json_build_object('field', first_change.field,
    'text', case first_change.field ${laterTexts} end,
    'packed', encode(packed.value, 'base64'), 'dictionary', encode(dictionary.value, 'base64')))
  from (
    select field, min(number) as number from article_revisions cross join unnest(changed) as field
    where article_id = ${p('id')} and number > revision.number group by field
  ) as first_change
  join article_revisions as later on later.article_id = ${p('id')} and later.number = first_change.number
  left join revision_texts as packed on packed.article_id = ${p('id')} and packed.field = first_change.field
    and packed.first_number = later.first_number
  left join revision_texts as dictionary on dictionary.id = packed.dictionary_id)`;

const findStatement = (name: string, condition: SQL) =>
  prepared(name, (db) => {
    const revision = db
      .select({
        number: articleRevisions.number,
        firstNumber: articleRevisions.firstNumber,
        at: articleRevisions.at,
        publishedAt: articleRevisions.publishedAt,
        deletedAt: articleRevisions.deletedAt,
        ...recordOf(RELATION_FIELDS, (field) => articleRevisions[field]),
      })
      .from(articleRevisions)
      .where(and(eq(articleRevisions.articleId, p('id')), sql`number >= ${p('number')}::bigint`))
      .orderBy(articleRevisions.number)
      .limit(1)
      .as('revision');
    return db
      .select({
        id: articles.id,
        createdAt: articles.createdAt,
        currentVersion: articles.version,
        currentTexts: recordOf(FIELD_NAMES, (field) => articles[field]),
        currentLinks: recordOf(RELATION_FIELDS, currentLinks),
        number: revision.number,
        at: revision.at,
        publishedAt: revision.publishedAt,
        deletedAt: revision.deletedAt,
        previousNumber: sql<number | null>`(select max(number) from article_revisions
          where article_id = ${p('id')} and number < revision.first_number)`,
        textsBefore: textsBeforeLaterChanges,
        recordedLinks: recordOf(RELATION_FIELDS, recordedLinks),
      })
      .from(articles)
      .leftJoin(revision, sql`${revision.firstNumber} <= ${p('number')}::bigint`)
      .where(and(eq(articles.id, p('id')), condition));
  });
const findReadable = findStatement('readable_revision', isReadable);
const findWritable = findStatement('writable_revision', isLiveAndWritable);
const findBase = findStatement('base_revision', sql`true`);

/** A revision, by the id of its article and its number. */
export interface RevisionKey {
  id: number;
  number: number;
}

/** Finds a revision. @returns a row without a number if the article has no such revision; no row if the caller cannot read it */
export const findRevision = (db: Database, key: RevisionKey & { trashed: boolean }, scope: ReadScope) =>
  findReadable(db).execute({ ...key, ...scope });

/** Finds a revision of an article that the caller can change. */
export const findRevisionToRestore = (db: Database, { id, number }: RevisionKey, { actor: _, ...scope }: WriteScope) =>
  findWritable(db).execute({ id, number, ...scope });

/** Finds the revision that a working draft was created from. The access to the draft has been checked. */
export const findRevisionOfDraft = (db: Database, { id, number }: RevisionKey) => findBase(db).execute({ id, number });

export type RevisionRow = Awaited<ReturnType<typeof findRevision>>[number];
