import { setImmediate } from 'node:timers/promises';

/** Characters that are joined before other requests have a turn: a millisecond of the main thread. */
const CHARACTERS_PER_TURN = 100_000;

/**
 * Joins the parts of a text, and lets other requests have turns between them.
 *
 * @returns how long it is, and its bytes, unless it is longer than `maxBytes`
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
