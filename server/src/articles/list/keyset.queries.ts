import { type SQL, sql } from 'drizzle-orm';
import type { articles } from '../../database/schema/content.ts';
import { asksOnly, type FilterShape, isUndated, onlyPublished } from './filters.ts';
import { ARTICLES, type Driven, LINKS, links, listedByDate, type Rows, searchQuery } from './predicates.queries.ts';

/** The order of a list and the range of it in which a page lies, as fragments of SQL. */

const p = sql.placeholder;

/** What kind of list it is: there is one statement for each. */
export interface ListShape extends FilterShape {
  /** `date` is by publication where the trash is listed too: see `ORDERS`. */
  sort: 'publishedAt' | 'date' | 'title' | 'updatedAt' | 'relevance';
  /** The direction of travel: that of the sort, or the other one to go back. */
  down: boolean;
  /** Begins at a cursor. */
  started: boolean;
  numbered: boolean;
  content: boolean;
  /** The most rows that it fetches, as a literal: PostgreSQL plans for it, and for a tenth of a table otherwise. */
  most: 21 | 101;
  /** Of a list by relevance, what is listed from the border on, or what is before it: see `article-relevance.ts`. */
  part: 'ranked' | 'rest' | null;
}

type Articles = Pick<typeof articles, 'id' | 'title' | 'updatedAt' | 'publishedAt' | 'listedAt'>;

/** What lists are sorted by. An article in the trash is listed never, but among others of the trash it has its date. */
const ORDERS: Record<ListShape['sort'], { key: (t: Articles) => SQL; type: 'timestamptz' | 'text' | 'real' }> = {
  publishedAt: { key: (t) => sql`${t.listedAt}`, type: 'timestamptz' },
  date: { key: (t) => sql`coalesce(${t.publishedAt}, 'infinity')`, type: 'timestamptz' },
  title: { key: (t) => sql`${t.title} collate "und-x-icu"`, type: 'text' },
  updatedAt: { key: (t) => sql`${t.updatedAt}`, type: 'timestamptz' },
  relevance: {
    key: (t) =>
      sql`(select ts_rank(text.document, ${searchQuery}) from article_search as text where text.article_id = ${t.id})`,
    type: 'real',
  },
};
/** What a list is sorted by. Each but relevance has an index with the id behind it. */
export const sortKey = ({ sort }: ListShape, t: Articles): SQL => ORDERS[sort].key(t);
const cursorKey = ({ sort }: ListShape) => sql`${p('key')}::${sql.raw(ORDERS[sort].type)}`;

export const direction = ({ down }: ListShape) => sql.raw(down ? 'desc' : 'asc');
export const inOrder = (shape: ListShape, key: SQL, id: SQL) =>
  sql`order by ${key} ${direction(shape)}, ${id} ${direction(shape)}`;
export const enough = ({ numbered, most }: ListShape) =>
  numbered ? sql`(${p('fetch')}::int + ${p('offset')}::int)` : sql.raw(String(most));
export const skipped = ({ numbered }: ListShape) => (numbered ? sql`offset ${p('offset')}::int` : sql``);

/** The first instant that is yet to come: times are whole milliseconds. */
const SOON = sql`date_trunc('milliseconds', now()) + interval '1 millisecond'`;

/** The first instant that a list may hold, and the first beyond it; undefined where there is no such bound. */
function boundsOf(shape: ListShape): { floor: SQL | undefined; ceiling: SQL | undefined } {
  const dated = listedByDate(shape);
  const border = sql`${p('border')}::timestamptz`;
  const starts = [
    ...(dated && shape.since ? [sql`${p('since')}::timestamptz`] : []),
    ...(shape.part === 'ranked' ? [border] : []),
  ];
  const ends = [
    ...(onlyPublished(shape) ? [SOON] : dated || !isUndated(shape) ? [sql`'infinity'::timestamptz`] : []),
    ...(dated && shape.until ? [sql`${p('until')}::timestamptz`] : []),
    ...(shape.part === 'rest' ? [border] : []),
  ];
  return {
    floor: starts.length > 0 ? sql`greatest(${sql.join(starts, sql`, `)})` : undefined,
    ceiling: ends.length > 0 ? sql`least(${sql.join(ends, sql`, `)})` : undefined,
  };
}

/**
 * The range of rows by publication in which a page lies, for one index. Downwards the first page of published articles
 * starts from now and not from the newest row, so that a scheduled article appears by itself, on time. All that says
 * where to start is in one row comparison: given a second condition, PostgreSQL may start there, and walk every scheduled
 * row or all the pages before this one.
 */
export function range(shape: ListShape, { id, listedAt }: Rows): SQL {
  const { floor, ceiling } = boundsOf(shape);
  const [key, from] = [cursorKey(shape), sql`${p('id')}::bigint`];
  const [bound, nearest, inside, past] = shape.down
    ? [ceiling, sql.raw('least'), sql.raw('<'), sql.raw('<')]
    : [floor, sql.raw('greatest'), sql.raw('>='), sql.raw('>')];
  const conditions = [sql`true`];
  if (shape.started && bound) {
    const place = sql`${nearest}(${key}, ${bound}), case when ${key} ${inside} ${bound} then ${from} else 0 end`;
    conditions.push(sql`(${listedAt}, ${id}) ${past} (${place})`);
  } else if (shape.started || bound) {
    conditions.push(sql`(${listedAt}, ${id}) ${past} (${shape.started ? sql`${key}, ${from}` : sql`${bound}, 0`})`);
  }
  if (shape.down && floor) conditions.push(sql`${listedAt} >= ${floor}`);
  if (!shape.down && ceiling) conditions.push(sql`${listedAt} < ${ceiling}`);
  return sql.join(conditions, sql` and `);
}

/** Is the page the first rows of a range of one index, whatever the values? Then it is there in a moment. */
export const isOneRange = (shape: ListShape): boolean =>
  shape.sort === 'publishedAt' &&
  !shape.numbered &&
  asksOnly(shape, 'all', 'since', 'until') &&
  (shape.all === 0 || (shape.all === 1 && !shape.descendants));

/** What of the filter a range has seen to. */
export const ranged = (shape: ListShape): Driven => ({ published: onlyPublished(shape), dates: listedByDate(shape) });

/** Nothing but a caller's own: one range of the index of owners, however many drafts others have. */
const isOwn = ({ sees, statuses }: ListShape) => sees === 'own' && !statuses.includes('published');

/** Rows that one index has in the order of publication, with all that match among them. */
export interface Source {
  from: SQL;
  rows: Rows;
  driven: Driven;
}
/** The list of a category or author, where everything that matches is in it; else that of all articles. */
export function source(shape: ListShape): Source {
  const through = links(shape);
  return through?.one
    ? {
        from: sql`${through.table} as link where link.linked = ${through.one}`,
        rows: LINKS,
        driven: { ...through.driven, ...ranged(shape) },
      }
    : {
        from: isOwn(shape) ? sql`articles where owner_id = ${p('ownerId')}::bigint` : sql`articles where true`,
        rows: ARTICLES,
        driven: ranged(shape),
      };
}

/** Beyond the cursor, in any other order than by publication. */
export function beyond(shape: ListShape, key: SQL, id: SQL): SQL {
  if (!shape.started) return sql`true`;
  return sql`(${key}, ${id}) ${sql.raw(shape.down ? '<' : '>')} (${cursorKey(shape)}, ${p('id')}::bigint)`;
}
