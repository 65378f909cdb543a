import type { Database } from '../../database/database.ts';
import { toRfc3339 } from '../../database/schema/rfc3339.ts';
import type { ListShape } from './keyset.queries.ts';
import { countRanked, findBorder, type ListValues, listArticles } from './list.queries.ts';
import { listedAt } from './list-plan.ts';
import { formatPlace, isRanked, parsePlace, partsOf } from './relevance.ts';

/**
 * A page of a list by relevance. Ranking reads each document, so what many articles have is not ranked in all of them:
 * a word that is everywhere says little about any. The newest of the list are, down to a border; the rest follow by
 * publication. The border is found once and then in each cursor, so that it stays while somebody pages and others write.
 */
export async function listByRelevance(db: Database, shape: ListShape, values: ListValues) {
  const from = values.key === null ? null : parsePlace(values.key);
  const border = from ? from.border : await borderOf(db, shape, values);
  const parts = partsOf(shape, border);
  if (!shape.down) parts.reverse();
  const begin = from ? parts.findIndex(({ sort }) => (sort === 'relevance') === isRanked(from)) : 0;
  const rows = [];
  let { offset } = values;
  for (const [index, part] of parts.slice(begin).entries()) {
    const fetch = values.fetch - rows.length;
    const started = shape.started && index === 0;
    const slice = { ...values, border, fetch, offset, key: started ? (from?.key ?? null) : null };
    const found = await listArticles(db, { ...part, started, numbered: offset > 0 }, slice);
    for (const { rank, ...row } of found)
      rows.push({ ...row, place: formatPlace({ key: rank ?? listedAt(row), border }) });
    const isLast = part === parts.at(-1);
    if (isLast || rows.length === values.fetch) break;
    if (offset > 0) offset = found.length > 0 ? 0 : await leftToSkip(db, part, slice);
  }
  return rows;
}

async function borderOf(db: Database, shape: ListShape, values: ListValues): Promise<string | null> {
  const border = (await findBorder(db, shape, values))[0]?.border ?? null;
  return border === null || border.endsWith('infinity') ? border : toRfc3339(border);
}

/** How many rows of the rest a numbered page leaves out, when it begins after all that is ranked. */
async function leftToSkip(db: Database, ranked: ListShape, values: ListValues): Promise<number> {
  const [counted] = await countRanked(db, ranked, values);
  return Math.max(0, values.offset - (counted?.count ?? 0));
}
