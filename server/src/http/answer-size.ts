import { joinParts } from './json-parts.ts';
import { Problem } from './problems.ts';

/** How long a list can be, in bytes of JSON. */
export const MAX_ANSWER_BYTES = 16_777_216;

/** A character takes at most 6 bytes in JSON: `\u0001`. */
export const MAX_ESCAPED = 6;

/** The JSON of the answers that could have been too long, so that they are written once. */
const written = new WeakMap<object, Buffer>();

export const writtenFormOf = (answer: object): Buffer | undefined => written.get(answer);

/**
 * Checks that a list is not too long. Almost every list is cleared by the size of its largest possible rows: only one that
 * could be too long is written here, row by row. With one `JSON.stringify`, twelve clients that looped over lists of 15 MB
 * blocked the main thread for half a second.
 *
 * @param maxBytes how long its rows can be
 * @throws Problem `answer_too_large`
 */
export async function assertJsonFits(answer: { data: readonly object[] }, maxBytes: number): Promise<void> {
  if (maxBytes <= MAX_ANSWER_BYTES / 2) return; // The other half is more than the largest facets need.
  const { bytes, body } = await joinParts(listJson(answer), MAX_ANSWER_BYTES);
  if (!body) throw answerTooLarge(String(bytes));
  written.set(answer, body);
}

function* listJson({ data, ...rest }: { data: readonly object[] }): Generator<string> {
  yield '{"data":[';
  for (const [index, row] of data.entries()) yield `${index > 0 ? ',' : ''}${JSON.stringify(row)}`;
  const others = JSON.stringify(rest).slice(1);
  yield `]${others === '}' ? '' : ','}${others}`;
}

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
