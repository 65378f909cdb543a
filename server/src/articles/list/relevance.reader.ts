import type { Database } from '../../database/database.ts';
import { toRfc3339 } from '../../database/schema/rfc3339.ts';
import { isFromGiven } from './filters.ts';
import { countRanked, findRankCutoff, listArticles } from './list.queries.ts';
import type { ListShape, ListValues } from './list-shape.ts';
import { formatRelevancePosition, isRanked, parseRelevancePosition, relevanceParts } from './relevance.ts';
import { listedAt } from './sorts.queries.ts';

/**
 * Returns a page of a list by relevance. Ranking reads the document of each article, so for a common word only the newest
 * articles of the list are ranked, down to the rank cutoff; the others follow by publication. A word that most articles
 * contain says little about one of them. The first page finds the cutoff and every cursor contains it, so that the order
 * stays the same while a client pages and others write.
 */
export async function listByRelevance(db: Database, shape: ListShape, values: ListValues) {
  const cursor = values.key === null ? null : parseRelevancePosition(values.key);
  const rankCutoff = cursor ? cursor.rankCutoff : await readRankCutoff(db, shape, values);
  const parts = relevanceParts(shape, rankCutoff);
  if (!shape.isDescending) parts.reverse();
  const firstPart = cursor ? parts.findIndex(({ sort }) => (sort === 'relevance') === isRanked(cursor)) : 0;
  const page = [];
  let { offset } = values;
  for (const [index, part] of parts.slice(firstPart).entries()) {
    const hasCursor = shape.hasCursor && index === 0;
    const fetch = values.fetch - page.length;
    const partValues = { ...values, rankCutoff, fetch, offset, key: hasCursor ? (cursor?.key ?? null) : null };
    const rows = await listArticles(db, { ...part, hasCursor, hasOffset: offset > 0 }, partValues);
    for (const { sortKey: rank, ...row } of rows) {
      page.push({ ...row, sortKey: formatRelevancePosition({ key: rank ?? listedAt(row), rankCutoff }) });
    }
    const isLastPart = part === parts.at(-1);
    if (isLastPart || page.length === values.fetch) break;
    if (offset > 0) offset = rows.length > 0 ? 0 : await offsetBelowCutoff(db, part, partValues);
  }
  return page;
}

async function readRankCutoff(db: Database, shape: ListShape, values: ListValues): Promise<string | null> {
  if (isFromGiven(shape)) return null; // all of them are ranked
  const [row] = await findRankCutoff(db, shape, values);
  const rankCutoff = row?.rankCutoff ?? null;
  return rankCutoff === null || rankCutoff.endsWith('infinity') ? rankCutoff : toRfc3339(rankCutoff);
}

/** Returns how many articles below the cutoff a numbered page skips, if it starts after all ranked ones. */
async function offsetBelowCutoff(db: Database, rankedPart: ListShape, values: ListValues): Promise<number> {
  const [ranked] = await countRanked(db, rankedPart, values);
  return Math.max(0, values.offset - (ranked?.count ?? 0));
}
