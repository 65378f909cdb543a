import type { Mark, Node } from 'prosemirror-model';
import { type InlineWriter, writeInline } from '../inline.ts';

export interface MarkdownStyle {
  /** Whether to escape what could be markup. Without it the text has to be compared with what it was made of. */
  escape: boolean;
  inverse?: boolean;
  /** Whether a link names its reference also where its text has been the name. */
  fullReferences?: boolean;
}

const DELIMITERS: Record<string, string> = { em: '*', strong: '**', strike: '~~' };
const ELEMENTS: Record<string, string> = { underline: 'u', subscript: 'sub', superscript: 'sup' };
const LEAF_MARKS = new Set(['code', 'spelling']);

/** Writes the content of a paragraph or heading. */
export const writeInlineMarkdown = (parent: Node, style: MarkdownStyle): string =>
  writeInline(style.escape ? withoutBlanksAtMarks(parent) : parent, writerOf(style));

const writerOf = ({ escape, inverse, fullReferences }: MarkdownStyle): InlineWriter => ({
  inverse: inverse ?? false,
  isOfLeaf: ({ type: { name } }) => LEAF_MARKS.has(name),
  open: (mark) => openingOf(mark),
  close: (mark) => closingOf(mark, fullReferences ?? false),
  leaf: (node, isFirst) => leafOf(node, escape, isFirst),
});

function openingOf({ type: { name }, attrs }: Mark): string {
  if (name === 'link') return attrs['raw'] === 'autolink' ? '<' : '[';
  return DELIMITERS[name] ? attrs['tag'] || DELIMITERS[name] : ELEMENTS[name] ? `<${ELEMENTS[name]}>` : '';
}

function closingOf({ type: { name }, attrs }: Mark, fullReferences: boolean): string {
  if (name === 'link') {
    const { raw, href, title } = attrs;
    if (raw === 'autolink') return '>';
    if (raw) return `]${fullReferences ? `[${raw.label}]` : raw.suffix}`;
    return `](${destinationOf(href, title)})`;
  }
  return DELIMITERS[name] ? attrs['tag'] || DELIMITERS[name] : ELEMENTS[name] ? `</${ELEMENTS[name]}>` : '';
}

function destinationOf(href: string, title: string): string {
  const bare = /^[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*$/.test(href);
  const address = bare ? href : `<${href.replace(/[<>]/g, encodeURIComponent).replace(/\n/g, '')}>`;
  return title ? `${address} "${title.replace(/"/g, '\\"')}"` : address;
}

function leafOf(node: Node, escape: boolean, isFirst: boolean): string {
  const { attrs } = node;
  switch (node.type.name) {
    case 'hard_break':
      return (attrs['raw'] as string) || '\\\n';
    case 'soft_break':
      return '\n';
    case 'image':
      return `![${escapeBrackets(attrs['alt'])}](${destinationOf(attrs['src'], attrs['title'])})`;
    case 'footnote':
      return `[^${attrs['label']}]`;
    case 'raw_inline':
      return attrs['source'] as string;
    default:
      return textOf(node, escape, isFirst);
  }
}

function textOf({ text = '', marks }: Node, escape: boolean, isFirst: boolean): string {
  const code = marks.find(({ type }) => type.name === 'code');
  if (code) return codeSpan(text, code.attrs['ticks']);
  const spelling = marks.find(({ type }) => type.name === 'spelling');
  if (spelling) return text.replaceAll(spelling.attrs['char'], () => spelling.attrs['raw']);
  if (marks.some(({ type, attrs }) => type.name === 'link' && attrs['raw'] === 'autolink') || !escape) return text;
  return escapeText(text, isFirst);
}

function codeSpan(text: string, ticks: string): string {
  let fence = ticks || '`';
  const runs = new Set(text.match(/`+/g));
  while (runs.has(fence)) fence += '`';
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return fence + pad + text + pad + fence;
}

const escapeBrackets = (text: string) => text.replace(/[\\[\]]/g, '\\$&');

function escapeText(text: string, isFirst: boolean): string {
  const escaped = text.replace(/[\\`*_[\]<~]/g, '\\$&').replace(/&(?=#?\w+;)|!$/g, '\\$&');
  if (!isFirst) return escaped;
  return escaped.replace(/^(\s*)([#>+\-=|:])/, '$1\\$2').replace(/^(\s*\d{1,9})([.)])/, '$1\\$2');
}

/** `**bold **text` is no bold in Markdown: blanks at the ends of marks go out of them. */
function withoutBlanksAtMarks(parent: Node): Node {
  const { schema } = parent.type;
  const loose = (marks: readonly Mark[]) => marks.filter(({ type: { name } }) => !DELIMITERS[name]);
  const children = [...parent.children].flatMap((child, index, all) => {
    if (!child.isText || loose(child.marks).length === child.marks.length) return [child];
    const text = child.text ?? '';
    const endsHere = (mark: Mark, neighbour: Node | undefined) => !neighbour || !mark.isInSet(neighbour.marks);
    const isStart = child.marks.some((mark) => DELIMITERS[mark.type.name] && endsHere(mark, all[index - 1]));
    const isEnd = child.marks.some((mark) => DELIMITERS[mark.type.name] && endsHere(mark, all[index + 1]));
    const before = (isStart && /^\s+/.exec(text)?.[0]) || '';
    const after = (isEnd && /\s+$/.exec(text.slice(before.length))?.[0]) || '';
    const middle = text.slice(before.length, text.length - after.length);
    const blank = (part: string) => (part ? [schema.text(part, loose(child.marks))] : []);
    return [...blank(before), ...(middle ? [schema.text(middle, child.marks)] : []), ...blank(after)];
  });
  return parent.type.create(parent.attrs, children);
}
