import { BLANK_LINES, isBlankText, trimBlanks, trimBlanksEnd, trimBlanksStart } from './blanks.ts';
import type { HtmlToken } from './html-tokens.ts';
import { htmlTokens } from './html-tokens.ts';

const words = (list: string) => new Set(list.split(' '));

/** Elements that can contain paragraphs. */
const CONTAINERS = words(
  'div section article aside header footer nav main blockquote form fieldset li dd td th figure details center noscript',
);
/** Elements that contain text but no paragraphs. */
const TEXT_BLOCKS = words('p h1 h2 h3 h4 h5 h6 dt summary figcaption caption legend address');
/** Elements that contain only other elements: line breaks in them are source formatting. */
const STRUCTURES = words('table thead tbody tfoot tr colgroup ul ol dl menu hgroup map');
const VOID_BLOCKS = words('hr col area');
const BLOCKS = new Set([...CONTAINERS, ...TEXT_BLOCKS, ...STRUCTURES, ...VOID_BLOCKS, ...words('pre script style')]);

/** Returns whether an element is a block, which cannot be inside a paragraph. */
export function isBlock(name: string): boolean {
  return BLOCKS.has(name);
}

/**
 * Converts blank lines to paragraphs and line breaks to `<br />`. WordPress stores the text of its classic editor without
 * them and adds them when it serves a page (`wpautop`). Rubric serves content as stored, so the import adds them. Content
 * of the block editor, recognizable by its comments, has its own paragraphs and is returned unchanged, as in WordPress.
 *
 * Written from the documentation of WordPress. Unlike WordPress, this never leaves a paragraph unclosed: `<div>a`, a
 * blank line and `b</div>` become two complete paragraphs in a `div`.
 */
export function addParagraphs(html: string): string {
  if (html.includes('<!-- wp:')) return html;
  const writer = new ParagraphWriter();
  for (const token of htmlTokens(html.replace(/\r\n?/g, '\n'))) writer.write(token);
  return writer.end();
}

class ParagraphWriter {
  /** An array, because inspecting the end of a growing string repeatedly would take quadratic time. */
  readonly #html: string[] = [];
  /** The text and inline tags since the last block. */
  #inline: HtmlToken[] = [];
  readonly #openBlocks: string[] = [];
  /** The number of open blocks by name, to recognize a stray closing tag without a search. */
  readonly #openCounts = new Map<string, number>();

  write(token: HtmlToken): void {
    const { type, name, source } = token;
    if (!isBlock(name)) return void this.#inline.push(token);
    this.#flush();
    if (type === 'open' && this.#openBlocks.at(-1) === 'p') this.#close('p'); // as browsers do
    if (type === 'open' && !VOID_BLOCKS.has(name)) this.#open(name);
    if (type === 'close') this.#close(name);
    this.#html.push(type === 'open' && !VOID_BLOCKS.has(name) ? source : `${source}\n`);
  }

  end(): string {
    this.#flush();
    return trimBlanks(this.#html.join(''));
  }

  #open(name: string): void {
    this.#openBlocks.push(name);
    this.#openCounts.set(name, (this.#openCounts.get(name) ?? 0) + 1);
  }

  /** Closes the innermost block with this name and the unclosed blocks inside it. */
  #close(name: string): void {
    if (!this.#openCounts.get(name)) return;
    for (let last = ''; last !== name; ) {
      last = this.#openBlocks.pop() ?? name;
      this.#openCounts.set(last, (this.#openCounts.get(last) ?? 1) - 1);
    }
  }

  #flush(): void {
    const inline = this.#inline;
    const parent = this.#openBlocks.at(-1);
    this.#inline = [];
    if (inline.every(isBlank)) {
      const isAtStart = this.#html.at(-1)?.endsWith('\n') ?? true;
      if (!isAtStart && inline.some(({ source }) => source.includes('\n'))) this.#html.push('\n');
    } else if (parent !== undefined && STRUCTURES.has(parent)) {
      for (const { source } of inline) this.#html.push(source);
    } else {
      this.#html.push(paragraphs(inline, parent));
    }
  }
}

function paragraphs(inline: HtmlToken[], parent: string | undefined): string {
  const chunks = splitAtBlankLines(inline);
  if (parent === 'p') return chunks.map(toHtml).join('</p>\n<p>');
  if (parent !== undefined && TEXT_BLOCKS.has(parent)) return chunks.map(toHtml).join('<br />\n');
  // In list items and table cells, text without a blank line is not a paragraph.
  const hasNoParagraphs = parent !== undefined && parent !== 'blockquote' && !inline.some(hasBlankLine);
  if (hasNoParagraphs) return chunks.map(toHtml).join('');
  // A comment without text, such as <!--more-->, is not a paragraph.
  const isComment = (chunk: HtmlToken[]) => chunk.every((token) => token.type === 'comment' || isBlank(token));
  return chunks.map((chunk) => (isComment(chunk) ? `${toHtml(chunk)}\n` : `<p>${toHtml(chunk)}</p>\n`)).join('');
}

const isBlank = ({ type, source }: HtmlToken) => type === 'text' && isBlankText(source);
const hasBlankLine = ({ type, source }: HtmlToken) => type === 'text' && BLANK_LINES.test(source);

/** Splits tokens at blank lines and drops empty chunks. */
function splitAtBlankLines(inline: HtmlToken[]): HtmlToken[][] {
  const chunks: HtmlToken[][] = [[]];
  for (const token of inline) {
    const sources = token.type === 'text' ? token.source.split(BLANK_LINES) : [token.source];
    for (const [index, source] of sources.entries()) {
      if (index > 0) chunks.push([]);
      chunks.at(-1)?.push({ ...token, source });
    }
  }
  return chunks.filter((chunk) => !chunk.every(isBlank));
}

/** Returns the HTML of a chunk: trimmed, with a `<br />` for each line break that does not follow one. */
function toHtml(chunk: HtmlToken[]): string {
  const first = chunk.findIndex((token) => !isBlank(token));
  const last = chunk.findLastIndex((token) => !isBlank(token));
  let html = '';
  let followsBr = false;
  for (const [index, { type, name, source }] of chunk.slice(first, last + 1).entries()) {
    const start = index === 0 ? trimBlanksStart(source) : source;
    const text = index === last - first ? trimBlanksEnd(start) : start;
    html += type === 'text' ? addLineBreaks(text, followsBr) : source;
    if (type !== 'text' || !isBlankText(text)) followsBr = name === 'br';
  }
  return html;
}

function addLineBreaks(text: string, followsBr: boolean): string {
  const [first = '', ...rest] = text.split('\n');
  if (rest.length === 0) return text;
  const lines = [trimBlanksEnd(first), ...rest.map(trimBlanksStart)];
  return followsBr && isBlankText(first) ? `\n${lines.slice(1).join('<br />\n')}` : lines.join('<br />\n');
}
