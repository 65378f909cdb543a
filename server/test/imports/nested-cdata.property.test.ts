import * as fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { NestedCdata } from '../../src/imports/wordpress/wxr/nested-cdata.ts';
import { useRandom } from '../harness/random.ts';

const random = useRandom();

function passThrough(file: string, size: number): { text: string; isRepaired: boolean } {
  const nestedCdata = new NestedCdata();
  const chunks = Array.from({ length: Math.ceil(file.length / size) }, (_, i) => file.slice(i * size, (i + 1) * size));
  const parts = [...chunks.flatMap((chunk) => [...nestedCdata.write(chunk)]), ...nestedCdata.write('', true)];
  return { text: parts.map(({ text }) => text).join(''), isRepaired: parts.some(({ isRepaired }) => isRepaired) };
}

function isXml(file: string): boolean {
  try {
    new SaxesParser().write(file).close();
    return true;
  } catch {
    return false;
  }
}

const CDATA_TOKENS = ['<![CDATA[', ']]>', ']', '<![CD', ']]]]><![CDATA[>', 'x', ' ', '\n', '<!', '>'];
const TAG_TOKENS = ['<a>', '</a>', '<b c="d">', '</b>', '<e>', '</e>', '<e><![CDATA[', ']]></e>', '</item>'];
const tokens = fc.constantFrom(...CDATA_TOKENS, ...TAG_TOKENS);

test('XML is never changed, what is changed becomes XML, and chunks do not matter', () => {
  const check = (body: string[], size: number): void => {
    const file = `<r><t><![CDATA[${body.join('')}]]></t><e><![CDATA[y]]></e></r>`;
    const whole = passThrough(file, file.length);
    expect(passThrough(file, size)).toEqual(whole);
    if (isXml(file) || !whole.isRepaired) expect(whole).toEqual({ text: file, isRepaired: false });
    else expect(isXml(whole.text)).toBe(true);
  };
  fc.assert(
    fc.property(fc.array(tokens, { maxLength: 14 }), fc.integer({ min: 1, max: 9 }), check),
    random.options(2_000),
  );
});
