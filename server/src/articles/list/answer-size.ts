import { MAX } from '../../database/schema/field-limits.ts';
import { Problem } from '../../http/problems.ts';
import { LINKED_TABLES, type LinkedTable } from '../article-relations.ts';

/** How long a list of articles can be, in bytes of JSON. */
export const MAX_ANSWER_BYTES = 16_777_216;

/** What the size of a row depends on. */
type SizedRow = Record<LinkedTable, readonly unknown[]> & { unlistedBytes?: number };
interface Answer {
  data: readonly object[];
  page: { limit: number };
}

/** A character takes at most 6 bytes in JSON: `\u0001`. */
const MAX_ESCAPED = 6;
/** A row with its limited fields, and one linked row; each with the names of its fields, its numbers and its times. */
const MAX_ROW_BYTES = MAX_ESCAPED * (MAX.title + MAX.excerpt) + MAX.slug + 500;
const MAX_LINK_BYTES = MAX_ESCAPED * MAX.name + MAX.slug + 100;

/**
 * Checks that a list is not too long. Almost every list is cleared by the number of its rows and links: only one that could
 * be too long is written as JSON to measure it, row by row.
 *
 * @param rows those that were read, in order; the answer shows the first `limit` of them
 * @throws Problem `answer_too_large`
 */
export function assertAnswerFits(rows: readonly SizedRow[], answer: Answer): void {
  const shown = rows.slice(0, answer.page.limit);
  const unlistedBytes = shown.reduce((sum, row) => sum + (row.unlistedBytes ?? 0), 0);
  // The texts have not been read then, so their size as JSON is not known.
  if (unlistedBytes > MAX_ANSWER_BYTES) throw answerTooLarge(`at least ${unlistedBytes}`);
  const links = shown.reduce((sum, row) => sum + linksOf(row), 0);
  const maxBytes = shown.length * MAX_ROW_BYTES + links * MAX_LINK_BYTES + MAX_ESCAPED * unlistedBytes;
  if (maxBytes <= MAX_ANSWER_BYTES / 2) return; // The other half is more than the largest facets need.
  const bytes = jsonBytes({ ...answer, data: [] }) + answer.data.reduce((sum, row) => sum + jsonBytes(row) + 1, -1);
  if (bytes > MAX_ANSWER_BYTES) throw answerTooLarge(String(bytes));
}

const linksOf = (row: SizedRow) => LINKED_TABLES.reduce((sum, table) => sum + row[table].length, 0);
const jsonBytes = (value: object) => Buffer.byteLength(JSON.stringify(value));

function answerTooLarge(bytes: string): Problem {
  const detail = `The answer would be ${bytes} bytes long; at most ${MAX_ANSWER_BYTES} are allowed. Ask for fewer articles with limit, or for fewer fields with fields.`;
  const errors = ['/limit', '/fields'].map((pointer) => ({ pointer, code: 'answer_too_large', detail }));
  return new Problem('answer_too_large', detail, errors);
}
