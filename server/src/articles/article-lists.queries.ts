import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { row } from './articles.queries.ts';

const p = sql.placeholder;
const LAST_ID = '9223372036854775807';

/** Which statement a list needs: one exists, prepared, for each of these shapes. */
export interface ListShape {
  of: 'all' | 'category';
  backward: boolean;
  withContent: boolean;
}

/** The values of a list. */
export interface ListValues {
  /** Null for all articles. */
  categoryId: number | null;
  /** Where the page begins; null for the start of the list. */
  from: { key: string; id: number } | null;
  /** How many rows at most. */
  fetch: number;
  offset: number;
}

/** Where the ids of a list stand in order: the link rows of a category, or the articles themselves. */
const source = (of: ListShape['of']) =>
  of === 'category'
    ? { id: sql.raw('article_id'), rows: sql`article_categories where category_id = ${p('categoryId')}::bigint` }
    : { id: sql.raw('id'), rows: sql`articles where true` };

/**
 * The ids of one page: one index range, whatever its depth. The first page starts from now and not from the newest row,
 * so that a scheduled article appears by itself, on time. Both bounds in one row comparison: given `listed_at <= now()`
 * as a second condition, PostgreSQL walks every scheduled row first.
 */
function pageOf({ of, backward }: ListShape): SQL {
  const { id, rows } = source(of);
  const key = sql`${p('key')}::timestamptz`;
  return backward
    ? sql`select ${id} from ${rows} and listed_at <= now() and (listed_at, ${id}) > (${key}, ${p('id')}::bigint)
        order by listed_at, ${id} limit ${p('fetch')}`
    : sql`select ${id} from ${rows} and (listed_at, ${id}) <
          (least(${key}, now()), case when ${key} <= now() then ${p('id')}::bigint else ${sql.raw(LAST_ID)} end)
        order by listed_at desc, ${id} desc limit ${p('fetch')} offset ${p('offset')}`;
}

const listStatement = (name: string, shape: ListShape) =>
  prepared(name, (db) => {
    const direction = sql.raw(shape.backward ? 'asc' : 'desc');
    return db.query.articles.findMany({
      ...row,
      columns: { ...row.columns, content: shape.withContent },
      where: { RAW: (t) => sql`${t.id} in (${pageOf(shape)})` },
      orderBy: (t) => sql`${t.listedAt} ${direction}, ${t.id} ${direction}`,
    });
  });

const listStatements = new Map<string, ReturnType<typeof listStatement>>();

/** Published articles, newest first (backward: oldest first), each with all its categories and authors. */
export function listArticles(db: Database, shape: ListShape, { from, ...values }: ListValues) {
  const name = `list_articles_${shape.of}${shape.backward ? '_backward' : ''}${shape.withContent ? '_content' : ''}`;
  const statement = listStatements.get(name) ?? listStatement(name, shape);
  listStatements.set(name, statement);
  return statement(db).execute({ ...values, key: from?.key ?? 'infinity', id: from?.id ?? LAST_ID });
}

const countStatements = {
  all: prepared('count_articles_all', (db) => db.select({ total: countOf('all') }).from(sql`(select) as one`)),
  category: prepared('count_articles_category', (db) => db.select({ total: countOf('category') }).from(sql`(select) as one`)),
};

function countOf(of: ListShape['of']) {
  return sql<number>`(select count(*) from ${source(of).rows} and listed_at <= now())`.mapWith(Number);
}

/** How many rows the whole list holds. */
export const countArticles = (db: Database, of: ListShape['of'], categoryId: number | null) =>
  countStatements[of](db).execute({ categoryId });
