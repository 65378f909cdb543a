import { MAX } from '../../database/schema/field-limits.ts';
import { answerTooLarge, assertJsonFits, MAX_ANSWER_BYTES, MAX_ESCAPED } from '../../http/answer-size.ts';
import { LINKED_TABLES, type LinkedTable } from '../article-relations.ts';

/** For queries, which import nothing that is about HTTP. */
export { MAX_ANSWER_BYTES };

/** What the size of a row depends on. */
type SizedRow = Record<LinkedTable, readonly unknown[]> & { unlistedBytes?: number };
interface Answer {
  data: readonly object[];
  page: { limit: number };
}

/** A row with its limited fields, and one linked row; each with the names of its fields, its numbers and its times. */
const MAX_ROW_BYTES = MAX_ESCAPED * (MAX.title + MAX.excerpt) + MAX.slug + 500;
const MAX_LINK_BYTES = MAX_ESCAPED * MAX.name + MAX.slug + 100;

/**
 * Checks that a list of articles is not too long.
 *
 * @param rows those that were read, in order; the answer shows the first `limit` of them
 * @throws Problem `answer_too_large`
 */
export async function assertAnswerFits(rows: readonly SizedRow[], answer: Answer): Promise<void> {
  const shown = rows.slice(0, answer.page.limit);
  const unlistedBytes = shown.reduce((sum, row) => sum + (row.unlistedBytes ?? 0), 0);
  // The texts have not been read then, so their size as JSON is not known.
  if (unlistedBytes > MAX_ANSWER_BYTES) throw answerTooLarge(`at least ${unlistedBytes}`);
  const links = shown.reduce((sum, row) => sum + linksOf(row), 0);
  await assertJsonFits(answer, shown.length * MAX_ROW_BYTES + links * MAX_LINK_BYTES + MAX_ESCAPED * unlistedBytes);
}

const linksOf = (row: SizedRow) => LINKED_TABLES.reduce((sum, table) => sum + row[table].length, 0);
