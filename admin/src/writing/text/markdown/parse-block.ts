import type { Token } from 'markdown-it';
import type { Node } from 'prosemirror-model';
import { NotRich } from '../not-rich.ts';
import { schema } from '../schema.ts';
import { inlineNodes } from './parse-inline.ts';
import { styleOfTable } from './table.ts';

const { nodes } = schema;
const MARKER = /^((?:[-+*]|\d{1,9}[.)]) *)/;

/** Makes nodes of the tokens of one or more blocks. `lines` are those of the text that was tokenised. */
export class BlockParser {
  private at = 0;

  private readonly tokens: readonly Token[];
  private lines: readonly string[];

  constructor(tokens: readonly Token[], lines: readonly string[]) {
    this.tokens = tokens;
    this.lines = lines;
  }

  /** @param indent the columns that belong to the lists around it */
  blocks(end: string | undefined, indent: number): Node[] {
    const out: Node[] = [];
    for (;;) {
      const token = this.tokens[this.at];
      if (!token || token.type === end) break;
      out.push(this.block(token, indent));
    }
    this.at += 1;
    return out;
  }

  private block(token: Token, indent: number): Node {
    this.at += 1;
    switch (token.type) {
      case 'paragraph_open':
        return nodes.paragraph.create(null, this.inline(token));
      case 'heading_open':
        return nodes.heading.create(
          { level: Number(token.tag.slice(1)), underline: token.markup.startsWith('#') ? '' : this.lastLine(token) },
          this.inline(token),
        );
      case 'blockquote_open':
        return nodes.blockquote.create(null, this.quoted(indent));
      case 'bullet_list_open':
      case 'ordered_list_open':
        return this.list(token, indent);
      case 'fence':
        return codeBlock(token, { info: token.info, fence: token.markup });
      case 'code_block':
        return codeBlock(token, { fence: '' });
      case 'hr':
        return nodes.horizontal_rule.create({ source: this.lastLine(token) });
      case 'table_open':
        return this.table(token);
      default:
        throw new NotRich(token.type);
    }
  }

  /** The lines inside a quote are those behind its `>`. */
  private quoted(indent: number): Node[] {
    const { lines } = this;
    this.lines = lines.map((line) => line.slice(indent).replace(/^ {0,3}> ?/, ''));
    const children = this.blocks('blockquote_close', 0);
    this.lines = lines;
    return children;
  }

  private inline(token: Token): Node[] {
    const inline = this.tokens[this.at];
    this.at += 2;
    return inlineNodes(inline?.children ?? [], this.sourceOf(token));
  }

  private list(token: Token, indent: number): Node {
    const isOrdered = token.type === 'ordered_list_open';
    const items: Node[] = [];
    const numbers: number[] = [];
    const list = { marker: '', lead: '', tight: true };
    const first = this.tokens[this.at]?.map?.[0] ?? 0;
    const line = (this.lines[first] ?? '').slice(indent);
    list.lead = /^ */.exec(line)?.[0] ?? '';
    const marker = MARKER.exec(line.slice(list.lead.length))?.[1];
    if (marker === undefined) throw new NotRich('marker');
    list.marker = isOrdered ? marker.replace(/^\d+/, '') : marker;
    const width = indent + list.lead.length + marker.length;
    while (this.tokens[this.at]?.type === 'list_item_open') {
      numbers.push(Number(this.tokens[this.at]?.info));
      this.at += 1;
      if (this.tokens[this.at]?.type === 'paragraph_open') list.tight = this.tokens[this.at]?.hidden ?? true;
      const children = this.blocks('list_item_close', width);
      items.push(nodes.list_item.createChecked(null, children.length ? children : nodes.paragraph.create()));
    }
    this.at += 1;
    if (!isOrdered) return nodes.bullet_list.create(list, items);
    const start = numbers[0] ?? 1;
    return nodes.ordered_list.create({ ...list, start, step: numbers[1] === start ? 0 : 1 }, items);
  }

  private table(token: Token): Node {
    const rows: Node[] = [];
    let cells: Node[] = [];
    for (;;) {
      const next = this.tokens[this.at];
      this.at += 1;
      if (!next || next.type === 'table_close') break;
      if (next.type === 'tr_open') cells = [];
      else if (next.type === 'tr_close') rows.push(nodes.table_row.create(null, cells));
      else if (next.type === 'inline') {
        const type = this.tokens[this.at - 2]?.type === 'th_open' ? nodes.table_header : nodes.table_cell;
        cells.push(type.create(null, nodes.paragraph.create(null, inlineNodes(next.children ?? [], ''))));
      }
    }
    const delimiter = this.lines[(token.map?.[0] ?? 0) + 1] ?? '';
    return styleOfTable(nodes.table.create({ delimiter }, rows), this.sourceOf(token));
  }

  private sourceOf({ map }: Token): string {
    return this.lines.slice(map?.[0], map?.[1]).join('\n').trimEnd();
  }

  private lastLine(token: Token): string {
    return this.sourceOf(token).split('\n').at(-1) ?? '';
  }
}

function codeBlock({ content }: Token, attrs: Record<string, string>): Node {
  const text = content.replace(/\n$/, '');
  return nodes.code_block.create(attrs, text === '' ? [] : schema.text(text));
}
