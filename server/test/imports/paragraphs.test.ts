import { describe, expect, test } from 'vitest';
import { htmlTokens } from '../../src/imports/wordpress/html/html-tokens.ts';
import { addParagraphs } from '../../src/imports/wordpress/html/paragraphs.ts';
import { toPlainText } from '../../src/imports/wordpress/html/plain-text.ts';
import { truncate } from '../../src/imports/wordpress/report/truncate.ts';

describe('adds the paragraphs that WordPress adds when it serves a text', () => {
  test.each<[string, string, string]>([
    ['blank lines separate paragraphs', 'a\n\nb', '<p>a</p>\n<p>b</p>'],
    ['a line of whitespace is a blank line', 'a\r\n \t\r\n\nb\r\n', '<p>a</p>\n<p>b</p>'],
    ['a line break becomes a <br>', 'a \n b', '<p>a<br />\nb</p>'],
    ['a line break after a <br> adds none', 'a<br>\nb', '<p>a<br>\nb</p>'],
    [
      'ideographic spaces indent lines',
      '\u3000\u3000a\n\n\u3000b\n\u3000c',
      '<p>\u3000\u3000a</p>\n<p>\u3000b<br />\n\u3000c</p>',
    ],
    ['a no-break space is text', 'a\n\u00a0\nb\ufeff', '<p>a<br />\n\u00a0<br />\nb\ufeff</p>'],
    ['blank text becomes empty', ' \n\n ', ''],
    [
      'inline tags stay in their paragraph',
      '<em>a</em> b\n\n<strong>c</strong>\nd',
      '<p><em>a</em> b</p>\n<p><strong>c</strong><br />\nd</p>',
    ],
    ['an image is inline', '<img src="a.png">\n\nb', '<p><img src="a.png"></p>\n<p>b</p>'],
    ['blocks are not wrapped in paragraphs', 'a\n<h2>b</h2>\nc', '<p>a</p>\n<h2>b</h2>\n<p>c</p>'],
    ['existing paragraphs are kept', '<p>a</p>\n\n<P class="x">b</P>', '<p>a</p>\n<P class="x">b</P>'],
    ['existing paragraphs are split at blank lines', '<p>a\nb\n\nc</p>', '<p>a<br />\nb</p>\n<p>c</p>'],
    [
      'line breaks between list items are kept',
      '<ul>\n<li>a</li>\n<li>b\nc</li>\n</ul>',
      '<ul>\n<li>a</li>\n<li>b<br />\nc</li>\n</ul>',
    ],
    ['a list item with blank lines has paragraphs', '<li>a\n\nb</li>', '<li><p>a</p>\n<p>b</p>\n</li>'],
    ['text in a blockquote is a paragraph', '<blockquote>a</blockquote>', '<blockquote><p>a</p>\n</blockquote>'],
    ['a div with blank lines has paragraphs', '<div>a\n\nb</div>c', '<div><p>a</p>\n<p>b</p>\n</div>\n<p>c</p>'],
    ['a div without blank lines has none', '<div>a</div>', '<div>a</div>'],
    [
      'tables are unchanged',
      '<table>\n<tr>\n<td>a</td>\n</tr>\n</table>',
      '<table>\n<tr>\n<td>a</td>\n</tr>\n</table>',
    ],
    ['preformatted text is unchanged', 'a\n<pre>\n\n b\n\n</pre>\nc', '<p>a</p>\n<pre>\n\n b\n\n</pre>\n<p>c</p>'],
    ['scripts are unchanged', '<script>\nif (a < b)\n\nc()</script>', '<script>\nif (a < b)\n\nc()</script>'],
    ['the content of a video is unchanged', '<video>\n<source>\n\n</video>', '<p><video>\n<source>\n\n</video></p>'],
    ['a horizontal rule ends a paragraph', 'a<hr>b', '<p>a</p>\n<hr>\n<p>b</p>'],
    ['a comment without text is not a paragraph', 'a\n\n<!--more-->\n\nb', '<p>a</p>\n<!--more-->\n<p>b</p>'],
    ['a comment beside text is part of its paragraph', 'a <!-- b\n\nc --> d', '<p>a <!-- b\n\nc --> d</p>'],
    ['a < that starts no tag is text', 'a < b\n\nc > d & <3', '<p>a < b</p>\n<p>c > d & <3</p>'],
    ['stray closing tags are kept', '</div>a</section>', '</div>\n<p>a</p>\n</section>'],
    ['unclosed tags are kept', '<div><b>a\n\nb', '<div><p><b>a</p>\n<p>b</p>'],
    ['an open paragraph ends at a block', '<p>a<ul><li>b</li></ul>c', '<p>a<ul><li>b</li>\n</ul>\n<p>c</p>'],
    [
      'content of the block editor is unchanged',
      '<!-- wp:heading -->\n<h2>a</h2>\nb',
      '<!-- wp:heading -->\n<h2>a</h2>\nb',
    ],
  ])('%s', (_, html, expected) => {
    expect(addParagraphs(html)).toBe(expected);
  });

  test('a second run changes nothing', () => {
    const html = 'a\nb\n\n<ul>\n<li>c\n\nd</li></ul>\n<blockquote>e\n\nf</blockquote><h2>g</h2>\n\n<div>h</div>';
    const once = addParagraphs(html);
    expect(addParagraphs(once)).toBe(once.replace('b</p>', 'b</p>'));
  });
});

// CPU time, because wall-clock time depends on what else the machine does.
describe('adversarial input takes linear time', () => {
  test.each([
    ['unclosed tags', '<div'.repeat(250_000)],
    ['unclosed comments', '<!--'.repeat(250_000)],
    ['unclosed scripts', '<script>'.repeat(100_000)],
    ['stray closing tags', `${'<div>'.repeat(50_000)}${'</p>'.repeat(50_000)}`],
    ['quotes', '<a b="'.repeat(100_000)],
    ['blanks', ' '.repeat(1_000_000)],
    ['line breaks', `a${'\n'.repeat(500_000)}`],
    ['lines of whitespace', `a${' \n'.repeat(300_000)}b`],
    ['tags in one paragraph', '<b>x</b>'.repeat(100_000)],
    ['<br> tags', '<br>\n'.repeat(100_000)],
    ['less-than signs', '<'.repeat(500_000)],
  ])('%s', (_, html) => {
    const start = process.threadCpuUsage();
    addParagraphs(html);
    toPlainText(html);
    expect(process.threadCpuUsage(start).user).toBeLessThan(3_000_000);
  });
});

test('the concatenated tokens are the input', () => {
  for (const html of [
    'a<b c="d">e</b><!-- f --><script>g<h></script><pre>',
    '<<a>><!-->',
    '<İ><SCRIPT>İ</Script>x</SCRIPT>',
  ]) {
    expect([...htmlTokens(html)].map(({ source }) => source).join('')).toBe(html);
  }
});

test('plain text has no tags, comments, scripts or entities', () => {
  expect(toPlainText('<p>One&nbsp;two</p><p>three<br>four</p><!-- no --><style>p{}</style> &lt;5&gt; &amp;amp;')).toBe(
    'One\u00a0two three four <5> &amp;',
  );
  expect(toPlainText('a<pre>b &amp; <i>c</i></pre>d')).toBe('a b & c d');
  expect(toPlainText('<script>x</script>')).toBe('');
});

test('text is truncated between characters', () => {
  expect(truncate('💀💀💀', 3)).toBe('💀💀💀');
  expect(truncate('💀💀💀💀', 3)).toBe('💀💀…');
  expect(truncate('abcd', 3)).toBe('ab…');
});
