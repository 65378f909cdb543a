import type { HtmlToken } from './html-tokens.ts';
import { htmlTokens } from './html-tokens.ts';

const words = (list: string) => new Set(list.split(' '));

/** Elements in which paragraphs may stand. */
const CONTAINERS = words(
  'div section article aside header footer nav main blockquote form fieldset li dd td th figure details center noscript',
);
/** These hold a line of text, never a paragraph. */
const LINES = words('p h1 h2 h3 h4 h5 h6 dt summary figcaption caption legend address');
/** And these other elements only: line ends in them are there for the reader of the source. */
const STRUCTURES = words('table thead tbody tfoot tr colgroup ul ol dl menu hgroup map');
const LONE = words('hr col area');
const BLOCKS = new Set([...CONTAINERS, ...LINES, ...STRUCTURES, ...LONE, ...words('pre script style')]);

/** Whether an element stands for itself and in no paragraph. */
export function isBlock(name: string): boolean {
  return BLOCKS.has(name);
}

/**
 * WordPress stores what its classic editor shows, and makes paragraphs of blank lines and `<br>` of line ends only when
 * it serves a page. Rubric serves content as it is stored, so the import does it. The block editor writes its paragraphs
 * itself; a text that has its marks is left alone, as WordPress does.
 *
 * Written from what WordPress is documented to do. Unlike it this never leaves a paragraph open: `<div>a`, a blank line
 * and `b</div>` are two whole paragraphs in a `div`.
 */
export function withParagraphs(html: string): string {
  if (html.includes('<!-- wp:')) return html;
  const writer = new ParagraphWriter();
  for (const token of htmlTokens(html.replace(/\r\n?/g, '\n'))) writer.write(token);
  return writer.end();
}

class ParagraphWriter {
  /** Pieces and not one string: looking at its end, time and again, would take the square of its length. */
  readonly #html: string[] = [];
  /** What stands between two blocks: text and the tags in it. */
  #run: HtmlToken[] = [];
  readonly #open: string[] = [];
  /** How many of each are open, so that a stray closing tag is known without a search. */
  readonly #depths = new Map<string, number>();

  write(token: HtmlToken): void {
    const { type, name, source } = token;
    if (!isBlock(name)) return void this.#run.push(token);
    this.#flush();
    if (type === 'open' && this.#open.at(-1) === 'p') this.#close('p'); // as every browser reads it
    if (type === 'open' && !LONE.has(name)) this.#enter(name);
    if (type === 'close') this.#close(name);
    this.#html.push(type === 'open' && !LONE.has(name) ? source : `${source}\n`);
  }

  end(): string {
    this.#flush();
    return this.#html.join('').trim();
  }

  #enter(name: string): void {
    this.#open.push(name);
    this.#depths.set(name, (this.#depths.get(name) ?? 0) + 1);
  }

  /** Closes the innermost element of that name, and those inside that were left open. */
  #close(name: string): void {
    if (!this.#depths.get(name)) return;
    for (let last = ''; last !== name; ) {
      last = this.#open.pop() ?? name;
      this.#depths.set(last, (this.#depths.get(last) ?? 1) - 1);
    }
  }

  #flush(): void {
    const run = this.#run;
    const inside = this.#open.at(-1);
    this.#run = [];
    if (run.every(isBlank)) {
      const isAtStart = this.#html.at(-1)?.endsWith('\n') ?? true;
      if (!isAtStart && run.some(({ source }) => source.includes('\n'))) this.#html.push('\n');
    } else if (inside !== undefined && STRUCTURES.has(inside)) {
      for (const { source } of run) this.#html.push(source);
    } else {
      this.#html.push(paragraphs(run, inside));
    }
  }
}

function paragraphs(run: HtmlToken[], inside: string | undefined): string {
  const chunks = chunksOf(run);
  if (inside === 'p') return chunks.map(markup).join('</p>\n<p>');
  if (inside !== undefined && LINES.has(inside)) return chunks.map(markup).join('<br />\n');
  // In a list item or a cell, text is a paragraph only where a blank line says so.
  const isPlain = inside !== undefined && inside !== 'blockquote' && !run.some(hasBlankLine);
  if (isPlain) return chunks.map(markup).join('');
  // A comment alone, such as <!--more-->, makes no paragraph.
  const isComment = (chunk: HtmlToken[]) => chunk.every((token) => token.type === 'comment' || isBlank(token));
  return chunks.map((chunk) => (isComment(chunk) ? `${markup(chunk)}\n` : `<p>${markup(chunk)}</p>\n`)).join('');
}

const BLANK_LINES = /\n[^\S\n]*(?:\n[^\S\n]*)+/;

const isBlank = ({ type, source }: HtmlToken) => type === 'text' && source.trim() === '';
const hasBlankLine = ({ type, source }: HtmlToken) => type === 'text' && BLANK_LINES.test(source);

/** Parts a run at its blank lines; parts with nothing in them are left out. */
function chunksOf(run: HtmlToken[]): HtmlToken[][] {
  const chunks: HtmlToken[][] = [[]];
  for (const token of run) {
    const pieces = token.type === 'text' ? token.source.split(BLANK_LINES) : [token.source];
    for (const [place, source] of pieces.entries()) {
      if (place > 0) chunks.push([]);
      chunks.at(-1)?.push({ ...token, source });
    }
  }
  return chunks.filter((chunk) => !chunk.every(isBlank));
}

/** A part as HTML: trimmed, and each line end in its text a `<br />`, unless one stands before it. */
function markup(chunk: HtmlToken[]): string {
  const first = chunk.findIndex((token) => !isBlank(token));
  const last = chunk.findLastIndex((token) => !isBlank(token));
  let html = '';
  let afterBreak = false;
  for (const [place, { type, name, source }] of chunk.slice(first, last + 1).entries()) {
    const start = place === 0 ? source.trimStart() : source;
    const text = place === last - first ? start.trimEnd() : start;
    html += type === 'text' ? broken(text, afterBreak) : source;
    if (type !== 'text' || text.trim() !== '') afterBreak = name === 'br';
  }
  return html;
}

function broken(text: string, afterBreak: boolean): string {
  const [first = '', ...rest] = text.split('\n');
  if (rest.length === 0) return text;
  const lines = [first.trimEnd(), ...rest.map((line) => line.trimStart())];
  return afterBreak && first.trim() === '' ? `\n${lines.slice(1).join('<br />\n')}` : lines.join('<br />\n');
}
