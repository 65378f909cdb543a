import { describe, expect, test } from 'vitest';
import { plainText } from '../../../src/articles/search/plain-text.ts';
import { searchTermsOf } from '../../../src/articles/search/search-terms.ts';
import { matcherOf, type SnippetPart, snippetOf } from '../../../src/articles/search/snippet.ts';

const snippet = (q: string, content: string, excerpt: string | null = null) =>
  snippetOf({ title: 'Rye bread', excerpt, content, contentFormat: 'markdown' }, matcherOf(searchTermsOf(q)));

/** Writes a snippet with its matches in brackets. */
const written = (parts: SnippetPart[]) => parts.map(({ text, match }) => (match ? `[${text}]` : text)).join('');

describe('A snippet marks', () => {
  test.each([
    ['rye', 'Bread of rye.', 'Bread of [rye].'],
    ['ry', 'Rye and dry rye', '[Rye] and dry [rye]'],
    ['rye ', 'Ryes and rye', 'Ryes and [rye]'],
    ['bread -rye', 'Bread of rye', '[Bread] of rye'],
    ['"sour dough"', 'Sour dough', '[Sour] [dough]'],
    ['jean-luc', 'With Jean-Luc', 'With [Jean]-[Luc]'],
    ['cafe', 'Le Café et le cafe\u0301', 'Le [Café] et le [cafe\u0301]'],
    ['λογοσ', 'Ο ΛΟΓΟΣ, ο λόγος', 'Ο [ΛΟΓΟΣ], ο [λόγος]'],
    ['soft', 'Soft\u00ad, so\u00adft', '[Soft\u00ad], [so\u00adft]'],
    ['新闻', '今天的新闻，新的闻', '今天的[新闻]，新的闻'],
    ['ไทย', 'ประเทศไทย', 'ประเทศ[ไทย]'],
    ['bread or butter', 'Butter on bread', '[Butter] on [bread]'],
    ['or', 'Bread or butter', 'Bread [or] butter'],
    ['...', 'Nothing', 'Nothing'],
    ['🥖\u00ad', 'Nothing', 'Nothing'],
    ['㈠ ⑴', '一(一) 1(1)', '[一]([一]) [1]([1])'],
    ['㎏', 'A kg', 'A [kg]'],
    ['Киев', 'Ки\u0301ев', '[Ки\u0301ев]'],
  ])('%j in %j', (q, content, expected) => {
    expect(written(snippet(q, content))).toBe(expected);
  });
});

const filler = (length: number) =>
  'lorem ipsum dolor sit amet '
    .repeat(length / 27 + 1)
    .slice(0, length)
    .trim();

test('it has about 200 characters around the first match', () => {
  const text = written(snippet('lighthouse', `${filler(5_000)} A lighthouse ${filler(5_000)}`));
  expect(text).toMatch(/^… .* A \[lighthouse\] .*…$/);
  expect(text.length).toBeGreaterThan(180);
  expect(text.length).toBeLessThan(250);
});

test('it cuts no character in two', () => {
  for (const [character, length] of [
    ['🥖', 2],
    ['👩‍👩‍👧', 8],
    ['e\u0301', 2],
    ['กี้', 3],
  ] as const) {
    for (let offset = 0; offset < length; offset += 1) {
      const content = `${'-'.repeat(offset)}${character.repeat(100)} lighthouse ${'.'.repeat(offset)}${character.repeat(100)}`;
      const text = snippet('lighthouse', content).map((part) => part.text);
      expect(text.join('').replaceAll(character, '')).toMatch(/^…-* lighthouse \.*…$/);
    }
  }
});

test('it shows the place where the most words of the search meet', () => {
  const content = `One lighthouse. ${filler(1_000)} Another lighthouse in the harbor. ${filler(1_000)}`;
  expect(written(snippet('harbor lighthouse', content))).toContain('Another [lighthouse] in the [harbor].');
});

test('without a match in the content it is of the excerpt, else the start of the content', () => {
  expect(written(snippet('rye', 'Content', 'About rye'))).toBe('About [rye]');
  expect(written(snippet('rye', 'Content', 'Excerpt'))).toBe('Content');
  expect(written(snippet('rye', '', 'Excerpt'))).toBe('Excerpt');
  expect(written(snippet('rye', ''))).toBe('[Rye] bread');
});

describe('Plain text of', () => {
  test.each([
    [
      'html',
      '<p class="a">One &amp; <b>two</b></p><!-- wp:more -->\n<p>3 &lt; 4 &#8212; &#x41;</p>',
      'One & two 3 < 4 — A',
    ],
    ['html', '<script>alert(1)</script>', 'alert(1)'],
    ['html', '&#128512;&#X1F600;&#xFB01;&#xD83D;&#x110000;&#0;.', '😀😀ﬁ .'],
    [
      'markdown',
      '# Title\n\n> A *quote* with **bold**, `code` and a_name _emphasis_',
      'Title A quote with bold, code and a_name emphasis',
    ],
    ['markdown', '- one\n- [two](https://example.com) ![three](x.png)', 'one two three'],
    ['markdown', 'a < b and <b>c</b>', 'a < b and c'],
  ] as const)('%s %j', (format, content, text) => {
    expect(plainText(content, format)).toBe(text);
  });
});

test.each([
  '<',
  '<a',
  '&',
  '&#',
  '[',
  '![',
  '[](',
  '*',
  '_',
  '`',
  '#',
  '> ',
  ' ',
  '\n',
  '字',
  'a ',
  'ก\u0e48\u0e38',
  '\u0301\u0316',
])('a content of %j takes linear time', (piece) => {
  const cpu = (length: number) => {
    const content = piece.repeat(length);
    const start = process.cpuUsage();
    for (let n = 0; n < 5; n += 1) snippet('a 字字 ก', content);
    return process.cpuUsage(start).user;
  };
  cpu(5_000);
  // Quadratic would be 64 times.
  expect(cpu(40_000)).toBeLessThan(24 * Math.max(cpu(5_000), 2_000));
});
