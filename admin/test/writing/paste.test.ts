// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { clipboardParser } from '../../src/writing/editor/paste.ts';
import { writeBlock } from '../../src/writing/text/markdown/write-block.ts';

function pasted(html: string): string {
  const root = document.implementation.createHTMLDocument().createElement('div');
  root.innerHTML = html;
  const { content } = clipboardParser.parseSlice(root);
  return content.content
    .map((node) => (node.isBlock ? writeBlock(node, { escape: false }) : (node.text ?? '')))
    .join('\n\n');
}

test('Word: lists are lists, and neither styles nor empty paragraphs come along', () => {
  expect(
    pasted(
      '<!--StartFragment--><style>p{color:red}</style><p class="MsoNormal"><b>One</b> <span style="font-style:italic">two</span><o:p></o:p></p>' +
        '<p class="MsoListParagraphCxSpFirst" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>  </span></span>First</p>' +
        '<p class="MsoListParagraphCxSpMiddle" style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">o </span>Inner</p>' +
        '<p class="MsoListParagraphCxSpLast" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">· </span>Last</p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>',
    ),
  ).toBe('**One** *two*\n\n- First\n  - Inner\n- Last');
});

test('Google Docs: the bold around everything is none, links lead where they say', () => {
  expect(
    pasted(
      '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span style="font-weight:700">Title</span></h2>' +
        '<p dir="ltr"><span style="font-weight:400">Plain </span><span style="font-weight:700">bold</span> ' +
        '<a href="https://www.google.com/url?q=https://example.com/a&amp;sa=D"><span>link</span></a></p></b><br class="Apple-interchange-newline">',
    ),
  ).toBe('## Title\n\nPlain **bold** [link](https://example.com/a)');
});

test('a web page: what is no text stays there, and pictures that nobody else can load too', () => {
  expect(
    pasted(
      '<div class="x"><script>alert(1)</script><p onclick="alert(1)" style="color:red">One</p><button>Buy</button>' +
        '<img src="data:image/png;base64,AAAA"><img src="https://example.com/a.png" alt="A"><ul><li>a</li></ul></div>',
    ),
  ).toBe('One\n\n![A](https://example.com/a.png)\n\n- a');
});

test('Word: numbers after points are a list of their own, at the top and inside an item', () => {
  const item = (level: number, sign: string, text: string) =>
    `<p class="MsoListParagraph" style="mso-list:l0 level${level} lfo1"><span style="mso-list:Ignore">${sign}<span>  </span></span>${text}</p>`;
  expect(pasted(item(1, '·', 'Point') + item(1, '1.', 'First') + item(1, '2.', 'Second') + item(1, '·', 'Again'))).toBe(
    '- Point\n\n1. First\n2. Second\n\n- Again',
  );
  expect(
    pasted(item(1, '(a)', 'Outer') + item(2, 'o', 'Inner') + item(2, '1)', 'Counted') + item(3, '·', 'Deep')),
  ).toBe('1. Outer\n   - Inner\n   1. Counted\n      - Deep');
});
