import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/http/json-body.ts';

const parse = (text: string) => parseJson(Buffer.from(text));
const invalidJson = (message: string | RegExp) =>
  expect.objectContaining({ code: 'invalid_json', message: expect.stringMatching(message) });

test.each([
  '{"a":[1,"x",null,true]}',
  '"\\ud83e\\udd50"',
  ' 0 ',
  '-0.5e-3',
  '{"a":1,"a":2}',
  '"9007199254740993"',
  '{"9007199254740993":1}',
])('%s is parsed as JSON.parse does', (text) => {
  expect(parse(text)).toEqual(JSON.parse(text));
});

test('__proto__ is a field like any other', () => {
  const body = parse('{"__proto__":{"role":"admin"},"id":1234567890123456}') as { role?: string };
  expect(Object.hasOwn(body, '__proto__')).toBe(true);
  expect(body.role).toBeUndefined();
});

describe('Integers', () => {
  test.each([
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', 9_007_199_254_740_992n],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['-9007199254740993', -9_007_199_254_740_993n],
    ['9223372036854775808', 9_223_372_036_854_775_808n],
    [`1${'0'.repeat(400)}`, 10n ** 400n],
  ])('such as %s are not rounded, at any depth', (text, value) => {
    expect(parse(text)).toBe(value);
    expect(parse(`{"a":[{"b":${text}}]}`)).toEqual({ a: [{ b: value }] });
  });

  test.each(['9007199254740993.0', '1e21', '0.1234567890123456789', '1e400'])(
    '%s is a number with a fraction or an exponent',
    (text) => {
      expect(parse(text)).toBe(Number(text));
    },
  );
});

describe('What is not JSON is refused with a reason:', () => {
  test.each([
    ['', /Unexpected end/],
    ['nul', /Unexpected/],
    ['{"a":1', /position 6|end of JSON/],
    ["{'a':1}", /position 1/],
    ['[1,]', /Unexpected token '\]'/],
    ['01', /position 1/],
    ['NaN', /"NaN" is not valid JSON/],
    ['[12345678901234567,]', /Unexpected token '\]'/],
    ['{12345678901234567:1}', /position 1/],
    ['{12345678901234567 :1}', /position 1/],
    ['[01234567890123456789]', /position 2/],
    ['["12345678901234567]', /Unterminated string/],
    ['[12345678901234567e]', /position 19/],
    ['\ufeff{}', /begins with a byte order mark/],
  ])('%j', (text, reason) => {
    expect(() => parse(text)).toThrow(invalidJson(reason));
  });

  test.each([
    ['a byte that UTF-8 never has', [0x22, 0xff, 0x22]],
    ['half a character', [0x22, 0xc3, 0x22]],
    ['an overlong encoding', [0x22, 0xc0, 0xaf, 0x22]],
    ['a surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])('%s', (_, bytes) => {
    expect(() => parseJson(Buffer.from(bytes))).toThrow(invalidJson('not UTF-8'));
  });

  test('nesting that exhausts the stack', () => {
    const depth = 200_000;
    const deep = `${'['.repeat(depth)}12345678901234567${']'.repeat(depth)}`;
    expect(() => parse(deep)).toThrow(invalidJson('nested too deeply'));
  });
});
