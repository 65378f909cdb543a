import { setImmediate } from 'node:timers/promises';

/** The number of characters that are joined before other requests get a turn: a millisecond of the main thread. */
const CHARACTERS_PER_TURN = 100_000;

/**
 * Joins the parts of a text, and yields to other requests in between.
 *
 * @returns the length in bytes, and the bytes unless they are more than `maxBytes`
 */
export async function joinParts(
  parts: Iterable<string>,
  maxBytes: number,
): Promise<{ bytes: number; body: Buffer | undefined }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let text = '';
  const flush = () => {
    const chunk = Buffer.from(text);
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
    text = '';
  };
  for (const part of parts) {
    text += part;
    if (text.length < CHARACTERS_PER_TURN) continue;
    flush();
    await setImmediate();
  }
  flush();
  return { bytes, body: bytes <= maxBytes ? Buffer.concat(chunks) : undefined };
}
