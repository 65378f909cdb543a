import { describe, expect, test } from 'vitest';
import { renderContent } from '../../../src/articles/content/render-content.ts';
import { RENDERER_VERSION } from '../../../src/articles/content/rendered-fields.ts';
import { readingMinutesOf } from '../../../src/articles/content/words.ts';

const markdown = (content: string) => renderContent({ content, contentFormat: 'markdown' });

test.each(['[x](javascript:alert(1))', '[x](data:text/html,a)', '[x](VBScript:a)'])(
  '%s is a link without a URL, and its source is no text',
  (content) => {
    expect(markdown(content).html).toBe('<p><a>x</a></p>\n');
  },
);

test('If this fails, the HTML of stored articles changes: raise RENDERER_VERSION', () => {
  const { html } = markdown(`# Rye *bread*

A [link](/a "t"), ~~gone~~ and \`code\`, <kbd>raw</kbd> and a note.[^n]

| a | b |
|:-|-:|
| 1 | 2 |

- one
  1. two

\`\`\`js
a < b
\`\`\`

![Alt](/a.png)

[^n]: The *note*.
`);
  expect({ version: RENDERER_VERSION, html }).toEqual({
    version: 'r1',
    html: `<h1 id="user-content-rye-bread">Rye <em>bread</em></h1>
<p>A <a title="t" href="/a">link</a>, <s>gone</s> and <code>code</code>, <kbd>raw</kbd> and a note.<sup class="footnote-ref"><a id="user-content-fnref1" href="#user-content-fn1">[1]</a></sup></p>
<table>
<thead>
<tr>
<th style="text-align: left">a</th>
<th style="text-align: right">b</th>
</tr>
</thead>
<tbody>
<tr>
<td style="text-align: left">1</td>
<td style="text-align: right">2</td>
</tr>
</tbody>
</table>
<ul>
<li>one
<ol>
<li>two</li>
</ol>
</li>
</ul>
<pre><code class="language-js">a &lt; b
</code></pre>
<p><img src="/a.png" alt="Alt" /></p>
<hr class="footnotes-sep" />
<section class="footnotes">
<ol class="footnotes-list">
<li class="footnote-item" id="user-content-fn1"><p>The <em>note</em>. <a class="footnote-backref" href="#user-content-fnref1">↩︎</a></p>
</li>
</ol>
</section>
`,
  });
});

describe('Markdown', () => {
  test('gives each heading an id of its own', () => {
    const ids = [...markdown('# A\n# A\n# A-2\n# A\n# \n# 日本\n## `Code` & more').html.matchAll(/ id="([^"]*)"/g)];
    expect(ids.map(([, id]) => id?.replace('user-content-', ''))).toEqual([
      'a',
      'a-2',
      'a-2-2',
      'a-3',
      'section',
      expect.stringMatching(/^[a-z-]+$/),
      'code-more',
    ]);
  });

  test('numbers footnotes in the order of their references, links back to each, and leaves out those nobody refers to', () => {
    const { html } = markdown('b[^b] a[^a] b[^b] [^none]\n\n[^a]: A\n\n[^b]: B\n\n    - list\n\n[^c]: C');
    const notes = html.slice(html.indexOf('<section'));
    expect(notes.indexOf('B')).toBeLessThan(notes.indexOf('A'));
    expect(notes).not.toContain('C');
    expect(notes.match(/footnote-backref/g)).toHaveLength(3);
    expect(html).toContain('[^none]');
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
  });

  test('leaves ^[text] as it is', () => {
    expect(markdown('2^[1]').html).toBe('<p>2^[1]</p>\n');
  });
});

describe('Words are counted as readers count them', () => {
  test.each([
    ['', 0],
    ['* * *', 0],
    ['One **two** thr**ee**', 3],
    ['One\n\n- two\n- three', 3],
    ['| a | b |\n|-|-|\n| c | d |', 4],
    ['Don’t well-known 3.14 e.g. — yes', 5],
    ['this—that', 2],
    ['[two words](https://x.example/not/these) ![nor these](x.png)', 2],
    ['`code counts` <!-- not this --> <script>nor this</script>', 2],
    ['A note.[^1]\n\n[^1]: Three more words.', 5],
    ['A&nbsp;B &amp; C &lt;', 3],
    ['我们在城市里写文章。', 6],
    ['今日は天気がいいです。', 6],
    ['ภาษาไทยง่าย', 3],
    ['Rubric は 速い', 3],
    ['Съешь ещё этих мягких булок', 5],
  ])('%s', (content, words) => {
    expect(markdown(content).wordCount).toBe(words);
  });

  test.each([
    [0, 0],
    [1, 1],
    [220, 1],
    [329, 1],
    [330, 2],
    [2_200, 10],
  ])('%i words take %i minutes', (words, minutes) => {
    expect(readingMinutesOf(words)).toBe(minutes);
  });
});
