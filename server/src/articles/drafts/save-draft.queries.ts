import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { nowMs } from '../../database/schema/columns.ts';
import { articles } from '../../database/schema/content.ts';
import { articleDrafts } from '../../database/schema/drafts.ts';
import { accounts, apiTokens } from '../../database/schema/identity.ts';
import { FIELD_NAMES, type FieldName, type FieldValues } from '../article-fields.ts';
import { ARTICLE_RELATIONS, RELATION_FIELDS, type RelationField, type RequestedIds } from '../article-relations.ts';
import { recordOf } from '../record-of.ts';
import { isWritable } from '../visibility/visibility.queries.ts';
import { type ArticleWrite, lockedWriteCtes, writeParameters } from '../writes/locked-write.queries.ts';
import { type DraftRow, draftFields, draftSelection } from './drafts.queries.ts';

// A save is checked as a PATCH of the article would be: ids that exist, a slug that is free. What the draft already has is
// let through, so that an autosave that sends everything still saves its text after a category was deleted.

const p = sql.placeholder;
const SAVED = [...FIELD_NAMES, ...RELATION_FIELDS] as const;
type Saved = FieldName | RelationField;

const columnName = (name: Saved) => sql.raw(articleDrafts[name].name);
const isRelation = (name: Saved): name is RelationField => name in ARTICLE_RELATIONS;
const list = (parts: SQL[]) => sql.join(parts, sql`, `);
const allOf = (conditions: SQL[]) => sql.join(conditions, sql` and `);

/** The request, as a row: each parameter is sent once, however often the statement needs it. */
const save = sql`(select ${p('id')}::bigint as id, ${p('saved')}::text[] as saved, ${p('expectedVersions')}::int[] as expected_versions,
      ${p('accountId')}::bigint as account_id, ${p('tokenId')}::bigint as token_id, ${p('command')}::text as command,
      ${list(
        SAVED.map((name) => {
          const type = isRelation(name) ? 'bigint[]' : articleDrafts[name].getSQLType();
          return sql`${p(name)}::${sql.raw(type)} as ${columnName(name)}`;
        }),
      )}) as save`;
const isSaved = (name: Saved) => sql.raw(`'${name}' = any(save.saved)`);
const value = (name: Saved) => sql`save.${columnName(name)}`;

/** @param current selects the value that a field has without this save */
const savedValue = (name: Saved, current: SQL) =>
  sql`case when ${isSaved(name)} then ${value(name)} else ${current} end`;

/** @param knownIds selects the ids that the draft has already */
const hasUnknownId = (field: RelationField, knownIds: SQL) => sql`exists (
      select from unnest(${value(field)}) as requested (id) where requested.id <> all(${knownIds})
        and not exists (select from ${sql.raw(ARTICLE_RELATIONS[field].table)} as target where target.id = requested.id))`;

const slugIsTaken = (slug: SQL, id: SQL) => sql<boolean>`exists (
      select from articles as other where other.slug = ${slug} and other.deleted_at is null and other.id <> ${id})`;

/** Returns what a save wrote, without the fields of the request: PostgreSQL need not send them back. */
function selectSaved(db: Database, saved: SQL, ...before: WithSubquery[]) {
  const unsent = recordOf(FIELD_NAMES, (name) =>
    sql`case when not ${isSaved(name)} then ${draftFields[name]} end`.mapWith(articleDrafts[name]),
  );
  return db
    .with(...before, db.$with('saved_draft', {}).as(saved))
    .select(draftSelection(unsent))
    .from(sql`saved_draft as article_drafts cross join (select ${p('saved')}::text[] as saved) as save`)
    .innerJoin(articles, sql`${articles.id} = article_drafts.article_id`)
    .leftJoin(accounts, sql`${accounts.id} = article_drafts.account_id`)
    .leftJoin(apiTokens, sql`${apiTokens.id} = article_drafts.token_id`);
}

const columnsOfArticle = {
  id: sql`articles.id`,
  ownerId: sql`articles.owner_id`,
  publishedAt: sql`articles.published_at`,
};
const draftColumn = (name: Saved) => sql`draft.${columnName(name)}`;

const updateStatement = prepared('update_draft', (db) => {
  const columns = SAVED.map((name) => sql`${columnName(name)} = ${savedValue(name, draftColumn(name))}`);
  const differs = SAVED.map((name) => sql`${isSaved(name)} and ${draftColumn(name)} is distinct from ${value(name)}`);
  const hasKnownIds = RELATION_FIELDS.map((field) => sql`not ${hasUnknownId(field, draftColumn(field))}`);
  return selectSaved(
    db,
    sql`update article_drafts as draft set version = draft.version + (${sql.join(differs, sql` or `)})::int, updated_at = ${nowMs},
      account_id = save.account_id, token_id = save.token_id, command = save.command, ${list(columns)}
    from articles cross join ${save}
    where draft.article_id = save.id and articles.id = save.id and articles.listed_at <= now() and ${isWritable(columnsOfArticle)}
      and (save.expected_versions is null or draft.version = any(save.expected_versions)) and ${allOf(hasKnownIds)}
      and (save.slug is null or save.slug = draft.slug or not ${slugIsTaken(sql`save.slug`, sql`save.id`)})
    returning draft.*`,
  );
});

/** The links of an article, in order. */
function currentIds(field: RelationField) {
  const { linkTable, linkColumn } = ARTICLE_RELATIONS[field];
  return sql.raw(
    `array(select ${linkColumn} from ${linkTable} as link where link.article_id = articles.id order by position, ${linkColumn})`,
  );
}

const articleValue = (name: Saved) =>
  isRelation(name) ? currentIds(name) : sql`articles.${sql.raw(articles[name].name)}`;

const insertStatement = prepared('insert_draft', (db) => {
  const { snapshot, locked, allowed } = lockedWriteCtes(db);
  const hasKnownIds = RELATION_FIELDS.map((field) => sql`not ${hasUnknownId(field, sql`'{}'::bigint[]`)}`);
  return selectSaved(
    db,
    sql`insert into article_drafts (article_id, version, base_version, account_id, token_id, command, ${list(SAVED.map(columnName))})
    select articles.id, articles.version + 1, articles.version, save.account_id, save.token_id, save.command,
      ${list(SAVED.map((name) => savedValue(name, articleValue(name))))}
    from allowed join articles on articles.id = allowed.id cross join ${save}
    where allowed.listed_at <= now() and ${allOf(hasKnownIds)}
      and (save.slug is null or not ${slugIsTaken(sql`save.slug`, sql`save.id`)})
    on conflict do nothing returning *`,
    snapshot,
    locked,
    allowed,
  );
});

/** What a save changes: fields, and the ids of linked rows. */
export interface DraftChanges {
  columns: Partial<FieldValues>;
  links: RequestedIds;
}

const NOTHING = recordOf(SAVED, () => null);

const parametersOf = (write: ArticleWrite, { columns, links }: DraftChanges) => ({
  ...writeParameters(write),
  accountId: write.scope.actor.accountId,
  tokenId: write.scope.actor.tokenId,
  command: write.scope.actor.command,
  ...NOTHING,
  ...columns,
  ...links,
  saved: Object.keys({ ...columns, ...links }),
});

async function savedRow(rows: Promise<unknown[]>, { columns }: DraftChanges): Promise<DraftRow | undefined> {
  const [row] = (await rows) as DraftRow[];
  return row && { ...row, fields: { ...row.fields, ...columns } };
}

/**
 * Saves a working draft that exists. Writes one row, without a trigger: no revision, no entry, no event. The version stays if
 * nothing differs. Undefined if there is no draft that the caller can save like this; `findDraftState` tells why.
 */
export const updateDraft = (db: Database, write: ArticleWrite, changes: DraftChanges) =>
  savedRow(updateStatement(db).execute(parametersOf(write, changes)), changes);

/** Begins a working draft from the article, with these changes. Undefined if that cannot be, or if there is one already. */
export const insertDraft = (db: Database, write: ArticleWrite, changes: DraftChanges) =>
  savedRow(insertStatement(db).execute(parametersOf(write, changes)), changes);

const findStateStatement = prepared('draft_state', (db) =>
  db
    .select({
      articleVersion: articles.version,
      isPublished: sql<boolean>`${articles.listedAt} <= now()`,
      version: articleDrafts.version,
      slug: articleDrafts.slug,
      ...recordOf(RELATION_FIELDS, (field) => articleDrafts[field]),
      isSlugTaken: slugIsTaken(sql`${p('slug')}::text`, sql`${articles.id}`),
    })
    .from(articles)
    .leftJoin(articleDrafts, eq(articleDrafts.articleId, articles.id))
    .where(and(eq(articles.id, p('id')), isNull(articles.deletedAt), isWritable(articles))),
);

/** The state of a live article that the caller can change, and of its draft: without a version if it has none. */
export const findDraftState = async (
  db: Database,
  { id, scope: { actor: _, ...scope } }: ArticleWrite,
  slug: string | undefined,
) => (await findStateStatement(db).execute({ ...scope, id, slug: slug ?? null }))[0];
