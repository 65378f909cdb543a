import { expect, test } from 'vitest';
import { readWxr } from '../../src/imports/wordpress/wxr/read-wxr.ts';
import { WxrError } from '../../src/imports/wordpress/wxr/wxr-error.ts';
import { CONTENT_LINE, fixture, readAll, wxr } from './wxr-files.ts';

async function errorOf(file: string | Uint8Array, ...sizes: number[]): Promise<WxrError> {
  const error = await readAll(file, ...sizes).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof WxrError) return error;
  throw new Error(`Not a WxrError: ${String(error)}`);
}

async function* inOneChunk(file: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(file);
}

async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const record of records) expect(record).toBeDefined();
}

const VALID = wxr('<item><title>x</title></item>');

test.each([
  ['truncated in text', VALID.slice(0, VALID.indexOf('</title></item>')), 4, /ends inside <title>, opened on line 4/],
  ['truncated in CDATA', wxr('<item><title><![CDATA[x').replace(/\n<\/channel.*/s, ''), 4, /ends inside <title>/],
  ['truncated between items', VALID.replace('</channel></rss>', ''), 5, /ends inside <channel>, opened on line 3/],
  ['truncated in the last tag', VALID.slice(0, -1), 5, /ends inside <rss>, opened on line 2/],
  ['truncated in an entity', `${VALID.slice(0, VALID.indexOf('x</title>'))}&am`, 4, /ends inside <title>/],
  ['an element closed by another', wxr('<item>\n<title>x</item>'), 5, /does not match <title>, opened on line 5/],
  ['too many closing tags', `${VALID}</rss>`, 5, /<\/rss> has no matching opening tag/],
  ['an unknown entity', wxr('\n<item><title>&nosuch;</title></item>'), 5, /unknown entity &nosuch;/],
  ['a character reference that is not a number', wxr('<item><title>&#xyz;</title></item>'), 4, /malformed/],
  ['a bare less-than', wxr('<item><title>1 < 2</title></item>'), 4, /a < does not start a tag/],
  ['CDATA that ends twice, not at its end', wxr('<item><title><![CDATA[a]]> b ]]> c</title></item>'), 4, /CDATA/],
  [
    'CDATA that ends twice after its item',
    wxr('<item><title><![CDATA[a]]></item><title>]]></title>'),
    4,
    /does not match/,
  ],
  [
    'a CDATA section without its bracket',
    wxr('<item><title><![CDATA>a]]></title></item>'),
    4,
    /neither a comment nor a CDATA/,
  ],
  ['an attribute without quotes', wxr('<item><category domain=x>y</category></item>'), 4, /unquoted attribute/],
  ['one attribute twice', wxr('<item><category a="1" a="2"/></item>'), 4, /duplicate attribute/],
  ['two root elements', `${VALID}<rss></rss>`, 5, /a second root element/],
  ['two root elements after a notice', `${VALID}\n<br />oops\n<rss></rss>`, 7, /a second root element/],
  ['items after the end', `${VALID}\n<item><title>y</title></item>`, 6, /a second root element/],
  ['the end of another file after the end', `${VALID}\n</channel></rss>`, 6, /<\/channel> has no matching opening tag/],
  ['two concatenated files', `${VALID}\n${VALID}`, 6, /two files concatenated/],
  ['nested too deeply', wxr(`<item>${'<a>'.repeat(300)}`), 4, /nested too deeply/],
  ['too many attributes', wxr(`<item ${Array.from({ length: 300 }, (_, i) => `a${i}=""`).join(' ')}/>`), 4, /too many/],
])('malformed: %s', async (_, file, line, message) => {
  const error = await errorOf(file);
  expect(error.message).toMatch(message);
  expect(error.message).toMatch(/^Line \d+(, column \d+)?: The XML is malformed: .+\.$/);
  expect(error.line).toBe(line);
  expect((await errorOf(file, 1)).line).toBe(line);
});

test.each([
  ['an empty file', '', /is empty/],
  ['whitespace', ' \r\n\t ', /is empty/],
  ['JSON', '  {"db":[]}', /JSON/],
  ['a Ghost export', '{"db": [{"meta": {"exported_on": 1613351347849, "version": "4.0.0"}}]}', /a Ghost export/],
  ['a notice before another XML', '<br />oops<?xml version="1.0"?><feed/>', /root element is <br>/],
  ['text', 'Dear WordPress,', /not XML/],
  ['HTML', '<!DOCTYPE html><html lang=en><p>Log in', /HTML page/],
  ['HTML after comments', `${'<!-- x -->'.repeat(60)}<html>`, /HTML page/],
  ['another XML', '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>', /root element is <feed>/],
  ['an RSS feed', '<rss><channel><title>x</title><item><title>y</title></item></channel></rss>', /an RSS feed/],
  ['an RSS feed without items', '<rss version="2.0"><channel><title>x</title></channel></rss>', /an RSS feed/],
  ['RSS without a channel', '<rss xmlns:wp="http://wordpress.org/export/1.2/"></rss>', /no <channel>/],
  ['another major version', VALID.replace('version>1.2<', 'version>2.0<'), /uses WXR 2\.0/],
  ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), /compressed \(gzip\).*Decompress/],
  ['zip', Buffer.from('504b03041400', 'hex'), /compressed \(zip\)/],
  ['UTF-32', Buffer.from('fffe00003c000000', 'hex'), /encoding “UTF-32” is not supported/],
  ['an unknown encoding', '<?xml version="1.0" encoding="x-klingon"?><rss/>', /“x-klingon” is not supported.*UTF-8/],
])('not an export: %s', async (_, file, message) => {
  expect((await errorOf(file)).message).toMatch(message);
  expect((await errorOf(file, 1)).message).toMatch(message);
});

test.each([
  ['after the channel', VALID.replace('</channel>', '</channel>\n<item></item>'), 6],
  ['in an element of another tool', wxr('<posts>\n<item></item></posts>'), 5],
  ['in an item', wxr('<item>\n<item></item></item>'), 5],
])('an item %s is rejected, not skipped', async (_, file, line) => {
  expect(await errorOf(file)).toMatchObject({
    line,
    message: expect.stringContaining('not directly in the <channel>'),
  });
});

test('an entity bomb is rejected', async () => {
  const error = await errorOf(await fixture('entity-bomb'));
  expect(error).toMatchObject({ line: 13, message: expect.stringContaining('unknown entity &h;') });
});

test('an external entity and an external DTD are not fetched', async () => {
  const error = await errorOf(await fixture('external-entity'));
  expect(error).toMatchObject({ line: 9, message: expect.stringContaining('unknown entity &secret;') });
});

test('a DOCTYPE cannot redefine an entity', async () => {
  const [site] = await readAll(await fixture('entity-redefinition'));
  expect(site).toMatchObject({ title: 'a & b\u00a0c' });
});

test.each([
  [
    'content',
    `<content:encoded>${`<![CDATA[${'x'.repeat(2 ** 16)}]]>`.repeat(17)}</content:encoded>`,
    /<item> that starts here exceeds the limit/,
  ],
  ['many links', '<category nicename="a"/>'.repeat(10_000), /<item> that starts here exceeds the limit/],
  [
    'one metadata value',
    `<wp:postmeta><![CDATA[${'x'.repeat(2 ** 21)}]]></wp:postmeta>`,
    /A single piece of text exceeds the limit/,
  ],
  ['one long comment', `<!--${'x'.repeat(2 ** 21)}-->`, /A single piece of text exceeds the limit/],
])('an item above the size limit is rejected: %s', async (_, content, message) => {
  const records = readWxr(inOneChunk(wxr(`<item>${content}</item>`)), { maxRecordCharacters: 2 ** 20 });
  await expect(drain(records)).rejects.toThrow(message);
});

test('a title with two megabytes of spaces takes linear time', async () => {
  const start = process.threadCpuUsage();
  const [, item] = await readAll(wxr(`<item><title>a${' '.repeat(2 ** 21)}b\n</title></item>`));
  expect(item).toMatchObject({ title: expect.stringMatching(/^a +b$/) });
  expect(process.threadCpuUsage(start).user).toBeLessThan(5_000_000);
});

test('an error of the source is rethrown unchanged', async () => {
  const broken = new Error('disk on fire');
  async function* source(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(wxr('').slice(0, 200 + CONTENT_LINE));
    throw broken;
  }
  await expect(drain(readWxr(source()))).rejects.toBe(broken);
});
