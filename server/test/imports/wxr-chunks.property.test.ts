import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { useRandom } from '../harness/random.ts';
import { fixture, readAll, readItems, wxr } from './wxr-files.ts';

const random = useRandom();

/** Returns a file with everything that is replaced or removed, byte order marks, blank lines and all three line endings. */
function invalidFile(): Promise<Uint8Array> {
  const cdata = '\u0000\u001f]]]]><![CDATA[> 💀 \ufffd\ufffe\uffff|';
  const file = wxr(`\u000b<item>\r\n<title>&#11;a&nbsp;\r<![CDATA[${cdata}]]></title></item>\r\n\r\n`);
  const [before = '', after = ''] = file.split('|');
  const bytes = [0xc3, 0x28, 0xe3, 0x83, 0xf0, 0x9f, 0x92, 0xff, 0xef, 0xbf, 0xbd, 0xed, 0xa0, 0xbd, 0xed, 0xb2, 0x80];
  return Promise.resolve(Buffer.concat([Buffer.from(`\ufeff\n${before}`), Buffer.from(bytes), Buffer.from(after)]));
}

/** CDATA in CDATA, and next to it what is XML. */
const nestedCdata = () =>
  Promise.resolve(
    Buffer.from(
      wxr(
        '<item><title><![CDATA[a]]]]><![CDATA[> ]]></title>\n<content:encoded ><![CDATA[<script>// <![CDATA[\r\nx\r\n// ]]></script>]]> ]]>\n</content:encoded></item>',
      ),
    ),
  );

const FIXTURES = ['wxr-1.0', 'other-prefixes', 'unbound-prefixes', 'trash-and-dates', 'entity-redefinition'];
const FILES: Array<[name: string, bytes: () => Promise<Uint8Array>]> = [
  ...FIXTURES.map((name): [string, () => Promise<Uint8Array>] => [name, () => fixture(name)]),
  ['a file with invalid characters', invalidFile],
  ['a file with nested CDATA', nestedCdata],
];

test('the file with invalid characters has all warnings', async () => {
  const [, item, ...warnings] = await readAll(await invalidFile());
  expect(item).toMatchObject({ kind: 'item', line: 5 });
  expect(warnings.map((warning) => warning.kind === 'warning' && `${warning.code} ${warning.count}`)).toEqual([
    'control_character 5',
    'forbidden_reference 1',
    'html_entity 1',
    'windows_1252 13',
  ]);
});

test.each(FILES)('%s gives the same records in chunks of 1, 2, 3, 7 and 1,023 bytes', async (_, bytes) => {
  const file = await bytes();
  const whole = await readAll(file);
  expect(whole.length).toBeGreaterThan(1);
  for (const size of [1, 2, 3, 7, 1023]) expect(await readAll(file, size)).toEqual(whole);
});

test.each(FILES)('%s gives the same records in chunks of random sizes', async (_, bytes) => {
  const file = await bytes();
  const whole = await readAll(file);
  const sizes = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 200 });
  const check = async (chunkSizes: number[]): Promise<void> => {
    expect(await readAll(file, ...chunkSizes, 13)).toEqual(whole);
  };
  await fc.assert(fc.asyncProperty(sizes, check), random.options(60));
});

/** Returns the length and the text of the first character: the shortest that is UTF-8, else one byte of Windows-1252. */
function characterAt(bytes: Uint8Array): [length: number, character: string] {
  for (let length = 1; length <= bytes.length; length += 1) {
    try {
      return [length, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length))];
    } catch {
      // Not a whole character yet.
    }
  }
  const character = new TextDecoder('windows-1252').decode(bytes.subarray(0, 1));
  return [1, /[\u0080-\u009f]/.test(character) ? '\ufffd' : character];
}

/** Returns the expected text, by an algorithm independent of the parser. */
function expectedText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const [length, character] = characterAt(bytes.subarray(at, at + 4));
    text += character === '\uffff' ? '' : character;
    at += length;
  }
  text = text.replaceAll('\ufffe', '');
  const clean = Array.from(text.replace(/[\v\f]/g, ' ')).filter((it) => it >= ' ' || '\t\n\r'.includes(it));
  return clean.join('').replace(/\r\n?/g, '\n');
}

test('random bytes in CDATA are decoded as expected, in one chunk or many', async () => {
  const [before = '', after = ''] = wxr('<item><content:encoded><![CDATA[|]]></content:encoded></item>').split('|');
  const criticalByte = fc.constantFrom(0, 9, 10, 11, 13, 31, 93, 0x80, 0xbd, 0xbf, 0xc3, 0xe3, 0xed, 0xef, 0xf0, 0xff);
  const bytes = fc
    .array(fc.oneof(criticalByte, fc.nat({ max: 255 })), { maxLength: 60 })
    .map((it) => Uint8Array.from(it));
  const check = async (cdata: Uint8Array, size: number): Promise<void> => {
    const content = expectedText(cdata);
    fc.pre(!content.includes(']]>'));
    const file = Buffer.concat([Buffer.from(before), cdata, Buffer.from(after)]);
    expect(await readItems(file)).toMatchObject([{ content }]);
    expect(await readAll(file, size)).toEqual(await readAll(file));
  };
  await fc.assert(fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), check), random.options(500));
});

async function expectUnchanged(text: string): Promise<void> {
  fc.pre(!/[\p{Cc}\ufffe\uffff]|\]\]>/u.test(text) && text.isWellFormed());
  const xml = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const title = `<title>a${xml}b</title>`;
  const inCdata = `<item>${title}<content:encoded><![CDATA[${text}]]></content:encoded></item>`;
  const asText = `<item>${title}<content:encoded>a${xml}b</content:encoded></item>`;
  const [cdata, escaped] = await readItems(wxr(inCdata + asText));
  expect(cdata?.content).toBe(text);
  expect(escaped?.content).toBe(`a${text}b`);
  expect(escaped?.title).toBe(`a${text}b`);
}

test('random text is read unchanged, as CDATA or with entities, as content and as title', async () => {
  const markup = fc.constantFrom('&amp;', '&', '<', '>', ']]', '<b>', '&#38;', '日', '💀', '"');
  const text = fc.array(fc.oneof(markup, fc.string({ unit: 'binary' })), { maxLength: 12 }).map((it) => it.join(''));
  await fc.assert(fc.asyncProperty(text, expectUnchanged), random.options(300));
});
