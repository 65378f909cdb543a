import { type DOMOutputSpec, type MarkSpec, type NodeSpec, Schema } from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';
import { safeHref } from './safe-href.ts';

/**
 * One schema for Markdown and HTML. Besides what is shown, nodes and marks keep how they were spelled (`raw`, `marker`,
 * `fence` …), so that more blocks come out as they went in.
 *
 * - `origin`: the number of the block in the text that was opened; null for a new one.
 * - `raw`: the attributes of an HTML element, as they are in the text.
 * - `space`: the white space inside an HTML element: before the first child, between, after the last.
 */
const attrs = (own: Record<string, unknown> = {}) =>
  Object.fromEntries(
    Object.entries({ origin: null, wrap: null, raw: '', ...own }).map(([name, value]) => [name, { default: value }]),
  );

const table = tableNodes({ tableGroup: 'block', cellContent: 'paragraph', cellAttributes: {} });

/** What is nobody else's business than the serialiser's is absent from the DOM, so pasted blocks are new ones. */
const nodes = {
  doc: { content: '(block | card)+' },
  paragraph: {
    group: 'block',
    content: 'inline*',
    attrs: attrs({ bare: false }),
    parseDOM: [{ tag: 'p' }],
    toDOM: () => ['p', 0],
  },
  heading: {
    group: 'block',
    content: 'inline*',
    defining: true,
    attrs: attrs({ level: 2, underline: '' }),
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: ({ attrs: { level } }) => [`h${level}`, 0],
  },
  blockquote: {
    group: 'block',
    content: 'block+',
    defining: true,
    attrs: attrs({ space: null }),
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => ['blockquote', 0],
  },
  bullet_list: {
    group: 'block',
    content: 'list_item+',
    attrs: attrs({ marker: '', lead: '', tight: true, space: null }),
    parseDOM: [{ tag: 'ul' }],
    toDOM: () => ['ul', 0],
  },
  ordered_list: {
    group: 'block',
    content: 'list_item+',
    attrs: attrs({ marker: '', lead: '', tight: true, space: null, start: 1, step: 1 }),
    parseDOM: [{ tag: 'ol', getAttrs: (element) => ({ start: (element as HTMLOListElement).start || 1 }) }],
    toDOM: ({ attrs: { start } }) => (start === 1 ? ['ol', 0] : ['ol', { start }, 0]),
  },
  list_item: {
    content: 'paragraph block*',
    defining: true,
    attrs: { raw: { default: '' }, space: { default: null } },
    parseDOM: [{ tag: 'li' }],
    toDOM: () => ['li', 0],
  },
  code_block: {
    group: 'block',
    content: 'text*',
    marks: 'spelling',
    code: true,
    defining: true,
    attrs: attrs({ info: '', fence: '```', codeRaw: '' }),
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: () => ['pre', ['code', { spellcheck: 'false' }, 0]],
  },
  horizontal_rule: {
    group: 'block',
    attrs: attrs({ source: '' }),
    parseDOM: [{ tag: 'hr' }],
    toDOM: () => ['hr'],
  },
  table: {
    ...table.table,
    attrs: attrs({ style: 'compact', delimiter: '', space: null, head: null, body: null }),
    toDOM: () => ['table', ['tbody', 0]],
  },
  table_row: { ...table.table_row, attrs: { raw: { default: '' }, space: { default: null } } },
  table_cell: { ...table.table_cell, attrs: { ...table.table_cell.attrs, raw: { default: '' } } },
  table_header: { ...table.table_header, attrs: { ...table.table_header.attrs, raw: { default: '' } } },
  /** A block that shows its source, because the editor would change it. */
  card: {
    group: 'card',
    atom: true,
    isolating: true,
    attrs: { origin: { default: null }, source: { default: '' } },
    toDOM: ({ attrs: { source } }): DOMOutputSpec => ['pre', { 'data-card': '' }, source],
    parseDOM: [{ tag: 'pre[data-card]', getAttrs: (element) => ({ source: element.textContent }), priority: 60 }],
  },
  text: { group: 'inline' },
  hard_break: {
    group: 'inline',
    inline: true,
    selectable: false,
    attrs: { raw: { default: '' } },
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
  },
  /** A line break in the source that readers see as a blank. */
  soft_break: {
    group: 'inline',
    inline: true,
    selectable: false,
    attrs: { raw: { default: '\n' } },
    toDOM: () => ['span', { 'data-soft-break': '' }, ' '],
    parseDOM: [{ tag: 'span[data-soft-break]' }],
    leafText: () => ' ',
  },
  image: {
    group: 'inline',
    inline: true,
    draggable: true,
    attrs: { src: { default: '' }, alt: { default: '' }, title: { default: '' }, raw: { default: '' } },
    parseDOM: [
      {
        tag: 'img[src]',
        getAttrs: (element) => ({
          src: element.getAttribute('src'),
          alt: element.getAttribute('alt') ?? '',
          title: element.getAttribute('title') ?? '',
        }),
      },
    ],
    toDOM: ({ attrs: { src, alt } }) => ['img', { src: safeHref(src), alt, loading: 'lazy' }],
  },
  footnote: {
    group: 'inline',
    inline: true,
    attrs: { label: { default: '1' } },
    toDOM: ({ attrs: { label } }) => ['sup', { 'data-footnote': label }, label],
    parseDOM: [
      { tag: 'sup[data-footnote]', getAttrs: (element) => ({ label: element.getAttribute('data-footnote') }) },
    ],
  },
  /** Markup inside a line that the editor does not know. */
  raw_inline: {
    group: 'inline',
    inline: true,
    attrs: { source: { default: '' } },
    toDOM: ({ attrs: { source } }) => ['code', { 'data-raw': '' }, source],
    parseDOM: [{ tag: 'code[data-raw]', getAttrs: (element) => ({ source: element.textContent }), priority: 60 }],
  },
} satisfies Record<string, NodeSpec>;

const tagged = (tag: string, tags: string[]): MarkSpec => ({
  attrs: { tag: { default: tag }, raw: { default: '' } },
  parseDOM: tags.map((name) => ({ tag: name })),
  toDOM: () => [tags[0] ?? tag, 0],
});

const marks = {
  link: {
    attrs: { href: { default: '' }, title: { default: '' }, raw: { default: null } },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (element) => ({
          href: element.getAttribute('href'),
          title: element.getAttribute('title') ?? '',
        }),
      },
    ],
    toDOM: ({ attrs: { href } }) => ['a', { href: safeHref(href) }, 0],
  },
  /** An element that the editor keeps and does not offer. */
  other: {
    attrs: { tag: {}, raw: { default: '' } },
    excludes: '',
    toDOM: ({ attrs: { tag } }) => ['span', { 'data-tag': tag }, 0],
  },
  strong: tagged('', ['strong', 'b']),
  em: tagged('', ['em', 'i']),
  strike: tagged('', ['s', 'del', 'strike']),
  underline: tagged('', ['u']),
  subscript: tagged('', ['sub']),
  superscript: { ...tagged('', ['sup:not([data-footnote])']), toDOM: (): DOMOutputSpec => ['sup', 0] },
  code: {
    attrs: { raw: { default: '' }, ticks: { default: '`' } },
    excludes: 'code',
    code: true,
    parseDOM: [{ tag: 'code:not([data-raw])' }],
    toDOM: () => ['code', { spellcheck: 'false' }, 0],
  },
  /** One character, and how it is spelled in the source: `&nbsp;`, `\*`. */
  spelling: {
    attrs: { char: {}, raw: {} },
    inclusive: false,
    excludes: '',
    toDOM: () => ['span', 0],
  },
} satisfies Record<string, MarkSpec>;

export const schema = new Schema({ nodes, marks });
