/** A token of HTML, with its source text. */
export interface HtmlToken {
  /** `raw`: a whole element whose content is not prose, such as `<pre>`. */
  type: 'text' | 'open' | 'close' | 'comment' | 'raw';
  /** The lowercase name of a tag or raw element, else ''. */
  name: string;
  source: string;
}

const TAG = /<(\/?)([a-z][a-z0-9:-]*)[^<>]*>/iy;
/** Elements whose content is not prose, so its line breaks do not become paragraphs. */
const RAW_ELEMENTS = new Set([
  'pre',
  'script',
  'style',
  'textarea',
  'svg',
  'math',
  'object',
  'video',
  'audio',
  'select',
  'iframe',
  'canvas',
]);

/**
 * Splits HTML into tags, comments and text. The concatenated sources of the tokens are the input. Accepts any input:
 * malformed tags become text, and the running time is linear in the length.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  const terminators = new TerminatorFinder(html);
  let textStart = 0;
  let start = html.indexOf('<');
  while (start >= 0) {
    const token = tokenAt(html, start, terminators);
    if (token === null) {
      start = html.indexOf('<', start + 1);
      continue;
    }
    if (start > textStart) yield { type: 'text', name: '', source: html.slice(textStart, start) };
    yield token;
    textStart = start + token.source.length;
    start = html.indexOf('<', textStart);
  }
  if (textStart < html.length) yield { type: 'text', name: '', source: html.slice(textStart) };
}

/** Returns null if the `<` at `start` does not start a tag or a comment. */
function tokenAt(html: string, start: number, terminators: TerminatorFinder): HtmlToken | null {
  if (html.startsWith('<!--', start)) {
    const end = terminators.endOf('-->', start + 4);
    return end < 0 ? null : { type: 'comment', name: '', source: html.slice(start, end) };
  }
  TAG.lastIndex = start;
  const [source, slash, tagName] = TAG.exec(html) ?? [];
  if (source === undefined || tagName === undefined) return null;
  const name = tagName.toLowerCase();
  if (slash === '/') return { type: 'close', name, source };
  const end =
    RAW_ELEMENTS.has(name) && !source.endsWith('/>') ? terminators.endOf(`</${name}>`, start + source.length) : -1;
  return end < 0 ? { type: 'open', name, source } : { type: 'raw', name, source: html.slice(start, end) };
}

/** Finds terminators and caches missing ones: a thousand unclosed comments would each scan to the end of the text. */
class TerminatorFinder {
  readonly #html: string;
  #lower: string | null = null;
  readonly #missing = new Set<string>();

  constructor(html: string) {
    this.#html = html;
  }

  /** Returns the index after the next `terminator`, ignoring case, or -1 if there is none. */
  endOf(terminator: string, from: number): number {
    if (this.#missing.has(terminator)) return -1;
    // Lowercases ASCII only: other lowercase letters can be longer than their capitals, which would shift the indexes.
    this.#lower ??= this.#html.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
    const position = this.#lower.indexOf(terminator, from);
    if (position < 0) this.#missing.add(terminator);
    return position < 0 ? -1 : position + terminator.length;
  }
}
