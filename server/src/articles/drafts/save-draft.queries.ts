import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { nowMs } from '../../database/schema/columns.ts';
import { articles } from '../../database/schema/content.ts';
import { articleDrafts } from '../../database/schema/drafts.ts';
import { FIELD_NAMES, type FieldName, type FieldValues } from '../article-fields.ts';
import { ARTICLE_RELATIONS, RELATION_FIELDS, type RelationField, type RequestedIds } from '../article-relations.ts';
import { nameEpoch, parseIds } from '../linked-names/linked-names.queries.ts';
import { recordOf } from '../record-of.ts';
import { isWritable } from '../visibility/visibility.queries.ts';
import { type ArticleWrite, lockedWriteCtes, writeParameters } from '../writes/locked-write.queries.ts';
import { type DraftRow, draftFields, draftSelection } from './drafts.queries.ts';

// A save is validated like a PATCH of the article: ids must exist, the slug must be free. Values that the draft already has
// are accepted, so that an autosave of all fields still saves its text after a category was deleted.

const p = sql.placeholder;
type Saved = FieldName | RelationField;
const SAVED: readonly Saved[] = [...FIELD_NAMES, ...RELATION_FIELDS];

const list = (parts: SQL[]) => sql.join(parts, sql`, `);
const columnName = (name: Saved) => sql.raw(articleDrafts[name].name);
const isRelation = (name: Saved): name is RelationField => name in ARTICLE_RELATIONS;

/** The request as a row, so that each parameter is sent once, however often the statement uses it. */
const save = (saved: readonly Saved[]) =>
  sql`(select ${list([
    sql`${p('id')}::bigint as id`,
    sql`${p('expectedVersions')}::int[] as expected_versions`,
    ...saved.map((name) => {
      const type = isRelation(name) ? 'bigint[]' : articleDrafts[name].getSQLType();
      return sql`${p(name)}::${sql.raw(type)} as ${columnName(name)}`;
    }),
  ])}) as save`;
const savedValue = (name: Saved) => sql`save.${columnName(name)}`;

/** @param knownIds selects the ids that the draft already has */
const hasKnownIds = (field: RelationField, knownIds: SQL) => sql`not exists (
      select from unnest(${savedValue(field)}) as requested (id) where requested.id <> all(${knownIds})
        and not exists (select from ${sql.raw(ARTICLE_RELATIONS[field].table)} as target where target.id = requested.id))`;

const slugIsTaken = (slug: SQL, id: SQL) => sql<boolean>`exists (
      select from articles as other where other.slug = ${slug} and other.deleted_at is null and other.id <> ${id})`;

/**
 * PostgreSQL does not return the fields of the request. Of linked rows it returns only ids: their names, which are usually
 * in memory, took a quarter of the time of a save.
 */
const returned = (saved: readonly Saved[]) => ({
  ...draftSelection(recordOf(FIELD_NAMES, (name) => (saved.includes(name) ? sql`null` : draftFields[name]))),
  linkedIds: recordOf(RELATION_FIELDS, (field) =>
    sql<string[]>`article_drafts.${columnName(field)}::text`.mapWith(parseIds),
  ),
  nameEpoch,
});

/** A draft right after a save. */
export type SavedDraft = Omit<DraftRow, 'linked'> & { linkedIds: Record<RelationField, string[]>; nameEpoch: string };

const currentValue = (name: Saved) => sql`article_drafts.${columnName(name)}`;

/** Drizzle has no alias for the table of an `update`, so the conditions and values name it. */
const prepareUpdate = (name: string, saved: readonly Saved[]) =>
  prepared(name, (db) => {
    const differs = saved.map((each) => sql`${currentValue(each)} is distinct from ${savedValue(each)}`);
    const isPossible = saved.filter(isRelation).map((field) => hasKnownIds(field, currentValue(field)));
    if (saved.includes('slug')) {
      isPossible.push(sql`(save.slug = article_drafts.slug or not ${slugIsTaken(sql`save.slug`, sql`save.id`)})`);
    }
    return db
      .update(articleDrafts)
      .set({
        version: sql`article_drafts.version + (${differs.length > 0 ? sql.join(differs, sql` or `) : sql`false`})::int`,
        updatedAt: nowMs,
        accountId: p('accountId'),
        tokenId: p('tokenId'),
        command: p('command'),
        ...recordOf(saved, savedValue),
      })
      .from(sql`articles cross join ${save(saved)}`)
      .where(
        and(
          sql`article_drafts.article_id = save.id and articles.id = save.id and articles.listed_at <= now()`,
          isWritable({
            id: sql`articles.id`,
            ownerId: sql`articles.owner_id`,
            publishedAt: sql`articles.published_at`,
          }),
          sql`(save.expected_versions is null or article_drafts.version = any(save.expected_versions))`,
          ...isPossible,
        ),
      )
      .returning(returned(saved));
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

const prepareInsert = (name: string, saved: readonly Saved[]) =>
  prepared(name, (db) => {
    const { snapshot, locked, allowed } = lockedWriteCtes(db);
    const isPossible = saved.filter(isRelation).map((field) => hasKnownIds(field, sql`'{}'::bigint[]`));
    if (saved.includes('slug')) isPossible.push(sql`not ${slugIsTaken(sql`save.slug`, sql`save.id`)}`);
    const values = SAVED.map((each) => (saved.includes(each) ? savedValue(each) : articleValue(each)));
    const inserted = db.$with('inserted_draft', {}).as(sql`
    insert into article_drafts (article_id, version, base_version, account_id, token_id, command, ${list(SAVED.map(columnName))})
    select articles.id, articles.version + 1, articles.version, ${p('accountId')}::bigint, ${p('tokenId')}::bigint, ${p('command')}::text,
      ${list(values)}
    from allowed join articles on articles.id = allowed.id cross join ${save(saved)}
    where ${sql.join([sql`allowed.listed_at <= now()`, ...isPossible], sql` and `)}
    on conflict do nothing returning *`);
    return db
      .with(snapshot, locked, allowed, inserted)
      .select(returned(saved))
      .from(sql`inserted_draft as article_drafts`)
      .innerJoin(articles, sql`articles.id = article_drafts.article_id`);
  });

/** The changes of a save: fields, and the ids of linked rows. */
export interface DraftChanges {
  columns: Partial<FieldValues>;
  links: RequestedIds;
}

/** The statements built so far, one for each combination of saved fields, named like those of `updateArticle`. */
const statements = new Map<
  string,
  { update: ReturnType<typeof prepareUpdate>; insert: ReturnType<typeof prepareInsert> }
>();

function statementsFor({ columns, links }: DraftChanges) {
  const saved = SAVED.filter((name) => name in columns || name in links);
  const key = SAVED.reduce((bits, name, index) => bits + (saved.includes(name) ? 2 ** index : 0), 0);
  const built = statements.get(`${key}`) ?? {
    update: prepareUpdate(`update_draft_${key}`, saved),
    insert: prepareInsert(`insert_draft_${key}`, saved),
  };
  statements.set(`${key}`, built);
  return built;
}

const parametersOf = (write: ArticleWrite, { columns, links }: DraftChanges) => ({
  ...writeParameters(write),
  accountId: write.scope.actor.accountId,
  tokenId: write.scope.actor.tokenId,
  command: write.scope.actor.command,
  ...columns,
  ...links,
});

async function savedRow(rows: Promise<unknown[]>, { columns }: DraftChanges): Promise<SavedDraft | undefined> {
  const [row] = (await rows) as SavedDraft[];
  return row && { ...row, fields: { ...row.fields, ...columns } };
}

/**
 * Saves an existing working draft. Writes one row without triggers: no revision, no audit entry, no event. The version
 * stays if nothing differs.
 *
 * @returns undefined if there is no draft that the caller can save in this way; `findDraftState` finds the reason
 */
export const updateDraft = (db: Database, write: ArticleWrite, changes: DraftChanges) =>
  savedRow(statementsFor(changes).update(db).execute(parametersOf(write, changes)), changes);

/**
 * Creates a working draft from the article, with these changes.
 *
 * @returns undefined if there already is a draft, or if the caller cannot create it; `findDraftState` finds the reason
 */
export const insertDraft = (db: Database, write: ArticleWrite, changes: DraftChanges) =>
  savedRow(statementsFor(changes).insert(db).execute(parametersOf(write, changes)), changes);

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

/** Finds the state of a live article that the caller can change, and of its draft; without a version if it has no draft. */
export const findDraftState = async (
  db: Database,
  { id, scope: { actor: _, ...scope } }: ArticleWrite,
  slug: string | undefined,
) => (await findStateStatement(db).execute({ ...scope, id, slug: slug ?? null }))[0];
