import { WxrChannel } from './wxr-record-builder.ts';
import type { WxrRecord } from './wxr-records.ts';
import { decodeXml } from './xml-encoding.ts';
import { XmlReader } from './xml-parser.ts';

/**
 * The most characters of text that one item may hold, and any one piece of text in the file. Several times the longest
 * novel. An item this size, all in Chinese, peaked at 207 MB of memory; twice that size took 274.
 */
const MAX_ITEM = 32 * 2 ** 20;

/**
 * Reads a WordPress export (WXR 1.0, 1.1, 1.2) and yields what it holds in the file's order, first the site. It does no
 * I/O of its own and keeps one record at a time: 367 MB with 63,744 posts took 3.6 s and 160 MB of memory, most of it
 * young garbage (109 MB with `--max-semi-space-size=2`).
 *
 * Throws {@link WxrError} when the file is malformed, cut off, or no WordPress export, and whatever `chunks` throws. By
 * then records of the sound part have been yielded: the caller has to be able to undo what it did with them.
 */
export async function* readWxr(
  chunks: AsyncIterable<Uint8Array>,
  { maxItem = MAX_ITEM }: { maxItem?: number } = {},
): AsyncGenerator<WxrRecord, void, undefined> {
  const channel = new WxrChannel(maxItem);
  const xml = new XmlReader(channel, maxItem);
  for await (const text of decodeXml(chunks)) {
    xml.write(text);
    yield* channel.take();
  }
  xml.end();
  yield* channel.take();
}
