import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizePath } from '../../src/redirects/redirect-path.ts';
import { useRandom } from '../harness/random.ts';

const random = useRandom();

test.each([
  ['/2019/05/a-post/', '/2019/05/a-post'],
  ['/2019/05/a-post', '/2019/05/a-post'],
  ['https://old.example/2019/05/a-post/?p=1#top', '/2019/05/a-post'],
  ['HTTP://old.example:8080/a', '/a'],
  ['https://old.example', '/'],
  ['https://old.example?p=1', '/'],
  ['/a?b/c', '/a'],
  ['/a#b?c/', '/a'],
  ['//old.example//a///b//', '/old.example/a/b'],
  ['/a/./b/../c/', '/a/c'],
  ['/../../a', '/a'],
  ['/%2e%2E/a/%2e/b', '/a/b'],
  ['/A/a', '/A/a'],
  ['/caf%C3%A9', '/café'],
  ['/caf%c3%a9', '/café'],
  ['/cafe\u0301', '/café'],
  ['/cafe%CC%81', '/café'],
  ['/%e3%83%95%e3%82%a7', '/フェ'],
  ['/%F0%9F%8D%9E', '/🍞'],
  ['/a%20b c+d', '/a b c+d'],
  ['/caf%e9/a', '/caf%E9/a'],
  ['/%41%e9%C3%A9', '/A%E9é'],
  ['/%aa\u030a', '/%AA\u030a'],
  ['/%ed%a0%80', '/%ED%A0%80'],
  ['/a%2fb', '/a%2Fb'],
  ['/a%3Fb%23c%25d', '/a%3Fb%23c%25d'],
  ['/100%', '/100%25'],
  ['/100%2', '/100%252'],
  ['/a%00%0A\nb', '/a%00%0A%0Ab'],
])('%j is compared as %j', (path, normalized) => {
  expect(normalizePath(path)).toBe(normalized);
});

test.each(['', 'a', 'a/b', '?a', '#a', 'ftp://a/b', 'mailto:a@b', '\\a'])('%j is no path', (text) => {
  expect(normalizePath(text)).toBeNull();
});

test('The form of a form is itself, and closing slash, query and host change nothing', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '/',
      '//',
      '.',
      '..',
      '%2e',
      '%2F',
      '%25',
      '%',
      '%e9',
      '%C3%A9',
      '%c3',
      '%a9',
      'e\u0301',
      '%aa',
      '\u030a',
      'A',
      ' ',
      '%7f',
      '\u0085',
    ),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
  );
  const paths = fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('').replace(/[?#]/g, '')}`);
  fc.assert(
    fc.property(paths, (path) => {
      const normalized = normalizePath(path);
      expect(normalized).toMatch(/^\//);
      expect(normalizePath(normalized ?? '')).toBe(normalized);
      expect(normalizePath(`https://old.example${path}/?a=/b#c`)).toBe(normalized);
    }),
    random.options(2_000),
  );
});
