import { expect, test } from 'vitest';
import { countWords, minutesOf } from '../../src/writing/panel/count-words.ts';
import { slugOf } from '../../src/writing/panel/slug.ts';
import { findings } from '../../src/writing/publish/checks.ts';
import { EMPTY } from '../../src/writing/saving/fields.ts';

const WHOLE = { ...EMPTY, title: 'T', excerpt: 'E', content: 'Text', categoryIds: [1] };

test('before publishing, what may have been forgotten is found', () => {
  expect(findings(WHOLE)).toEqual([]);
  expect(findings(EMPTY).map(({ check }) => check)).toEqual(['title', 'category', 'excerpt', 'text']);
  const content =
    '# A\n\n## B\n\n#### C\n\nAn [empty]() and a [beginning](https://) and a [good](https://example.com/) link.';
  expect(findings({ ...WHOLE, content })).toEqual([
    { check: 'link', text: 'empty' },
    { check: 'link', text: 'beginning' },
    { check: 'heading', text: 'C' },
  ]);
  expect(
    findings({ ...WHOLE, contentFormat: 'html', content: '<h2>B</h2><h4>C</h4><p><a href="#">x</a></p>' }),
  ).toHaveLength(2);
});

test('words are counted without markup', () => {
  expect(countWords('One *two* [three](https://example.com/four) <!-- five -->', 'markdown')).toBe(3);
  expect(countWords('<p class="a b">It’s&nbsp;two</p><script>x y</script>', 'html')).toBe(2);
  expect(countWords('我喜欢写作', 'markdown')).toBeGreaterThan(1);
  expect([0, 1, 219, 500].map(minutesOf)).toEqual([0, 1, 1, 2]);
});

test('an address is made of a title with Latin letters', () => {
  expect(slugOf("Über die Straße: it's 5 o'clock")).toBe('uber-die-strasse-its-5-oclock');
  expect([slugOf('写作'), slugOf('2026')]).toEqual(['', '']);
});
