import { htmlTokens } from './html-tokens.ts';
import type { HtmlToken } from './html-tokens.ts';

/** Elements that stand for themselves and in no paragraph, by what may be directly inside. */
const CONTAINERS = words('div section article aside header footer nav main blockquote form fieldset li dd td th figure');
CONTAINERS.add('details').add('center').add('noscript');
/** These hold a line of text, never a paragraph. */
const LINES = words('p h1 h2 h3 h4 h5 h6 dt summary figcaption caption legend address');
/** And these other elements only: line ends in them are there for the reader of the source. */
const STRUCTURES = words('table thead tbody tfoot tr colgroup ul ol dl menu hgroup map');
const LONE = words('hr col area');
const RAW_BLOCKS = words('pre script style');

function words(list: string): Set<string> {
  return new Set(list.split(' '));
}

export function isBlock(name: string): boolean {
  return [CONTAINERS, LINES, STRUCTURES, LONE, RAW_BLOCKS].some((elements) => elements.has(name));
}

/**
 * WordPress stores what its classic editor shows, and makes paragraphs of blank lines and `<br>` of line ends only when
 * it serves a page. Rubric serves content as it is stored, so the import does it. The block editor writes its paragraphs
 * itself; a text that has its marks is left alone, as WordPress does.
 *
 * Written from what WordPress is documented to do, and unlike it never leaves a paragraph open: `<div>a`, a blank line and
 * `b</div>` are two paragraphs in a `div`.
 */
export function withParagraphs(html: string): string {
  if (html.trim() === '') return '';
  if (html.includes('<!-- wp:')) return html;
  const writer = new ParagraphWriter();
  for (const token of htmlTokens(html.replace(/\r\n?/g, '\n'))) writer.write(token);
  return writer.end();
}

class ParagraphWriter {
  #html = '';
  /** What stands between two blocks: text and the tags in it. */
  #run: HtmlToken[] = [];
  readonly #open: string[] = [];
  /** How many of each are open, so that a stray closing tag is known without a search. */
  readonly #depths = new Map<string, number>();

  write(token: HtmlToken): void {
    const { type, name, source } = token;
    const isTag = type === 'open' || type === 'close' || type === 'raw';
    if (!isTag || !isBlock(name)) {
      this.#run.push(token);
      return;
    }
    this.#flush();
    if (type === 'open' && this.#open.at(-1) === 'p') this.#close('p'); // as every browser reads it
    if (type === 'close') this.#close(name);
    if (type === 'open' && !LONE.has(name)) this.#enter(name);
    this.#html += type === 'close' ? `${source}\n` : source;
    if (type === 'raw' || LONE.has(name)) this.#html += '\n';
  }

  end(): string {
    this.#flush();
    return this.#html.trim();
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
    this.#run = [];
    const source = run.map((token) => token.source).join('');
    const inside = this.#open.at(-1);
    if (source.trim() === '') {
      if (inside === undefined || !this.#html.endsWith('\n')) this.#html += source.includes('\n') ? '\n' : source;
    } else if (inside !== undefined && STRUCTURES.has(inside)) {
      this.#html += source;
    } else {
      this.#html += this.#paragraphs(run, inside);
    }
  }

  #paragraphs(run: HtmlToken[], inside: string | undefined): string {
    const chunks = chunksOf(run);
    const isLine = inside !== undefined && LINES.has(inside);
    // In a list item or a cell, text is a paragraph only where a blank line says so.
    const wantsNone = inside !== undefined && inside !== 'blockquote' && chunks.length === 1 && !hasBlankLine(run);
    if (isLine || wantsNone) return chunks.map(({ html }) => html).join('<br />\n');
    return chunks.map(({ html, hasContent }) => (hasContent ? `<p>${html}</p>\n` : `${html}\n`)).join('');
  }
}

interface Chunk {
  html: string;
  /** A comment alone, such as `<!--more-->`, makes no paragraph. */
  hasContent: boolean;
}

const BLANK_LINES = /\n[^\S\n]*(?:\n[^\S\n]*)+/;

function hasBlankLine(run: HtmlToken[]): boolean {
  return run.some(({ type, source }) => type === 'text' && BLANK_LINES.test(source));
}

/** Parts a run at its blank lines, trims what is left, and makes each line end in it a `<br />`. */
function chunksOf(run: HtmlToken[]): Chunk[] {
  const chunks: Chunk[] = [];
  let tokens: HtmlToken[] = [];
  const finish = () => {
    const chunk = chunkOf(tokens);
    if (chunk.html !== '') chunks.push(chunk);
    tokens = [];
  };
  for (const token of run) {
    const [first = '', ...rest] = token.type === 'text' ? token.source.split(BLANK_LINES) : [token.source];
    tokens.push({ ...token, source: first });
    for (const source of rest) {
      finish();
      tokens.push({ ...token, source });
    }
  }
  finish();
  return chunks;
}

function chunkOf(tokens: HtmlToken[]): Chunk {
  let html = '';
  let afterBreak = true;
  for (const [place, { type, name, source }] of tokens.entries()) {
    if (type !== 'text') html += source;
    else {
      const isLast = tokens.slice(place + 1).every((token) => token.type === 'text' && token.source.trim() === '');
      html += broken(source, afterBreak, isLast);
    }
    if (type !== 'text' || source.trim() !== '') afterBreak = name === 'br';
  }
  const hasContent = tokens.some(({ type, source }) => type !== 'comment' && source.trim() !== '');
  return { html: html.trim(), hasContent };
}

/** Line ends at the very start, at the end, and after a `<br>` break nothing. */
function broken(text: string, afterBreak: boolean, isLast: boolean): string {
  const lines = text.split('\n').map((line, place) => (place === 0 ? line : line.trimStart()));
  let html = lines[0] ?? '';
  for (const [place, line] of lines.entries()) {
    if (place === 0) continue;
    const isNothing = (afterBreak && html.trim() === '') || (isLast && line.trim() === '' && place === lines.length - 1);
    html = `${html.trimEnd()}${isNothing ? '' : '<br />'}\n${line}`;
  }
  return html;
}
