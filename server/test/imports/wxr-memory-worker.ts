import { workerData } from 'node:worker_threads';
import { readWxr } from '../../src/imports/wordpress/wxr/read-wxr.ts';

/** Generates an export of this size while it is read. */
async function* generateExport(megabytes: number): AsyncGenerator<Uint8Array> {
  const [wp, body] = ['http://wordpress.org/export/1.2/', 'http://purl.org/rss/1.0/modules/content/'];
  yield Buffer.from(`<rss xmlns:wp="${wp}" xmlns:content="${body}"><channel>`);
  const content = '<p>Seagulls &amp; other thieves, 日本語, 💀.</p>\n'.repeat(1300);
  const comment = `<wp:comment><wp:comment_content><![CDATA[${content}]]></wp:comment_content></wp:comment>`;
  const bytes = content.length * 2;
  for (let id = 1; id * bytes < megabytes * 2 ** 20; id++) {
    yield Buffer.from(`<item><title>Number ${id}</title><wp:post_id>${id}</wp:post_id>
<wp:post_name><![CDATA[the-rather-long-slug-of-item-number-${id}]]></wp:post_name>
<category domain="post_tag" nicename="the-rather-long-slug-of-tag-number-${id}"><![CDATA[The name of tag number ${id}]]></category>
<content:encoded><![CDATA[${content}]]></content:encoded>${comment}</item>`);
  }
  yield Buffer.from('</channel></rss>');
}

// Strings that a caller is likely to store for each item. They must not keep the rest of the file in memory.
const stored: string[] = [];
for await (const record of readWxr(generateExport(Number(workerData)))) {
  if (record.kind === 'item')
    stored.push(record.slug ?? '', ...record.terms.flatMap(({ slug, name }) => [slug ?? '', name]));
}
if (stored.length < 2700) throw new Error(`Read only ${stored.length / 3} items`);
