import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixture, readAll, readItems, wxr } from './wxr-files.ts';

/** Everything that is cleaned, in one file, between marks, blank lines and all three kinds of line ends. */
function dirty(): Promise<Uint8Array> {
  const cdata = '\u0000\u001f]]]]><![CDATA[> 💀 \ufffd\ufffe\uffff|';
  const file = wxr(`\u000b<item>\r\n<title>&#11;a&nbsp;\r<![CDATA[${cdata}]]></title></item>\r\n\r\n`);
  const [before = '', after = ''] = file.split('|');
  const bytes = [0xc3, 0x28, 0xe3, 0x83, 0xf0, 0x9f, 0x92, 0xff, 0xef, 0xbf, 0xbd, 0xed, 0xa0, 0xbd, 0xed, 0xb2, 0x80];
  return Promise.resolve(Buffer.concat([Buffer.from(`\ufeff\n${before}`), Buffer.from(bytes), Buffer.from(after)]));
}

const FIXTURES = ['wxr-1.0', 'other-prefixes', 'unbound-prefixes', 'trash-and-dates', 'entity-redefinition'];
const FILES: Array<[name: string, bytes: () => Promise<Uint8Array>]> = [
  ...FIXTURES.map((name): [string, () => Promise<Uint8Array>] => [name, () => fixture(name)]),
  ['dirty bytes', dirty],
];

test('the dirty bytes hold what they should', async () => {
  const [, item, ...warnings] = await readAll(await dirty());
  expect(item).toMatchObject({ kind: 'item', line: 5 });
  expect(warnings.map((warning) => warning.kind === 'warning' && `${warning.code} ${warning.count}`)).toEqual([
    'control_character 4',
    'forbidden_reference 1',
    'html_entity 1',
    'invalid_encoding 11',
  ]);
});

test.each(FILES)('%s gives the same records in pieces of 1, 2, 3, 7 and 1,023 bytes', async (_, bytes) => {
  const file = await bytes();
  const whole = await readAll(file);
  expect(whole.length).toBeGreaterThan(1);
  for (const size of [1, 2, 3, 7, 1023]) expect(await readAll(file, size)).toEqual(whole);
});

test.each(FILES)('%s gives the same records in pieces of any sizes', async (_, bytes) => {
  const file = await bytes();
  const whole = await readAll(file);
  const sizes = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 200 });
  const check = async (some: number[]): Promise<void> => {
    expect(await readAll(file, ...some, 13)).toEqual(whole);
  };
  await fc.assert(fc.asyncProperty(sizes, check), { numRuns: 60 });
});

/** What a text should come out as, told in another way than the reader goes about it. */
function oracle(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replaceAll('\uffff', '\ufffd');
  const clean = Array.from(text.replace(/[\v\f]/g, ' ')).filter((it) => it >= ' ' || '\t\n\r'.includes(it));
  return clean.join('').replaceAll('\ufffe', '').replace(/\r\n?/g, '\n');
}

test('any bytes in CDATA come out as the oracle says, in one piece or many', async () => {
  const [before = '', after = ''] = wxr('<item><content:encoded><![CDATA[|]]></content:encoded></item>').split('|');
  const nasty = fc.constantFrom(0, 9, 10, 11, 13, 31, 93, 0x80, 0xbd, 0xbf, 0xc3, 0xe3, 0xed, 0xef, 0xf0, 0xff);
  const bytes = fc.array(fc.oneof(nasty, fc.nat({ max: 255 })), { maxLength: 60 }).map((it) => Uint8Array.from(it));
  const check = async (some: Uint8Array, size: number): Promise<void> => {
    const content = oracle(some);
    fc.pre(!content.includes(']]>'));
    const file = Buffer.concat([Buffer.from(before), some, Buffer.from(after)]);
    expect(await readItems(file)).toMatchObject([{ content }]);
    expect(await readAll(file, size)).toEqual(await readAll(file));
  };
  await fc.assert(fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), check), { numRuns: 500 });
});

async function expectToSurvive(text: string): Promise<void> {
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

test('any text survives, as CDATA or with entities, as content and as title', async () => {
  const markup = fc.constantFrom('&amp;', '&', '<', '>', ']]', '<b>', '&#38;', '日', '💀', '"');
  const text = fc.array(fc.oneof(markup, fc.string({ unit: 'binary' })), { maxLength: 12 }).map((it) => it.join(''));
  await fc.assert(fc.asyncProperty(text, expectToSurvive), { numRuns: 300 });
});
