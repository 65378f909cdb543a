/** Texts with what real ones have, each under what it is about. */
export const MARKDOWN: Record<string, string> = {
  'plain paragraphs': 'One *two* **three** `four`.\n\nFive\nsix.\n',
  headings: '# One\n\nText\n\nTwo\n===\n\nThree\n---\nNo blank line.\n\n#### Four\nFive',
  'windows line breaks': '# One\r\n\r\nTwo\r\nthree  \r\nfour.\r\n\r\n- a\r\n- b\r\n',
  'mixed line breaks': 'One\r\ntwo.\n\nThree\nfour.\r\n\r\nFive.\n',
  'blanks at ends of lines': 'One   \n\nTwo  \nthree \n\n   \n\nFour\t\n\n\n\nFive\n\n',
  'HTML comments': '<!--more-->\n\nOne <!-- two --> three.\n\n<!-- a\n\nb -->\n\nFour.\n',
  shortcodes: '[gallery ids="1,2"]\n\n{{< figure src="a.png" >}}\n\n{% raw %}\n\nText [caption]x[/caption].\n',
  tables:
    '| a | b |\n|---|:-:|\n| 1 | 2 |\n\n| long cell | b   |\n| --------- | --- |\n| 1         | 2   |\n\na | b\n--|--\n1 | 2\n',
  'nested lists': '- one\n- two\n  - three\n\n    four\n  - five\n\n1. a\n2. b\n   - c\n\n3) x\n\n*   wide\n*   list\n',
  'loose lists': '* one\n\n* two\n\n  three\n\n+ four\n',
  tasks: '- [ ] open\n- [x] done\n',
  footnotes: 'One[^1] and[^note].\n\n[^1]: The first.\n\n[^note]: The second\n\n    has two paragraphs.\n\nText.\n',
  'reference links':
    'A [link][one], [one][] and [one].\n\n[one]: https://example.com "Title"\n[two]: <https://example.com/two>\n',
  code: '```js\nconst a = 1;\n\n```\n\n    indented\n\n    code\n\n~~~\n```\n~~~\n\n`` a`b ``\n',
  quotes: '> one\n> two\n>\n> - three\n> - four\n\n> a\nlazy\n',
  'escapes and entities': 'A \\* star, a_b_c, 2 * 3 and &nbsp; &amp; &copy; \\[not a link\\].\n\n1\\. No list.\n',
  'raw HTML':
    '<div class="x">\n\n**bold**\n\n</div>\n\nA <span>b</span> <br> c.\n\n<details><summary>x</summary>\n\ny\n\n</details>\n',
  links: '<https://example.com> ![alt](a.png "t") [a](<b c> \'d\') [![x](y)](z) [e](f(g))\n',
  rules: '---\n\n***\n\n_ _ _\n\nOne\n',
  'blanks in front': '\n\n  One.\n',
  nothing: '',
  'only blanks': '\n \n',
  'no line break at the end': 'One',
};

export const HTML: Record<string, string> = {
  paragraphs: '<p>One <b>two</b> <strong class="x">three</strong> <i>four</i>&nbsp;five.</p>\n<p>Six<br />\nseven</p>',
  'windows line breaks': '<p>One\r\ntwo</p>\r\n\r\n<ul>\r\n  <li>a</li>\r\n  <li>b</li>\r\n</ul>\r\n',
  'blocks of WordPress':
    '<!-- wp:paragraph {"align":"left"} -->\n<p class="has-text-align-left">One</p>\n<!-- /wp:paragraph -->\n\n' +
    '<!-- wp:heading {"level":3} -->\n<h3>Two</h3>\n<!-- /wp:heading -->\n\n<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->\n\n' +
    '<!-- wp:columns -->\n<div><!-- wp:column --><div><!-- wp:paragraph --><p>x</p><!-- /wp:paragraph --></div><!-- /wp:column --></div>\n<!-- /wp:columns -->\n\n' +
    '<!-- wp:spacer {"height":"40px"} /-->\n',
  'text without paragraphs':
    'One <em>two</em>\nthree.\n\n[gallery ids="1,2"]\n\nFour <a href="x" target=_blank>five</a>.\n<h2>Six</h2>\nSeven',
  lists:
    '<ul>\n<li>one</li>\n<li>two\n<ul>\n<li>three</li>\n</ul>\n</li>\n</ul>\n<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>',
  entities: '<p>It&#8217;s &quot;so&quot; &hellip; AT&T > x &lt;b&gt; &unknown;</p><p>&rsquo;&rsquo; ’</p>',
  attributes: '<p style="color: red" id=a>One</p><P>Two</P><p >Three</p><h2 id="x">Four</h2>',
  pictures:
    '<figure class="kg-card"><img src="a.png" alt=""><figcaption>One</figcaption></figure>\n<p><a href="b"><img src="c.png" /></a></p>',
  tables:
    '<table>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td></tr>\n</tbody>\n</table>\n<table><tr><td colspan="2">x</td></tr></table>',
  code: '<pre class="wp-block-code"><code lang="js">a &lt; b\n\nc</code></pre><pre>x\n  y</pre>',
  frames: '<iframe src="https://example.com"></iframe>\n<script>if (a < b) { "</p>" }</script>\n<p>One</p>',
  broken: '<p>One <b>two</p><p>three</b></p></div><p>four',
  quotes: '<blockquote>\n<p>One</p>\n<p>Two</p>\n</blockquote><blockquote>Three <cite>Four</cite></blockquote>',
  nesting:
    '<p><strong><em>a</em></strong> <em><strong>b</strong> c</em> <a href="x"><b>d</b></a> <b><a href="y">e</a></b></p>',
  'marks in the other order': '<p><b><a href="y">e</a></b> <em><strong>f</strong></em></p>\n\n<p>x</p>',
  hostile: '<p>"><img src=x onerror=alert(1)></p><svg onload=alert(1)></svg><a href="javascript:alert(1)">x</a>',
};
