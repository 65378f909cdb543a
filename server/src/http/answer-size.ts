import { Problem } from './problems.ts';

/** How long a list can be, in bytes of JSON. */
export const MAX_ANSWER_BYTES = 16_777_216;

/** A character takes at most 6 bytes in JSON: `\u0001`. */
export const MAX_ESCAPED = 6;

/**
 * Checks that a list is not too long. Almost every list is cleared by the size of its largest possible rows: only one that
 * could be too long is written as JSON to measure it, row by row.
 *
 * @param maxBytes how long its rows can be
 * @throws Problem `answer_too_large`
 */
export function assertJsonFits(answer: { data: readonly object[] }, maxBytes: number): void {
  if (maxBytes <= MAX_ANSWER_BYTES / 2) return; // The other half is more than the largest facets need.
  const rowBytes = answer.data.reduce((sum, row) => sum + jsonBytes(row) + 1, -1);
  const bytes = jsonBytes({ ...answer, data: [] }) + rowBytes;
  if (bytes > MAX_ANSWER_BYTES) throw answerTooLarge(String(bytes));
}

const jsonBytes = (value: object) => Buffer.byteLength(JSON.stringify(value));

const PAGE_ADVICE = 'Ask for fewer rows with limit, or for fewer fields with fields.';

/**
 * @param bytes how long the answer would be, in words
 * @param advice a sentence
 * @param pointers of the parameters that it names
 */
export function answerTooLarge(bytes: string, advice = PAGE_ADVICE, pointers = ['/limit', '/fields']): Problem {
  const detail = `The answer would be ${bytes} bytes long; at most ${MAX_ANSWER_BYTES} are allowed. ${advice}`;
  const errors = pointers.map((pointer) => ({ pointer, code: 'answer_too_large', detail }));
  return new Problem('answer_too_large', detail, errors);
}
