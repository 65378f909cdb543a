import { type SQL, sql } from 'drizzle-orm';
import { articles } from '../../database/schema/content.ts';
import { afterCursor, listedAtRange, orderBy, rowLimit, rowOffset } from './keyset.queries.ts';
import type { ListShape } from './list-shape.ts';
import { PROMISING_HITS, SAMPLE_ROWS, SCAN_ROWS } from './list-thresholds.ts';
import { ARTICLES, matches, perRowProbe } from './predicates.queries.ts';
import { rowSource } from './row-source.queries.ts';
import { sortKey } from './sorts.queries.ts';

/**
 * Scans the first rows of a list, testing each. If matches are common, the scan fills the page; short lists are read
 * completely. If matches are rare, the scan ends after a number of rows and another plan finds the page.
 */

export const sampleRows = sql.raw(String(SAMPLE_ROWS));
const promisingHits = sql.raw(String(PROMISING_HITS));
const scanRows = sql.raw(String(SCAN_ROWS));

/** The sort key of `firstRows`. */
const keyOf = (shape: ListShape) => (shape.sort === 'publishedAt' ? sortKey(shape, articles) : sql`articles.key`);

/** Selects the first rows of a list, whether they match or not. */
export function firstRows(shape: ListShape, limit: SQL, { from, rows } = rowSource(shape)): SQL {
  if (shape.sort !== 'publishedAt') {
    const key = sortKey(shape, articles);
    return sql`(select articles.id, articles.listed_at, ${key} as key from articles where ${afterCursor(shape, key, sql`articles.id`)}
      ${orderBy(shape, key, sql`articles.id`)} limit ${limit}) as articles`;
  }
  return sql`(select ${rows.id} as id, ${rows.listedAt} as listed_at from ${from} and ${listedAtRange(shape, rows)}
    ${orderBy(shape, rows.listedAt, rows.id)} limit ${limit}) as articles`;
}

/**
 * Returns the CTEs `scan`, with the matches, and `scan_result`, which tells whether these are the page: they fill it, or
 * the scan has read the whole list.
 */
export function scanCtes(shape: ListShape): SQL[] {
  const key = keyOf(shape);
  const satisfied = shape.sort === 'publishedAt' ? rowSource(shape).satisfied : {};
  const fromMatches = (limit: SQL) =>
    sql`from ${firstRows(shape, limit)} where ${matches(shape, perRowProbe(ARTICLES), satisfied)}`;
  const isListShorterThan = (rows: SQL) => sql`(select count(*) from ${firstRows(shape, rows)}) < ${rows}`;
  return [
    sql`sample as materialized (select ${isListShorterThan(sampleRows)} as is_complete,
      (select count(*) from (select ${fromMatches(sampleRows)} limit ${promisingHits}) as hits) = ${promisingHits} as is_promising)`,
    sql`scan as materialized (select articles.id, ${key} as key
      ${fromMatches(sql`(select case when is_complete or is_promising then ${scanRows} else 0 end from sample)`)}
      ${orderBy(shape, key, sql`articles.id`)} limit ${rowLimit(shape)})`,
    sql`scan_result as materialized (select is_complete or is_promising
      and ((select count(*) from scan) >= ${rowLimit(shape)} or ${isListShorterThan(scanRows)}) as is_final from sample)`,
  ];
}

export const isScanFinal = sql`(select is_final from scan_result)`;

/** The page that the scan has found, or else the first rows of `select`, which returns none if `isScanFinal`. */
export const scannedPageCtes = (shape: ListShape, { ctes, select }: { ctes: SQL[]; select: SQL }): SQL[] => [
  ...scanCtes(shape),
  ...ctes,
  sql`page as ((${selectScanned(shape, rowOffset(shape))}) union all
    select id from (${select} limit ${rowLimit(shape)} ${rowOffset(shape)}) as others)`,
];

/** Selects the rows of the page that the scan has found. */
export const selectScanned = (shape: ListShape, offset: SQL) =>
  sql`select id from scan where ${isScanFinal} ${orderBy(shape, sql`key`, sql`id`)} ${offset}`;
