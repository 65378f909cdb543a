import { parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { renderContent } from '../../../src/articles/content/render-content.ts';
import { XSS_VECTORS } from './xss-vectors.ts';

/** What may be in safe HTML, by hand and read by another parser, which follows the standard as browsers do. */
const ELEMENTS =
  /^(a|abbr|b|bdi|bdo|br|cite|code|del|dfn|em|i|ins|kbd|mark|q|rp|rt|ruby|s|samp|small|span|strong|su[bp]|time|u|var|wbr|address|article|aside|blockquote|center|d[dlt]|details|div|figcaption|figure|footer|h[1-6r]|header|li|main|nav|[ou]l|p|pre|section|summary|caption|col|colgroup|table|tbody|t[dhr]|tfoot|thead|audio|img|source|track|video)$/;
const ATTRIBUTES: Record<string, RegExp> = {
  id: /^user-content-./,
  class: /^(language-\S+|footnote\S*|align\S*|wp-\S+)( \S+)*$/,
  style: /^text-align: (left|right|center|justify|start|end)$/,
  rel: /^[a-z]+( [a-z]+)*$/,
  target: /^_blank$/,
};
const PLAIN_ATTRIBUTE =
  /^(title|lang|dir|hreflang|controls|loop|muted|preload|playsinline|span|datetime|open|alt|width|height|loading|decoding|value|start|reversed|type|kind|srclang|label|default|colspan|rowspan|align|valign|scope|abbr)$/;
const URL_ATTRIBUTE = /^(href|src|cite|poster)$/;

interface Node {
  nodeName: string;
  tagName?: string;
  namespaceURI?: string;
  attrs?: { name: string; value: string }[];
  childNodes?: Node[];
}

/** @returns what of a fragment could do harm */
function dangersOf(html: string): string[] {
  const dangers: string[] = [];
  const visit = ({ nodeName, tagName, namespaceURI, attrs = [], childNodes = [] }: Node) => {
    if (!['#text', '#document-fragment'].includes(nodeName) && !ELEMENTS.test(tagName ?? '')) dangers.push(nodeName);
    if (namespaceURI !== undefined && !namespaceURI.endsWith('/xhtml')) dangers.push(namespaceURI);
    for (const { name, value } of attrs) {
      const { protocol } = URL_ATTRIBUTE.test(name)
        ? new URL(value, 'https://front.example/a')
        : { protocol: 'https:' };
      const isUrl = URL_ATTRIBUTE.test(name) && /^(https?|mailto|tel):$/.test(protocol);
      if (!isUrl && !PLAIN_ATTRIBUTE.test(name) && !ATTRIBUTES[name]?.test(value)) dangers.push(`${name}=${value}`);
    }
    for (const child of childNodes) visit(child);
  };
  visit(parseFragment(html));
  return dangers;
}

const render = (content: string, contentFormat: 'markdown' | 'html' = 'html') =>
  renderContent({ content, contentFormat }).html;

test('The corpus is dangerous, and the check sees it', () => {
  const harmless = XSS_VECTORS.filter((vector) => dangersOf(vector).length === 0);
  // Those in Markdown, and texts that only look dangerous.
  expect(harmless.length).toBeLessThan(XSS_VECTORS.length / 4);
});

describe.each(['html', 'markdown'] as const)('In %s, nothing can run', (format) => {
  test.each(XSS_VECTORS)('%s', (vector) => {
    expect(dangersOf(render(vector, format))).toEqual([]);
  });

  test('also inside other elements, twice, and not closed', () => {
    for (const vector of XSS_VECTORS) {
      for (const text of [`<p>${vector}</p>`, `<table><tr><td>${vector}`, vector + vector, `<b title="${vector}">`]) {
        expect(dangersOf(render(text, format)), text).toEqual([]);
        expect(dangersOf(render(render(text, format), format)), text).toEqual([]);
      }
    }
  });
});

describe('What harms nobody stays', () => {
  test.each([
    ['<p class="wp-caption other">a <b>b</b></p>', '<p class="wp-caption">a <b>b</b></p>'],
    ['<p style="color:red; text-align:CENTER">x</p>', '<p style="text-align: center">x</p>'],
    ['<a href="/x?a=1&amp;b=2" title="&quot;">x</a>', '<a title="&quot;" href="/x?a=1&amp;b=2">x</a>'],
    ['<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'],
    ['<a href="//x.example">x</a>', '<a href="//x.example">x</a>'],
    [
      '<a href="/" target="_blank" rel="opener NoFollow">x</a>',
      '<a href="/" rel="nofollow noopener" target="_blank">x</a>',
    ],
    ['<h2 id="a">x</h2><a href="#a">x</a>', '<h2 id="user-content-a">x</h2><a href="#user-content-a">x</a>'],
    ['<img src="/a.png" alt="" width=3>', '<img src="/a.png" alt="" width="3" />'],
    ['<ol start="3"><li value="4">x</ol>', '<ol start="3"><li value="4">x</li></ol>'],
    ['<video src="/a.mp4" controls></video>', '<video src="/a.mp4" controls></video>'],
    ['<font color="red">x</font><blink>y</blink>', 'xy'],
    ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
    ['<form><label>Name</label><input></form>', 'Name'],
  ])('%s', (html, expected) => {
    expect(render(html)).toBe(expected);
  });
});
