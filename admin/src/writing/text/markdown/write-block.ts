import type { Node } from 'prosemirror-model';
import { writeTable } from './table.ts';
import { type MarkdownStyle, writeInlineMarkdown } from './write-inline.ts';

/** Writes a block as Markdown, without the line break at its end. */
export function writeBlock(node: Node, style: MarkdownStyle): string {
  const { attrs } = node;
  switch (node.type.name) {
    case 'paragraph':
      return writeInlineMarkdown(node, style);
    case 'heading':
      return writeHeading(node, style);
    case 'blockquote':
      return writeBlocks(node, style, '\n\n')
        .split('\n')
        .map((line) => (line === '' ? '>' : `> ${line}`))
        .join('\n');
    case 'bullet_list':
    case 'ordered_list':
      return writeList(node, style);
    case 'code_block':
      return writeCode(node);
    case 'horizontal_rule':
      return (attrs['source'] as string).trim() || '---';
    case 'table':
      return writeTable(node, undefined, style.escape);
    default:
      throw new Error(`No Markdown for ${node.type.name}`);
  }
}

function writeHeading(node: Node, style: MarkdownStyle): string {
  const { level, underline } = node.attrs;
  const text = writeInlineMarkdown(node, style);
  if (underline && level === (underline.startsWith('=') ? 1 : 2)) return `${text}\n${underline}`;
  // A heading has one line.
  return `${'#'.repeat(level)} ${text.replace(/(?: {2,}|\\)?\n/g, ' ').trim()}`.trimEnd();
}

/** Lists next to each other would become one, so every second has another marker. */
function writeBlocks(parent: Node, style: MarkdownStyle, separator: string): string {
  let before: Node | undefined;
  const out: string[] = [];
  for (const child of parent.children) {
    const isSecond = before?.type === child.type && child.type.name.endsWith('_list') && out.length > 0;
    out.push(writeBlock(isSecond ? otherMarker(child) : child, style));
    before = child;
  }
  return out.join(separator);
}

const otherMarker = (list: Node): Node => {
  const marker = list.type.name === 'bullet_list' ? '* ' : ') ';
  return list.type.create({ ...list.attrs, marker }, list.content);
};

function writeList(node: Node, style: MarkdownStyle): string {
  const { start = 1, step = 1, lead, tight } = node.attrs;
  const isOrdered = node.type.name === 'ordered_list';
  const items = node.children.map((item, index) => {
    const marker = isOrdered ? `${start + index * step}${node.attrs['marker'] || '. '}` : node.attrs['marker'] || '- ';
    const content = writeBlocks(item, style, tight ? '\n' : '\n\n');
    const indent = ' '.repeat(marker.length);
    return `${marker}${content.replaceAll(/\n(?!\n|$)/g, `\n${indent}`)}`.trimEnd();
  });
  const text = items.join(tight ? '\n' : '\n\n');
  return lead ? text.replaceAll(/^(?=.)/gm, lead) : text;
}

function writeCode(node: Node): string {
  const { info, fence } = node.attrs;
  const text = node.textContent;
  if (fence === '' && text !== '') return text.replaceAll(/^(?=.)/gm, '    ');
  const mark = fence[0] ?? '`';
  let length = Math.max(3, fence.length);
  for (const [run] of text.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) length = Math.max(length, run.trim().length + 1);
  const line = mark.repeat(length);
  return `${line}${info}\n${text === '' ? '' : `${text}\n`}${line}`;
}
