import { describe, expect, test } from 'vitest';
import { htmlTokens } from '../../src/imports/wordpress/html/html-tokens.ts';
import { withParagraphs } from '../../src/imports/wordpress/html/paragraphs.ts';
import { fit, isVisible, plainText } from '../../src/imports/wordpress/html/plain-text.ts';

describe('paragraphs, as WordPress makes them when it serves a text', () => {
  test.each<[string, string, string]>([
    ['blank lines part paragraphs', 'a\n\nb', '<p>a</p>\n<p>b</p>'],
    ['lines of blanks are blank', 'a\r\n \t\r\n\nb\r\n', '<p>a</p>\n<p>b</p>'],
    ['a line end is a break', 'a \n b', '<p>a<br />\nb</p>'],
    ['unless there is one', 'a<br>\nb', '<p>a<br>\nb</p>'],
    ['nothing comes of nothing', ' \n\n ', ''],
    [
      'tags in the text stay in it',
      '<em>a</em> b\n\n<strong>c</strong>\nd',
      '<p><em>a</em> b</p>\n<p><strong>c</strong><br />\nd</p>',
    ],
    ['an image is text', '<img src="a.png">\n\nb', '<p><img src="a.png"></p>\n<p>b</p>'],
    ['blocks are in no paragraph', 'a\n<h2>b</h2>\nc', '<p>a</p>\n<h2>b</h2>\n<p>c</p>'],
    ['their own paragraphs are left', '<p>a</p>\n\n<P class="x">b</P>', '<p>a</p>\n<P class="x">b</P>'],
    ['and broken where they have lines', '<p>a\nb\n\nc</p>', '<p>a<br />\nb</p>\n<p>c</p>'],
    [
      'lists keep their line ends',
      '<ul>\n<li>a</li>\n<li>b\nc</li>\n</ul>',
      '<ul>\n<li>a</li>\n<li>b<br />\nc</li>\n</ul>',
    ],
    ['a list item with blank lines has paragraphs', '<li>a\n\nb</li>', '<li><p>a</p>\n<p>b</p>\n</li>'],
    ['a quotation has paragraphs', '<blockquote>a</blockquote>', '<blockquote><p>a</p>\n</blockquote>'],
    ['a division has them where it has blank lines', '<div>a\n\nb</div>c', '<div><p>a</p>\n<p>b</p>\n</div>\n<p>c</p>'],
    ['and else has none', '<div>a</div>', '<div>a</div>'],
    [
      'tables are left alone',
      '<table>\n<tr>\n<td>a</td>\n</tr>\n</table>',
      '<table>\n<tr>\n<td>a</td>\n</tr>\n</table>',
    ],
    ['preformatted text too', 'a\n<pre>\n\n b\n\n</pre>\nc', '<p>a</p>\n<pre>\n\n b\n\n</pre>\n<p>c</p>'],
    ['and scripts', '<script>\nif (a < b)\n\nc()</script>', '<script>\nif (a < b)\n\nc()</script>'],
    ['and what plays', '<video>\n<source>\n\n</video>', '<p><video>\n<source>\n\n</video></p>'],
    ['a rule stands alone', 'a<hr>b', '<p>a</p>\n<hr>\n<p>b</p>'],
    ['a comment is no paragraph', 'a\n\n<!--more-->\n\nb', '<p>a</p>\n<!--more-->\n<p>b</p>'],
    ['unless there is text beside it', 'a <!-- b\n\nc --> d', '<p>a <!-- b\n\nc --> d</p>'],
    ['a sign is text', 'a < b\n\nc > d & <3', '<p>a < b</p>\n<p>c > d & <3</p>'],
    ['what is closed and was not open is left', '</div>a</section>', '</div>\n<p>a</p>\n</section>'],
    ['what is open and is not closed too', '<div><b>a\n\nb', '<div><p><b>a</p>\n<p>b</p>'],
    ['a paragraph ends where a block begins', '<p>a<ul><li>b</li></ul>c', '<p>a<ul><li>b</li>\n</ul>\n<p>c</p>'],
    ['the block editor has its own', '<!-- wp:heading -->\n<h2>a</h2>\nb', '<!-- wp:heading -->\n<h2>a</h2>\nb'],
  ])('%s', (_, html, expected) => {
    expect(withParagraphs(html)).toBe(expected);
  });

  test('a second time changes nothing', () => {
    const html = 'a\nb\n\n<ul>\n<li>c\n\nd</li></ul>\n<blockquote>e\n\nf</blockquote><h2>g</h2>\n\n<div>h</div>';
    const once = withParagraphs(html);
    expect(withParagraphs(once)).toBe(once.replace('b</p>', 'b</p>'));
  });
});

describe('texts made to be slow take no longer than others', () => {
  test.each([
    ['open tags', '<div'.repeat(250_000)],
    ['open comments', '<!--'.repeat(250_000)],
    ['open scripts', '<script>'.repeat(100_000)],
    ['tags that nobody opened', `${'<div>'.repeat(50_000)}${'</p>'.repeat(50_000)}`],
    ['quotes', '<a b="'.repeat(100_000)],
    ['blanks', ' '.repeat(1_000_000)],
    ['line ends', `a${'\n'.repeat(500_000)}`],
    ['lines of blanks', `a${' \n'.repeat(300_000)}b`],
    ['tags in one paragraph', '<b>x</b>'.repeat(100_000)],
    ['breaks', '<br>\n'.repeat(100_000)],
    ['lesser signs', '<'.repeat(500_000)],
  ])('%s', (_, html) => {
    const since = performance.now();
    withParagraphs(html);
    plainText(html);
    expect(performance.now() - since).toBeLessThan(3_000);
  });
});

test('the tokens of a text are the text', () => {
  for (const html of [
    'a<b c="d">e</b><!-- f --><script>g<h></script><pre>',
    '<<a>><!-->',
    '<İ><SCRIPT>İ</Script>x</SCRIPT>',
  ]) {
    expect([...htmlTokens(html)].map(({ source }) => source).join('')).toBe(html);
  }
});

test('plain text is what a reader reads', () => {
  expect(plainText('<p>One&nbsp;two</p><p>three<br>four</p><!-- no --><style>p{}</style> &lt;5&gt; &amp;amp;')).toBe(
    'One two three four <5> &amp;',
  );
  expect(plainText('a<pre>b &amp; <i>c</i></pre>d')).toBe('a b & c d');
  expect(plainText('<script>x</script>')).toBe('');
});

test('texts are cut between characters, and blanks of all sorts are not seen', () => {
  expect(fit('💀💀💀', 3)).toBe('💀💀💀');
  expect(fit('💀💀💀💀', 3)).toBe('💀💀…');
  expect(fit('abcd', 3)).toBe('ab…');
  expect(['', ' \u00a0\t', '\u200b\u2060\ufeff', 'a', '💀'].map(isVisible)).toEqual([false, false, false, true, true]);
});
