import type { Node } from 'prosemirror-model';
import { Newlines } from './newlines.ts';
import { schema } from './schema.ts';
import type { TextFormat } from './text-format.ts';

interface Original {
  node: Node;
  source: string;
  /** The white space behind it. */
  gap: string;
}

/**
 * A text as blocks. A block is rich only if writing what was parsed gives the same bytes again; any other is a card with
 * its source. `textOf` writes every block that nobody touched from its source.
 */
export class TextDocument {
  readonly doc: Node;
  private readonly originals: Original[] = [];
  private readonly lead: string;
  private readonly newlines: Newlines;
  private readonly format: TextFormat;

  constructor(text: string, format: TextFormat) {
    this.format = format;
    this.newlines = new Newlines(text);
    const pieces = format.split(this.newlines.plain);
    this.lead = this.newlines.source(0, pieces[0]?.from ?? this.newlines.plain.length);
    for (const [index, { from, to }] of pieces.entries()) {
      const source = this.newlines.source(from, to);
      const gap = this.newlines.source(to, pieces[index + 1]?.from ?? this.newlines.plain.length);
      this.originals.push({ node: this.nodeOf(source, this.newlines.plain.slice(from, to), index), source, gap });
    }
    const nodes = this.originals.map(({ node }) => node);
    this.doc = schema.nodes.doc.create(null, nodes.length > 0 ? nodes : schema.nodes.paragraph.create());
  }

  /** Writes a document that was made by editing `doc`. */
  textOf(doc: Node): string {
    let out = this.lead;
    let before: Original | undefined;
    let beforeIndex = -2;
    const seen = new Set<number>();
    // A line without text is a place to write, not a block.
    const blocks = doc.children.filter((block) => this.isUntouched(block) || !isEmptyParagraph(this.tidy(block)));
    for (const [position, block] of blocks.entries()) {
      const index = (block.attrs['origin'] as number | null) ?? -1;
      const isFirstOfIt = index >= 0 && !seen.has(index);
      const original = isFirstOfIt ? this.originals[index] : undefined;
      seen.add(index);
      const written = this.write(block, original);
      const isNext = original !== undefined && index === beforeIndex + 1;
      if (position > 0) {
        out += isNext && this.fits(before, original, block, blocks[position - 1]) ? before?.gap : this.separator;
      }
      out += written;
      before = original;
      beforeIndex = original ? index : -2;
    }
    return out + this.tail(blocks.length);
  }

  private isUntouched(block: Node): boolean {
    return this.originals[block.attrs['origin'] as number]?.node.eq(block) ?? false;
  }

  private tidy(block: Node): Node {
    return this.format.tidy?.(block) ?? block;
  }

  private get separator() {
    return this.newlines.apply(this.format.separator);
  }

  /** What is behind the last block stays behind it, whichever it is now. */
  private tail(length: number): string {
    return length === 0 ? '' : (this.originals.at(-1)?.gap ?? '');
  }

  /** A heading may have its text on the next line; a paragraph made of it may not. */
  private fits(before: Original | undefined, original: Original, block: Node, previous: Node | undefined): boolean {
    if (!before || !previous) return false;
    if (/\n\s*\n/.test(before.gap)) return true;
    return original.node.type === block.type && before.node.type === previous.type;
  }

  private write(block: Node, original: Original | undefined): string {
    if (original && this.isUntouched(block)) return original.source;
    if (block.type === schema.nodes.card) return block.attrs['source'] as string;
    const known = this.tidy(original ? block : withoutOrigin(block));
    const spellings = this.format.spellings(known);
    const best = spellings.find((spelling) => isSame(this.format.parse(spelling), known)) ?? spellings.at(-1) ?? '';
    return this.newlines.apply(this.format.wrap?.(known, best) ?? best);
  }

  private nodeOf(source: string, plain: string, origin: number): Node {
    const node = this.format.parse(plain);
    if (node) {
      const isFaithful = this.format.spellings(node).some((spelling) => this.newlines.apply(spelling) === source);
      if (isFaithful) return node.type.create({ ...node.attrs, origin }, node.content);
    }
    return schema.nodes.card.create({ source, origin });
  }
}

const withoutOrigin = (node: Node): Node =>
  node.type.create({ ...node.attrs, origin: null, bare: false }, node.content);

/** Whether the editor shows the same for both. How they are spelled may differ. */
const isSame = (parsed: Node | null, block: Node): boolean => parsed !== null && shape(parsed) === shape(block);

function shape(node: Node): string {
  const marks = node.marks
    .filter(({ type }) => type.name !== 'spelling')
    .map(({ type, attrs }) => type.name + (attrs['href'] ?? ''));
  if (node.isText) return `${marks.join()}${JSON.stringify(node.text)}`;
  const { level = '', start = '', src = '', info = '' } = node.attrs;
  return `${node.type.name}${level}${start}${src}${info}${marks.join()}(${joined(node)})`;
}

/** Texts that differ only by the spelling of a character are one. */
function joined(node: Node): string {
  let out = '';
  let open = '';
  for (const child of node.children) {
    const written = shape(child);
    const quote = written.indexOf('"');
    const isNextPart = child.isText && open !== '' && written.startsWith(open);
    out = isNextPart ? out.slice(0, -1) + written.slice(quote + 1) : out + written;
    open = child.isText ? written.slice(0, quote + 1) : '';
  }
  return out;
}

const isEmptyParagraph = (node: Node) => node.type === schema.nodes.paragraph && node.content.size === 0;
