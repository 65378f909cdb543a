import { joinParts } from './json-parts.ts';
import { Problem } from './problems.ts';

/** The maximum length of a list, in bytes of JSON. */
export const MAX_ANSWER_BYTES = 16_777_216;

/** A character takes at most 6 bytes in JSON: `\u0001`. */
export const MAX_ESCAPED = 6;

/** The JSON of the lists that could have been too long, so that it is serialized only once. */
const written = new WeakMap<object, Buffer>();

export const writtenFormOf = (answer: object): Buffer | undefined => written.get(answer);

/**
 * Checks that a list does not exceed MAX_ANSWER_BYTES. The maximum size of its rows clears almost every list; only a list
 * that could be too long is serialized here, row by row. With one `JSON.stringify`, twelve clients in a loop over lists of
 * 15 MB blocked the main thread for half a second.
 *
 * @param maxBytes the maximum length of its rows
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
 * @param bytes the length of the response, in words
 * @param advice a sentence
 * @param pointers to the parameters that the advice names
 */
export function answerTooLarge(bytes: string, advice = PAGE_ADVICE, pointers = ['/limit', '/fields']): Problem {
  const detail = `The answer would be ${bytes} bytes long; at most ${MAX_ANSWER_BYTES} are allowed. ${advice}`;
  const errors = pointers.map((pointer) => ({ pointer, code: 'answer_too_large', detail }));
  return new Problem('answer_too_large', detail, errors);
}
