import { and, or, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import { setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { articles } from '../../database/schema/content.ts';
import { FIELD_NAMES, type FieldName, type FieldValues } from '../article-fields.ts';
import { RELATION_FIELDS, type RelationField, type RequestedIds } from '../article-relations.ts';
import { type ArticleWrite, lockedWriteCtes, type WriteResult, writeParameters } from './locked-write.queries.ts';
import { replaceLinksCtes } from './replace-links.queries.ts';

const p = sql.placeholder;

type ColumnName = FieldName | 'publishedAt' | 'version';

export interface ArticleChanges {
  /** `version` is the minimum version that the article gets; without it, the version rises by one. */
  columns: Partial<FieldValues & { publishedAt: Date | null; version: number }>;
  /** The article is linked to exactly these rows of a relation, in this order. Links that stay keep their row. */
  links: RequestedIds;
}

/**
 * Updates the columns only if at least one value differs. Otherwise a request that changes only links would not raise the
 * version: the trigger on links skips a row that this transaction has written, because the version rises once per
 * transaction.
 */
function updateColumns(db: Database, columns: readonly ColumnName[]) {
  const values = Object.fromEntries(columns.map((column) => [column, p(column)]));
  const differs = columns.map(
    (column) => sql`${articles[column]} is distinct from ${sql.param(p(column), articles[column])}`,
  );
  return db
    .update(articles)
    .set(values)
    .where(and(sql`${articles.id} in (select id from allowed)`, or(...differs)))
    .returning({ id: articles.id, listedAt: articles.listedAt });
}

function prepareUpdate(name: string, columns: readonly ColumnName[], relations: readonly RelationField[]) {
  return prepared(name, (db) => {
    const { snapshot, locked, allowed, result } = lockedWriteCtes(db);
    const ctes: WithSubquery[] = [];
    if (columns.length > 0) ctes.push(db.$with('updated_article').as(updateColumns(db, columns)));
    // Links repeat the `listed_at` of their article, so they need its value after the columns are updated.
    const currentArticle = sql`select allowed.id, coalesce(updated_article.listed_at, allowed.listed_at) as listed_at
      from allowed left join updated_article on true`;
    ctes.push(db.$with('current_article', {}).as(columns.length > 0 ? currentArticle : sql`select * from allowed`));
    for (const field of relations) ctes.push(...replaceLinksCtes(db, field));
    return db
      .with(snapshot, locked, allowed, ...ctes)
      .select(result)
      .from(locked)
      .where(setActor(p('actor')));
  });
}

/** The fields that a statement can change, each with its bit in the number of the statement. */
const BITS = Object.fromEntries(
  [...FIELD_NAMES, 'publishedAt', ...RELATION_FIELDS, 'version'].map((name, index) => [name, 2 ** index]),
) as Record<ColumnName | RelationField, number>;

const updateStatements = new Map<string, ReturnType<typeof prepareUpdate>>();

/**
 * Returns the prepared statement for a combination of changed fields: at most 2^9, of which a site uses a few. Its name
 * contains a number, because PostgreSQL truncates names to 63 bytes and the names of all fields do not fit.
 */
function updateStatementFor({ columns: values, links }: ArticleChanges) {
  const columns = Object.keys(values).sort() as ColumnName[];
  const relations = RELATION_FIELDS.filter((field) => links[field] !== undefined);
  const name = `update_article_${[...columns, ...relations].reduce((bits, field) => bits + BITS[field], 0)}`;
  const statement = updateStatements.get(name) ?? prepareUpdate(name, columns, relations);
  updateStatements.set(name, statement);
  return statement;
}

/**
 * Updates columns and replaces links in one statement.
 *
 * @returns no row if the caller has no live article with this id to change
 */
export const updateArticle = (db: Database, write: ArticleWrite, changes: ArticleChanges): Promise<WriteResult[]> =>
  updateStatementFor(changes)(db).execute({
    ...writeParameters(write),
    ...changes.columns,
    publishedAt: changes.columns.publishedAt?.toISOString() ?? null,
    ...changes.links,
  });
