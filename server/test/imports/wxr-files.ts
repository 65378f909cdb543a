import { readFile } from 'node:fs/promises';
import { readWxr } from '../../src/imports/wordpress/wxr/read-wxr.ts';
import type { WxrItem, WxrRecord } from '../../src/imports/wordpress/wxr/wxr-records.ts';

/** Reads a file of `fixtures/`. */
export function fixture(name: string): Promise<Uint8Array> {
  return readFile(new URL(`./fixtures/${name}.xml`, import.meta.url));
}

/** Returns a small valid export with this content in its channel. */
export function wxr(content: string, declaration = '<?xml version="1.0" encoding="UTF-8"?>'): string {
  const namespaces = ['', 'excerpt/'].map((end) => `http://wordpress.org/export/1.2/${end}`);
  return `${declaration}
<rss xmlns:wp="${namespaces[0]}" xmlns:excerpt="${namespaces[1]}" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title><wp:wxr_version>1.2</wp:wxr_version>
${content}
</channel></rss>`;
}

/** The line of the first line of the content in {@link wxr}. */
export const CONTENT_LINE = 4;

/** Reads a file in chunks of these sizes, repeating the last one, or in one chunk without sizes. Returns its records. */
export async function readAll(file: string | Uint8Array, ...chunkSizes: number[]): Promise<WxrRecord[]> {
  const records: WxrRecord[] = [];
  for await (const record of readWxr(inChunks(Buffer.from(file), chunkSizes))) records.push(record);
  return records;
}

/** Returns the items of a file. */
export async function readItems(file: string | Uint8Array): Promise<WxrItem[]> {
  return (await readAll(file)).filter((record) => record.kind === 'item');
}

async function* inChunks(bytes: Uint8Array, sizes: number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (let index = 0; from < bytes.length; index++) {
    const size = sizes[index] ?? sizes.at(-1) ?? bytes.length;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}
