import { WxrRecordBuilder } from './wxr-record-builder.ts';
import type { WxrRecord } from './wxr-records.ts';
import { decodeXml } from './xml-encoding.ts';
import { XmlParser } from './xml-parser.ts';

/**
 * The maximum size of one record, and of one token of the file, in characters: several times the longest novel. An item
 * of this size, all in Chinese, peaked at 207 MB of memory; twice the size took 274 MB.
 */
const MAX_RECORD_CHARACTERS = 32 * 2 ** 20;

/**
 * Reads a WordPress export (WXR 1.0, 1.1 or 1.2) and yields its records in file order, the site first. Does no I/O and
 * keeps one record in memory at a time: 367 MB with 63,744 posts took 3.6 s and 160 MB of memory, most of it young
 * garbage (109 MB with `--max-semi-space-size=2`).
 *
 * Records before an error have already been yielded, so the caller must be able to undo what it did with them.
 *
 * @throws {@link WxrError} if the file is malformed, truncated or not a WordPress export, and any error of `chunks`
 */
export async function* readWxr(
  chunks: AsyncIterable<Uint8Array>,
  { maxRecordCharacters = MAX_RECORD_CHARACTERS }: { maxRecordCharacters?: number } = {},
): AsyncGenerator<WxrRecord, void, undefined> {
  const builder = new WxrRecordBuilder(maxRecordCharacters);
  const parser = new XmlParser(builder, maxRecordCharacters);
  for await (const text of decodeXml(chunks, (code) => builder.onWarning(code, 1))) {
    parser.write(text);
    yield* builder.takeRecords();
  }
  parser.end();
  builder.end();
  yield* builder.takeRecords();
}
