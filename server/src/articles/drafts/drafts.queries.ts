import { and, eq, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { articles } from '../../database/schema/content.ts';
import { articleDrafts } from '../../database/schema/drafts.ts';
import { FIELD_NAMES, type FieldName, type FieldValues } from '../article-fields.ts';
import { ARTICLE_RELATIONS, RELATION_FIELDS, type RelationField } from '../article-relations.ts';
import { statusOf } from '../articles.queries.ts';
import { nameEpoch } from '../linked-names/linked-names.queries.ts';
import { recordOf } from '../record-of.ts';
import type { RecordedLink } from '../revisions/revisions.queries.ts';
import { canReadWorkingDraft } from '../visibility/visibility.queries.ts';
import type { ReadScope } from '../visibility/visibility.ts';

const p = sql.placeholder;

/** The linked rows of a draft, in order, with their current names; a deleted row has its last name. */
const linkedRows = (field: RelationField) => {
  const { table, noun } = ARTICLE_RELATIONS[field];
  const called = (column: 'name' | 'slug') =>
    sql.raw(`'${column}', coalesce(target.${column}, (
        select ${column} from row_names where type = '${noun}' and row_names.id = linked.id order by valid_from desc limit 1))`);
  return sql<RecordedLink[]>`(
    select coalesce(json_agg(json_build_object('id', linked.id, ${called('name')}, ${called('slug')}, 'isGone', target.id is null)
      order by linked.position), '[]')
    from unnest(article_drafts.${sql.raw(articleDrafts[field].name)}) with ordinality as linked (id, position)
    left join ${sql.raw(table)} as target on target.id = linked.id)`;
};

/** A working draft and its article, as responses need them. */
export interface DraftRow {
  id: number;
  status: 'draft' | 'scheduled' | 'published' | 'trashed';
  publishedAt: string | null;
  createdAt: string;
  version: number;
  baseVersion: number;
  articleVersion: number;
  updatedAt: string;
  accountId: number | null;
  accountName: string | null;
  tokenId: number | null;
  tokenName: string | null;
  command: string | null;
  fields: FieldValues;
  linked: Record<RelationField, RecordedLink[]>;
}
type DraftSelection = { [K in keyof Omit<DraftRow, 'fields' | 'linked'>]: SQLWrapper } & {
  fields: Record<FieldName, SQLWrapper>;
};

type DraftColumn = Exclude<keyof typeof articleDrafts.$inferSelect, 'articleId'>;
/**
 * A column of `article_drafts`, qualified as text: where that name is the alias of a CTE, Drizzle does not find the table.
 */
const columnOf = <Name extends DraftColumn>(name: Name) =>
  sql`article_drafts.${sql.raw(articleDrafts[name].name)}`.mapWith(articleDrafts[name]);
const articleColumn = (name: 'id' | 'version' | 'publishedAt' | 'createdAt' | 'deletedAt') =>
  sql`articles.${sql.raw(articles[name].name)}`.mapWith(articles[name]);

/**
 * The columns of `DraftRow`, for statements on `articles` and `article_drafts`. The names of the account and the token are
 * subqueries, because `returning` of an `update` cannot join.
 *
 * @param fields the columns or expressions for the fields of the draft
 */
export const draftSelection = (fields: Record<FieldName, SQL>) =>
  ({
    id: articleColumn('id'),
    status: statusOf({ deletedAt: articleColumn('deletedAt'), publishedAt: articleColumn('publishedAt') }),
    publishedAt: articleColumn('publishedAt'),
    createdAt: articleColumn('createdAt'),
    version: columnOf('version'),
    baseVersion: columnOf('baseVersion'),
    articleVersion: articleColumn('version'),
    updatedAt: columnOf('updatedAt'),
    accountId: columnOf('accountId'),
    accountName: sql<string | null>`(select name from accounts where accounts.id = article_drafts.account_id)`,
    tokenId: columnOf('tokenId'),
    tokenName: sql<string | null>`(select name from api_tokens where api_tokens.id = article_drafts.token_id)`,
    command: columnOf('command'),
    fields,
  }) satisfies DraftSelection;

export const draftFields = recordOf(FIELD_NAMES, columnOf);

/** The linked rows of a draft, as `DraftRow` has them. */
export const linked = recordOf(RELATION_FIELDS, linkedRows);

const findStatement = (name: string, condition: SQL) =>
  prepared({ name, pipelined: true }, (db) =>
    db
      .select({ ...draftSelection(draftFields), linked })
      .from(articles)
      .leftJoin(articleDrafts, eq(articleDrafts.articleId, articles.id))
      .where(and(isNull(articles.deletedAt), condition)),
  );
const findById = findStatement('draft', sql`${articles.id} = ${p('id')} and ${canReadWorkingDraft(articles)}`);
const findPreviewed = findStatement(
  'previewed_draft',
  sql`${articles.listedAt} <= now() and ${articleDrafts.articleId} = (
    select preview.article_id from article_previews as preview
    where preview.hash = ${p('hash')}::bytea and preview.expires_at > now())`,
);

type Found = DraftRow | (Pick<DraftRow, 'id'> & { version: null }) | undefined;

/**
 * Finds the working draft of an article.
 *
 * @returns a row without a version if the article has no draft; undefined if the caller cannot read the draft of this
 * article
 */
export const findDraft = async (db: Database, id: number, scope: ReadScope): Promise<Found> =>
  (await findById(db).execute({ ...scope, id }))[0] as Found;

/** Finds the working draft that a preview shows; undefined if the preview is not valid or shows the article itself. */
export const findPreviewedDraft = async (db: Database, hash: Buffer): Promise<DraftRow | undefined> =>
  (await findPreviewed(db).execute({ hash }))[0] as DraftRow | undefined;

const findLinksStatement = prepared({ name: 'links_of_draft', pipelined: true }, (db) =>
  db.select({ linked, nameEpoch }).from(
    sql`(select ${sql.join(
      RELATION_FIELDS.map((field) => sql`${p(field)}::bigint[] as ${sql.raw(articleDrafts[field].name)}`),
      sql`, `,
    )}) as article_drafts`,
  ),
);

/** Finds the rows with these ids as linked rows of a draft, and the epoch of their names. */
export const findDraftLinks = async (db: Database, ids: Record<RelationField, readonly string[]>) =>
  (await findLinksStatement(db).execute(ids))[0];
