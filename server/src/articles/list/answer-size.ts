import { MAX } from '../../database/schema/field-limits.ts';
import { answerTooLarge, assertJsonFits, MAX_ANSWER_BYTES, MAX_ESCAPED } from '../../http/answer-size.ts';
import { LINKED_TABLES, type LinkedTable } from '../article-relations.ts';

/** For queries, which cannot import http/. */
export { MAX_ANSWER_BYTES };

/** The part of a row that its size depends on. */
type SizedRow = Record<LinkedTable, readonly unknown[]> & { unlistedBytes?: number };
interface Answer {
  data: readonly object[];
  page: { limit: number };
}

/** The largest row without its unlimited fields, and the largest linked row: field names, numbers and times included. */
const MAX_ROW_BYTES = MAX_ESCAPED * (MAX.title + MAX.excerpt) + MAX.slug + 500;
const MAX_LINK_BYTES = MAX_ESCAPED * MAX.name + MAX.slug + 100;

/**
 * Checks that a list of articles does not exceed MAX_ANSWER_BYTES.
 *
 * @param rows the rows that were read, in order; the answer shows the first `limit` of them
 * @throws Problem `answer_too_large`
 */
export async function assertAnswerFits(rows: readonly SizedRow[], answer: Answer): Promise<void> {
  const shown = rows.slice(0, answer.page.limit);
  const unlistedBytes = shown.reduce((sum, row) => sum + (row.unlistedBytes ?? 0), 0);
  // The texts have not been read in this case, so the size of their JSON is not known.
  if (unlistedBytes > MAX_ANSWER_BYTES) throw answerTooLarge(`at least ${unlistedBytes}`);
  const links = shown.reduce((sum, row) => sum + linksOf(row), 0);
  await assertJsonFits(answer, shown.length * MAX_ROW_BYTES + links * MAX_LINK_BYTES + MAX_ESCAPED * unlistedBytes);
}

const linksOf = (row: SizedRow) => LINKED_TABLES.reduce((sum, table) => sum + row[table].length, 0);
