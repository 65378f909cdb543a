import { readFile } from 'node:fs/promises';
import { readWxr } from '../../src/imports/wordpress/wxr/read-wxr.ts';
import type { WxrItem, WxrRecord } from '../../src/imports/wordpress/wxr/wxr-records.ts';

/** A file of `fixtures/` as bytes. */
export function fixture(name: string): Promise<Uint8Array> {
  return readFile(new URL(`./fixtures/${name}.xml`, import.meta.url));
}

/** A small sound export around what a test is about. */
export function wxr(inside: string, declaration = '<?xml version="1.0" encoding="UTF-8"?>'): string {
  const namespaces = ['', 'excerpt/'].map((end) => `http://wordpress.org/export/1.2/${end}`);
  return `${declaration}
<rss xmlns:wp="${namespaces[0]}" xmlns:excerpt="${namespaces[1]}" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title><wp:wxr_version>1.2</wp:wxr_version>
${inside}
</channel></rss>`;
}

/** The line on which {@link wxr} puts the first line of `inside`. */
export const INSIDE = 4;

/** The records of a file that arrives in pieces of these sizes, the last one again and again; in one piece without. */
export async function readAll(file: string | Uint8Array, ...sizes: number[]): Promise<WxrRecord[]> {
  const records: WxrRecord[] = [];
  for await (const record of readWxr(inPieces(Buffer.from(file), sizes))) records.push(record);
  return records;
}

/** The items among the records of a file. */
export async function readItems(file: string | Uint8Array): Promise<WxrItem[]> {
  return (await readAll(file)).filter((record) => record.kind === 'item');
}

async function* inPieces(bytes: Uint8Array, sizes: number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (let piece = 0; from < bytes.length; piece++) {
    const size = sizes[piece] ?? sizes.at(-1) ?? bytes.length;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}
