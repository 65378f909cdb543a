import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DiffPart, diffTexts } from '../../../src/articles/revisions/text-diff.ts';

const textOf = (parts: DiffPart[], without: 'insert' | 'delete') =>
  parts.flatMap(({ op, text }) => (op === without ? [] : [text])).join('');
const short = (parts: DiffPart[]) =>
  parts.map(({ op, text }) => `${{ equal: '=', insert: '+', delete: '-' }[op]}${text}`);

describe('Texts are compared by words', () => {
  test.each([
    ['Rye at four', 'Rye at five', ['=Rye at ', '-four', '+five']],
    ['Rye at four', 'Rye at four', ['=Rye at four']],
    ['', 'Rye', ['+Rye']],
    ['Rye', '', ['-Rye']],
    ['', '', []],
    ['one\ntwo\nthree\n', 'one\nthree\n', ['=one\n', '-two\n', '=three\n']],
    ['the words here', 'the word here', ['=the ', '-words', '+word', '= here']],
    ['私は東京に住んでいます。', '私は大阪に住んでいます。', ['=私は', '-東京', '+大阪', '=に住んでいます。']],
    ['我喜欢吃苹果', '我喜欢吃香蕉', ['=我喜欢吃', '-苹果', '+香蕉']],
    ['ฉันชอบกินข้าว', 'ฉันชอบกินปลา', ['=ฉันชอบกิน', '-ข้าว', '+ปลา']],
  ])('%j to %j', async (from, to, expected) => {
    expect(short(await diffTexts(from, to))).toEqual(expected);
  });

  test('a word in the middle of one line of 1 MiB', async () => {
    const [before, after] = ['lorem ipsum '.repeat(40_000), ' dolor sit'.repeat(50_000)];
    expect(short(await diffTexts(`${before}old${after}`, `${before}new${after}`))).toEqual([
      `=${before}`,
      '-old',
      '+new',
      `=${after}`,
    ]);
  });

  test('parts give both texts back, whatever they are', async () => {
    const text = fc.array(fc.constantFrom('a', 'b ', '\n', '東', '京都', 'ข้าว', '😀', 'word ', '\r\n', '\ud83d'), {
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(text, text, async (a, b) => {
        const [from, to] = [a.join(''), b.join('')];
        const parts = await diffTexts(from, to);
        expect([textOf(parts, 'insert'), textOf(parts, 'delete')]).toEqual([from, to]);
        expect(parts.every(({ text: part }, index) => part !== '' && parts[index - 1]?.op !== parts[index]?.op)).toBe(
          true,
        );
      }),
    );
  });
});

/** Texts of about 1 MiB without anything in common that a comparison could find quickly. */
const SIZE = 1_000_000;
const numbers = (seed: number) => Array.from({ length: SIZE / 8 }, (_, i) => (i * 7_919 * seed) % 99_991);
const blocks = (words: string[]) =>
  words.map((word, i) => (i % 2_500 === 0 ? `\nshared ${i}\n${word}` : word)).join('');
const HOSTILE: Record<string, (seed: number) => string> = {
  'short lines': (seed) => numbers(seed).join('\n'),
  'one line of words': (seed) => numbers(seed).join(' '),
  'two words in any order': (seed) =>
    numbers(seed)
      .map((n) => (n % 2 ? 'a' : 'b'))
      .join(' '),
  'lines of two words in any order': (seed) =>
    numbers(seed)
      .map((n) => (n % 3 ? 'a' : 'b'))
      .join('\n'),
  'blocks of words between shared lines': (seed) => blocks(numbers(seed).map((n) => `${n} `)),
  'blocks of Thai between shared lines': (seed) => blocks(numbers(seed).map((n) => (n % 2 ? 'ฉันชอบ' : 'กินข้าว'))),
  'Thai without blanks': (seed) =>
    numbers(seed)
      .map((n) => (n % 2 ? 'ฉันชอบ' : 'กินข้าว'))
      .join(''),
  'Chinese without blanks': (seed) =>
    numbers(seed)
      .map((n) => String.fromCodePoint(0x4e00 + (n % 5_000)))
      .join(''),
};

describe('Hostile texts', () => {
  test.each(Object.keys(HOSTILE))('%s do not hold the main thread', async (name) => {
    const [from, to] = [HOSTILE[name]?.(3) ?? '', HOSTILE[name]?.(5) ?? ''];
    await diffTexts('warm up 東京', 'warmed up 大阪');
    // In milliseconds of CPU: measured, 37 at once and 640 altogether.
    const slices: number[] = [];
    let last = process.cpuUsage();
    const cut = () => {
      slices.push(process.cpuUsage(last).user / 1_000);
      last = process.cpuUsage();
    };
    const watch = setInterval(cut, 1);
    const parts = await diffTexts(from, to);
    clearInterval(watch);
    cut();
    expect([textOf(parts, 'insert'), textOf(parts, 'delete')]).toEqual([from, to]);
    expect(Math.max(...slices)).toBeLessThan(200);
    expect(slices.reduce((sum, slice) => sum + slice)).toBeLessThan(4_000);
  });
});
