import { expect, test } from 'vitest';
import { readWxr } from '../../src/imports/wordpress/wxr/read-wxr.ts';
import { WxrError } from '../../src/imports/wordpress/wxr/wxr-error.ts';
import { fixture, INSIDE, readAll, wxr } from './wxr-files.ts';

async function errorOf(file: string | Uint8Array, ...sizes: number[]): Promise<WxrError> {
  const error = await readAll(file, ...sizes).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof WxrError) return error;
  throw new Error(`Not a WxrError: ${String(error)}`);
}

async function* once(file: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(file);
}

async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const record of records) expect(record).toBeDefined();
}

const SOUND = wxr('<item><title>x</title></item>');

test.each([
  [
    'cut off in a text',
    SOUND.slice(0, SOUND.indexOf('</title></item>')),
    4,
    /ends inside <title>, which line 4 opened/,
  ],
  ['cut off in CDATA', wxr('<item><title><![CDATA[x').replace(/\n<\/channel.*/s, ''), 4, /ends inside <title>/],
  ['cut off between items', SOUND.replace('</channel></rss>', ''), 5, /ends inside <channel>, which line 3 opened/],
  ['cut off in the last tag', SOUND.slice(0, -1), 5, /ends inside <rss>, which line 2 opened/],
  ['cut off in an entity', `${SOUND.slice(0, SOUND.indexOf('x</title>'))}&am`, 4, /ends inside <title>/],
  ['an element closed by another', wxr('<item>\n<title>x</item>'), 5, /does not match <title>, which line 5 opened/],
  ['too many closing tags', `${SOUND}</rss>`, 5, /<\/rss> closes nothing/],
  ['a bare ampersand', wxr('<item>\n<title>Salt & Tide</title>\n</item>&amp;'), 5, /an & begins no entity.*&amp;/],
  ['a bare ampersand at the end', wxr('<item>\n<title>Salt & Tide</title></item>'), 5, /an & begins no entity/],
  ['an unknown entity', wxr('\n<item><title>&nosuch;</title></item>'), 5, /the entity &nosuch; is unknown/],
  ['a reference that is no number', wxr('<item><title>&#xyz;</title></item>'), 4, /malformed/],
  ['a bare less-than', wxr('<item><title>1 < 2</title></item>'), 4, /a < begins no tag/],
  ['CDATA that ends twice', wxr('<item><title><![CDATA[a]]> b ]]></title></item>'), 4, /CDATA/],
  ['an attribute without quotes', wxr('<item><category domain=x>y</category></item>'), 4, /unquoted attribute/],
  ['one attribute twice', wxr('<item><category a="1" a="2"/></item>'), 4, /duplicate attribute/],
  ['two outermost elements', `${SOUND}<rss></rss>`, 5, /a second element/],
  ['text after the end', `${SOUND}\nPHP Warning: oops`, 6, /text outside the outermost element/],
  ['two files in one', `${SOUND}\n${SOUND}`, 6, /two files were in one/],
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
  ['nothing', '', /is empty/],
  ['only blanks', ' \r\n\t ', /is empty/],
  ['JSON', '  {"db":[]}', /JSON/],
  ['text', 'Dear WordPress,', /not XML/],
  ['HTML', '<!DOCTYPE html><html lang=en><p>Log in', /HTML page/],
  ['HTML after comments', `${'<!-- x -->'.repeat(60)}<html>`, /HTML page/],
  ['another XML', '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>', /outermost element is <feed>/],
  ['an RSS feed', '<rss><channel><title>x</title><item><title>y</title></item></channel></rss>', /an RSS feed/],
  ['an RSS feed without items', '<rss version="2.0"><channel><title>x</title></channel></rss>', /an RSS feed/],
  ['RSS without a channel', '<rss xmlns:wp="http://wordpress.org/export/1.2/"></rss>', /no <channel>/],
  ['a later generation', SOUND.replace('version>1.2<', 'version>2.0<'), /is of version 2\.0/],
  ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), /compressed \(gzip\).*Unpack/],
  ['zip', Buffer.from('504b03041400', 'hex'), /compressed \(zip\)/],
  ['UTF-32', Buffer.from('fffe00003c000000', 'hex'), /encoding “UTF-32” is not supported/],
  ['an unknown encoding', '<?xml version="1.0" encoding="x-klingon"?><rss/>', /“x-klingon” is not supported.*UTF-8/],
])('no export at all: %s', async (_, file, message) => {
  expect((await errorOf(file)).message).toMatch(message);
  expect((await errorOf(file, 1)).message).toMatch(message);
});

test('an entity bomb does nothing but end in an error', async () => {
  const error = await errorOf(await fixture('entity-bomb'));
  expect(error).toMatchObject({ line: 13, message: expect.stringContaining('the entity &h; is unknown') });
});

test('an external entity and an external DTD are never fetched', async () => {
  const error = await errorOf(await fixture('external-entity'));
  expect(error).toMatchObject({ line: 9, message: expect.stringContaining('the entity &secret; is unknown') });
});

test('a DOCTYPE cannot change what an entity means', async () => {
  const [site] = await readAll(await fixture('entity-redefinition'));
  expect(site).toMatchObject({ title: 'a & b\u00a0c' });
});

test.each([
  [
    'content',
    `<content:encoded>${`<![CDATA[${'x'.repeat(2 ** 16)}]]>`.repeat(17)}</content:encoded>`,
    /<item> that begins here is larger/,
  ],
  ['many links', '<category nicename="a"/>'.repeat(10_000), /<item> that begins here is larger/],
  [
    'one piece of metadata',
    `<wp:postmeta><![CDATA[${'x'.repeat(2 ** 21)}]]></wp:postmeta>`,
    /One piece of text is longer/,
  ],
  ['one endless comment', `<!--${'x'.repeat(2 ** 21)}-->`, /One piece of text is longer/],
])('an item of absurd size is refused: %s', async (_, inside, message) => {
  const records = readWxr(once(wxr(`<item>${inside}</item>`)), { maxItem: 2 ** 20 });
  await expect(drain(records)).rejects.toThrow(message);
});

test('a title of two megabytes of blanks takes no longer than any other', async () => {
  const started = performance.now();
  const [, item] = await readAll(wxr(`<item><title>a${' '.repeat(2 ** 21)}b\n</title></item>`));
  expect(item).toMatchObject({ title: expect.stringMatching(/^a +b$/) });
  expect(performance.now() - started).toBeLessThan(5000);
});

test('what the source throws is thrown as it is', async () => {
  const broken = new Error('disk on fire');
  async function* source(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(wxr('').slice(0, 200 + INSIDE));
    throw broken;
  }
  await expect(drain(readWxr(source()))).rejects.toBe(broken);
});
