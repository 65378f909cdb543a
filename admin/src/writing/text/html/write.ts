import type { Mark, Node } from 'prosemirror-model';
import { writeInline } from '../inline.ts';
import { escapeAttribute, escapeText } from './entities.ts';

const TAGS: Record<string, string> = {
  strong: 'strong',
  em: 'em',
  strike: 's',
  underline: 'u',
  subscript: 'sub',
  superscript: 'sup',
  code: 'code',
};
type Space = [string, string, string] | null;

/** Writes a block as HTML. */
export function writeHtml(node: Node, inverse: boolean): string {
  const { attrs, type } = node;
  const raw = attrs['raw'] as string;
  switch (type.name) {
    case 'paragraph':
      return attrs['bare'] ? line(node, inverse) : `<p${raw}>${line(node, inverse)}</p>`;
    case 'heading':
      return `<h${attrs['level']}${raw}>${line(node, inverse)}</h${attrs['level']}>`;
    case 'blockquote':
      return element('blockquote', raw, blocks(node, inverse), attrs['space']);
    case 'bullet_list':
    case 'list_item':
      return element(type.name === 'list_item' ? 'li' : 'ul', raw, blocks(node, inverse), attrs['space']);
    case 'ordered_list':
      return element(
        'ol',
        raw || (attrs['start'] === 1 ? '' : ` start="${attrs['start']}"`),
        blocks(node, inverse),
        attrs['space'],
      );
    case 'code_block':
      return writeCode(node, raw);
    case 'horizontal_rule':
      return (attrs['source'] as string) || '<hr>';
    case 'table':
      return writeTable(node, inverse);
    default:
      throw new Error(`No HTML for ${type.name}`);
  }
}

/** A paragraph of an item that the editor made needs no element of its own. */
const blocks = (node: Node, inverse: boolean): string[] =>
  node.children.map((child, index) =>
    node.type.name === 'list_item' && index === 0 && child.type.name === 'paragraph' && node.attrs['space'] === null
      ? line(child, inverse)
      : writeHtml(child, inverse),
  );

function element(tag: string, raw: string, children: readonly string[], space: Space): string {
  const isItem = tag === 'li' || tag === 'tr';
  const [before, between, after] = space ?? (isItem ? ['', '', ''] : ['\n', '\n', '\n']);
  return `<${tag}${raw}>${before}${children.join(children.length > 1 ? between : '')}${after}</${tag}>`;
}

function writeCode(node: Node, raw: string): string {
  const text = node.children.map(textOf).join('');
  const { codeRaw, info } = node.attrs;
  if (codeRaw === null) return `<pre${raw}>${text}</pre>`;
  return `<pre${raw}><code${codeRaw || (info && !raw ? ` class="language-${escapeAttribute(info)}"` : '')}>${text}</code></pre>`;
}

interface Section {
  raw: string;
  space: Space;
  rows: number;
}

function writeTable(node: Node, inverse: boolean): string {
  const head = node.attrs['head'] as Section | null;
  const body = node.attrs['body'] as Section | null;
  const rows = node.children.map((row) =>
    element(
      'tr',
      row.attrs['raw'],
      row.children.map((cell) => writeCell(cell, inverse)),
      row.attrs['space'],
    ),
  );
  const isHead = (row: Node) => row.children.every(({ type }) => type.name === 'table_header');
  const first = node.firstChild;
  // A table that is written for the first time has a head when its first row is one.
  const heads = head?.rows ?? (!body && first && isHead(first) ? 1 : 0);
  const sections = [
    heads > 0 && element('thead', head?.raw ?? '', rows.slice(0, heads), head ? head.space : null),
    rows.length > heads && element('tbody', body?.raw ?? '', rows.slice(heads), body ? body.space : null),
  ];
  const [before, between, after] = (node.attrs['space'] as Space) ?? ['\n', '\n', '\n'];
  const parts = sections.filter((each) => each !== false);
  const inner = node.attrs['space'] && !head ? before + between : before;
  return `<table${node.attrs['raw']}>${inner}${parts.join(between)}${after}</table>`;
}

function writeCell(cell: Node, inverse: boolean): string {
  const tag = cell.type.name === 'table_header' ? 'th' : 'td';
  return `<${tag}${cell.attrs['raw']}>${cell.children.map((child) => line(child, inverse)).join('<br>')}</${tag}>`;
}

const line = (parent: Node, inverse: boolean): string =>
  writeInline(parent, { open, close, leaf, inverse, isOfLeaf: ({ type }) => type.name === 'spelling' });

function open({ type: { name }, attrs }: Mark): string {
  if (name !== 'link') return `<${attrs['tag'] || TAGS[name]}${attrs['raw']}>`;
  const { raw, href, title } = attrs;
  if (raw?.tag) return `<${raw.tag}${raw.source}>`;
  return `<a href="${escapeAttribute(href)}"${title ? ` title="${escapeAttribute(title)}"` : ''}>`;
}

const close = ({ type: { name }, attrs }: Mark): string =>
  `</${name === 'link' ? (attrs['raw']?.tag ?? 'a') : attrs['tag'] || TAGS[name]}>`;

function leaf(node: Node): string {
  const { attrs } = node;
  switch (node.type.name) {
    case 'hard_break':
      return (attrs['raw'] as string).startsWith('<') ? attrs['raw'] : '<br>';
    case 'soft_break':
      return attrs['raw'] as string;
    case 'image':
      return attrs['raw'] || `<img src="${escapeAttribute(attrs['src'])}" alt="${escapeAttribute(attrs['alt'])}">`;
    case 'raw_inline':
      return attrs['source'] as string;
    case 'footnote':
      return `[${escapeText(attrs['label'])}]`;
    default:
      return textOf(node);
  }
}

function textOf({ text = '', marks }: Node): string {
  const spelling = marks.find(({ type }) => type.name === 'spelling');
  return spelling ? text.replaceAll(spelling.attrs['char'], () => spelling.attrs['raw']) : escapeText(text);
}
