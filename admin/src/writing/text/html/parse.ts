import { Mark, type Node } from 'prosemirror-model';
import { NotRich } from '../not-rich.ts';
import { schema } from '../schema.ts';
import { imageOf, markOf, textNodes } from './parse-inline.ts';
import { type HtmlToken, scan } from './scan.ts';

const { nodes } = schema;
const BLOCKS = new Set('p h1 h2 h3 h4 h5 h6 blockquote ul ol pre hr table'.split(' '));

/** Parses HTML strictly: what it does not know makes the block a card. It needs no DOM. */
export class HtmlParser {
  private at = 0;
  private readonly tokens: HtmlToken[];

  constructor(source: string) {
    this.tokens = scan(source);
  }

  /** @throws NotRich */
  document(): Node {
    const [node] = this.isBlock() ? [this.block()] : [this.bare()];
    if (!node || this.at < this.tokens.length) throw new NotRich('more than a block');
    return node;
  }

  private block(): Node {
    const { tag, name, raw } = this.next();
    if (name === 'hr') return nodes.horizontal_rule.create({ source: `<${tag}${raw}>` });
    if (name === 'pre') return this.code(raw);
    if (name === 'table') return this.table(raw);
    if (name === 'p') return nodes.paragraph.create({ raw }, this.inline(name));
    if (/^h\d$/.test(name)) return nodes.heading.create({ raw, level: Number(name[1]) }, this.inline(name));
    if (name === 'blockquote') {
      const { children, space } = this.container(name, () => (this.isBlock() ? this.block() : this.bare()));
      return nodes.blockquote.createChecked({ raw, space }, children);
    }
    const { children, space } = this.container(name, () => this.item());
    const isOrdered = name === 'ol';
    const start = Number(/\sstart="(\d+)"/.exec(raw)?.[1] ?? 1);
    return (isOrdered ? nodes.ordered_list : nodes.bullet_list).createChecked(
      isOrdered ? { raw, space, start } : { raw, space },
      children,
    );
  }

  private item(): Node {
    const { raw } = this.expect('li');
    const { children, space } = this.container('li', () => (this.isBlock() ? this.block() : this.bare()));
    return nodes.list_item.createChecked(
      { raw, space },
      children.length ? children : nodes.paragraph.create({ bare: true }),
    );
  }

  /** The children of an element, and the white space between them. */
  private container(name: string, child: () => Node) {
    const children: Node[] = [];
    const space = [this.blank()];
    for (;;) {
      const token = this.peek();
      if (token?.type === 'close' && token.name === name) break;
      children.push(child());
      space[children.length] = this.blank();
    }
    this.at += 1;
    return { children, space: children.length === 0 ? null : [space[0], space[1], space.at(-1)] };
  }

  private blank(): string {
    const token = this.peek();
    if (token?.type !== 'text' || token.source.trim() !== '') return '';
    this.at += 1;
    return token.source;
  }

  private code(raw: string): Node {
    const inner = this.peek();
    const hasCode = inner?.type === 'open' && inner.name === 'code';
    if (hasCode) this.at += 1;
    const texts: Node[] = [];
    while (this.peek()?.type === 'text') texts.push(...textNodes(this.next().source, Mark.none, false));
    if (hasCode) this.expect('code', 'close');
    this.expect('pre', 'close');
    return nodes.code_block.createChecked({ raw, codeRaw: hasCode ? (inner?.raw ?? '') : null }, texts);
  }

  private table(raw: string): Node {
    const rows: Node[] = [];
    const shape: Record<string, unknown> = { raw };
    const section = (name: string, key: string) => {
      const open = this.peek();
      if (open?.type !== 'open' || open.name !== name) return;
      this.at += 1;
      const before = rows.length;
      const { children, space } = this.container(name, () => this.row());
      rows.push(...children);
      shape[key] = { raw: open.raw, space, rows: rows.length - before };
    };
    const space = [this.blank()];
    section('thead', 'head');
    space.push(this.blank());
    section('tbody', 'body');
    space.push(this.blank());
    this.expect('table', 'close');
    return nodes.table.createChecked({ ...shape, space }, rows);
  }

  private row(): Node {
    const { raw } = this.expect('tr');
    const { children, space } = this.container('tr', () => this.cell());
    return nodes.table_row.createChecked({ raw, space }, children);
  }

  private cell(): Node {
    const { name, raw } = this.next();
    if ((name !== 'td' && name !== 'th') || /span/i.test(raw)) throw new NotRich('cell');
    const type = name === 'th' ? nodes.table_header : nodes.table_cell;
    return type.createChecked({ raw }, nodes.paragraph.create({ bare: true }, this.inline(name)));
  }

  /** A text outside of a paragraph, up to the next block or the end of its element. */
  private bare(): Node {
    const content = this.inline(null);
    if (content.every(({ type }) => type === nodes.raw_inline)) throw new NotRich('nothing to write in');
    return nodes.paragraph.create({ bare: true }, content);
  }

  private inline(end: string | null): Node[] {
    const out: Node[] = [];
    const open: { name: string; mark: Mark }[] = [];
    for (;;) {
      const token = this.peek();
      const present = open.reduce<readonly Mark[]>((set, { mark }) => mark.addToSet(set), Mark.none);
      if (!token || (end === null && open.length === 0 && (this.isBlock() || isEndOfBlock(token)))) break;
      this.at += 1;
      if (token.type === 'text') out.push(...textNodes(token.source, present, true));
      else if (token.type === 'comment') out.push(nodes.raw_inline.create({ source: token.source }, null, present));
      else if (token.type === 'close') {
        if (open.length === 0 && token.name === end) return out;
        if (open.pop()?.name !== token.name) throw new NotRich(token.tag);
      } else if (token.name === 'br') out.push(nodes.hard_break.create({ raw: token.source }, null, present));
      else if (token.name === 'img') out.push(nodes.image.create(imageOf(token), null, present));
      else open.push({ name: token.name, mark: markOf(token, present) });
    }
    if (open.length > 0 || end !== null) throw new NotRich('no end');
    return out;
  }

  private isBlock(): boolean {
    const token = this.peek();
    return token?.type === 'open' && BLOCKS.has(token.name);
  }

  private peek(): HtmlToken | undefined {
    return this.tokens[this.at];
  }

  private next(): HtmlToken {
    const token = this.tokens[this.at];
    if (!token) throw new NotRich('end');
    this.at += 1;
    return token;
  }

  private expect(name: string, type: HtmlToken['type'] = 'open'): HtmlToken {
    const token = this.next();
    if (token.type !== type || token.name !== name) throw new NotRich(token.source);
    return token;
  }
}

const isEndOfBlock = ({ type, name }: HtmlToken) => type === 'close' && (name === 'li' || BLOCKS.has(name));
