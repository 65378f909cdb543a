import type { Node } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { htmlFormat } from '../../src/writing/text/html/html-format.ts';
import { markdownFormat } from '../../src/writing/text/markdown/markdown-format.ts';
import { schema } from '../../src/writing/text/schema.ts';
import { TextDocument } from '../../src/writing/text/text-document.ts';
import { HTML, MARKDOWN } from './texts.ts';

const CASES = [
  ...Object.entries(MARKDOWN).map(([name, text]) => ({ name: `Markdown: ${name}`, text, format: markdownFormat })),
  ...Object.entries(HTML).map(([name, text]) => ({ name: `HTML: ${name}`, text, format: htmlFormat })),
];
const kindsOf = (text: string, format: typeof htmlFormat) =>
  new TextDocument(text, format()).doc.children.map(({ type }) => type.name);

/** Types a word at the end of a block, as an editor does. Undefined where the block has no text. */
function typeInto({ doc }: TextDocument, block: number) {
  const state = EditorState.create({ doc });
  let at = -1;
  let from = 0;
  for (let index = 0; index < block; index += 1) from += doc.child(index).nodeSize;
  const node = doc.child(block);
  node.descendants((child, position) => {
    if (child.isTextblock) at = from + 1 + position + 1 + child.content.size;
  });
  if (node.isTextblock) at = from + 1 + node.content.size;
  return at < 0 ? undefined : state.apply(state.tr.insertText('wombat', at)).doc;
}

test.each(CASES)('$name: what nobody touched is written as it was', ({ text, format }) => {
  const document = new TextDocument(text, format());
  expect(document.textOf(document.doc)).toBe(text);
});

test.each(CASES)('$name: a word in one block leaves all others as they were', ({ text, format }) => {
  const document = new TextDocument(text, format());
  const { children } = document.doc;
  for (const [index, block] of children.entries()) {
    if (block.attrs['origin'] === null) continue;
    const changed = typeInto(document, index);
    if (!changed) continue;
    const written = document.textOf(changed);
    const [before = '', after = ''] = written.split('wombat');
    // Every other block is in the text, in order, with the bytes that it had.
    const others = new TextDocument(text, format());
    const sources = others.doc.children.map((each) => sourceOf(others, each));
    for (const [other, source] of sources.entries()) {
      if (other < index) expect(before).toContain(source);
      if (other > index) expect(after).toContain(source);
    }
    expect(written.split('wombat')).toHaveLength(2);
    // And what is written shows what was typed, in as many blocks.
    expect(new TextDocument(written, format()).doc.childCount).toBe(document.doc.childCount);
  }
});

const sourceOf = (document: TextDocument, block: TextDocument['doc']) =>
  document.textOf(block.type.schema.nodes['doc']!.create(null, block)).trim();

test('Markdown that the editor keeps is rich, the rest is a card', () => {
  expect(kindsOf(MARKDOWN['tables']!, markdownFormat)).toEqual(['table', 'table', 'card']);
  expect(kindsOf(MARKDOWN['nested lists']!, markdownFormat)).toEqual([
    'card',
    'ordered_list',
    'ordered_list',
    'bullet_list',
  ]);
  expect(kindsOf(MARKDOWN['windows line breaks']!, markdownFormat)).toEqual(['heading', 'paragraph', 'bullet_list']);
  expect(kindsOf(MARKDOWN['footnotes']!, markdownFormat)).toEqual(['paragraph', 'card', 'card', 'paragraph']);
  expect(kindsOf(MARKDOWN['reference links']!, markdownFormat)).toEqual(['paragraph', 'card']);
  expect(kindsOf(MARKDOWN['escapes and entities']!, markdownFormat)).toEqual(['paragraph', 'paragraph']);
  expect(kindsOf(MARKDOWN['quotes']!, markdownFormat)).toEqual(['blockquote', 'card']);
});

test('HTML that the editor keeps is rich, the rest is a card', () => {
  expect(kindsOf(HTML['blocks of WordPress']!, htmlFormat)).toEqual(['paragraph', 'heading', 'card', 'card', 'card']);
  expect(kindsOf(HTML['text without paragraphs']!, htmlFormat)).toEqual([
    'paragraph',
    'paragraph',
    'paragraph',
    'heading',
    'paragraph',
  ]);
  expect(kindsOf(HTML['lists']!, htmlFormat)).toEqual(['bullet_list', 'ordered_list']);
  expect(kindsOf(HTML['frames']!, htmlFormat)).toEqual(['card', 'card', 'paragraph']);
  expect(kindsOf(HTML['quotes']!, htmlFormat)).toEqual(['blockquote', 'blockquote']);
});

test('a block without comments stays without them among blocks of WordPress, and changed it gets none', () => {
  const text = '<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n<p>Two</p>';
  const document = new TextDocument(text, htmlFormat());
  expect(kindsOf(text, htmlFormat)).toEqual(['paragraph', 'paragraph']);
  expect(document.textOf(typeInto(document, 1)!)).toBe(text.replace('Two', 'Twowombat'));
});

test('a new block is written like its neighbours: in comments where the text has blocks of WordPress', () => {
  const document = new TextDocument('<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->', htmlFormat());
  const { schema } = document.doc.type;
  const state = EditorState.create({ doc: document.doc });
  const heading = schema.node('heading', { level: 3 }, schema.text('Two'));
  const { doc } = state.apply(state.tr.insert(document.doc.content.size, heading));
  expect(document.textOf(doc)).toBe(
    '<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:heading {"level":3} -->\n<h3>Two</h3>\n<!-- /wp:heading -->',
  );
});

test('text that could be markup is escaped only where it would be', () => {
  const document = new TextDocument('One', markdownFormat());
  const state = EditorState.create({ doc: document.doc });
  const textOf = (text: string) => document.textOf(state.apply(state.tr.insertText(text, 1, 4)).doc);
  expect(textOf('2 * 3 = 6')).toBe('2 * 3 = 6');
  expect(textOf('a *b* c')).toBe('a \\*b\\* c');
  expect(textOf('- no list')).toBe('\\- no list');
  expect(textOf('# no heading')).toBe('\\# no heading');
});

const { nodes } = schema;
const paragraph = (...content: (string | Node)[]) =>
  nodes.paragraph.create(
    null,
    content.map((part) => (typeof part === 'string' ? schema.text(part) : part)),
  );
const line = () => nodes.hard_break.create();
const bold = (text: string) => schema.text(text, [schema.marks.strong.create()]);
const link = (text: string) => schema.text(text, [schema.marks.link.create({ href: 'https://example.com' })]);

test.each([
  ['a blank in front', paragraph(' Changed.'), 'Changed.'],
  ['four blanks in front, which would be code', paragraph('    Indented.'), 'Indented.'],
  ['a tab in front', paragraph('\tIndented.'), 'Indented.'],
  ['bold blanks in front', paragraph(bold(' '), bold(' Bold'), ' text '), '**Bold** text'],
  ['a break at the end, whose backslash would be shown', paragraph('One', line()), 'One'],
  ['blanks around a break', paragraph('One ', line(), ' two'), 'One\\\ntwo'],
  ['nothing but blanks and breaks', paragraph('  ', line()), ''],
  ['a blank in front of a quote', nodes.blockquote.create(null, [paragraph(' Quoted')]), '> Quoted'],
  [
    'an empty line in a quote',
    nodes.blockquote.create(null, [paragraph('A'), paragraph(), paragraph('B')]),
    '> A\n>\n> B',
  ],
  [
    'a blank in an item',
    nodes.bullet_list.create(null, [nodes.list_item.create(null, [paragraph('     Item')])]),
    '- Item',
  ],
  [
    'a link after an exclamation mark, which would be a picture',
    paragraph('Oh!', link('See')),
    'Oh\\![See](https://example.com)',
  ],
])('Markdown: %s is no card the next time', (_name, block, written) => {
  const text = new TextDocument('', markdownFormat()).textOf(nodes.doc.create(null, block));
  expect(text).toBe(written);
  const again = new TextDocument(text, markdownFormat());
  expect(again.doc.child(0).type).toBe(block.type);
  expect(again.textOf(again.doc)).toBe(text);
});
