/** A piece of HTML as it stands in the source. */
export interface HtmlToken {
  /** `raw`: an element whose inside is no running text, with all that it holds. */
  type: 'text' | 'open' | 'close' | 'comment' | 'raw';
  /** Of tags and raw elements, in small letters. */
  name: string;
  source: string;
}

const TAG = /<(\/?)([a-z][a-z0-9:-]*)[^<>]*>/iy;
/** Elements whose text means something else than running text: line ends in them are none of a paragraph's business. */
const RAW = new Set([
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
 * Cuts HTML into tags, comments and text; joined again the tokens are the source. Made for texts from anywhere: what
 * looks like a tag and is none is text, and the time it takes grows with the length alone.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  const ends = new EndFinder(html);
  let textFrom = 0;
  let at = html.indexOf('<');
  while (at >= 0) {
    const token = tokenAt(html, at, ends);
    if (token === null) {
      at = html.indexOf('<', at + 1);
      continue;
    }
    if (at > textFrom) yield { type: 'text', name: '', source: html.slice(textFrom, at) };
    yield token;
    textFrom = at + token.source.length;
    at = html.indexOf('<', textFrom);
  }
  if (textFrom < html.length) yield { type: 'text', name: '', source: html.slice(textFrom) };
}

function tokenAt(html: string, at: number, ends: EndFinder): HtmlToken | null {
  if (html.startsWith('<!--', at)) {
    const end = ends.after('-->', at + 4);
    return end < 0 ? null : { type: 'comment', name: '', source: html.slice(at, end) };
  }
  TAG.lastIndex = at;
  const [source, slash, tagName] = TAG.exec(html) ?? [];
  if (source === undefined || tagName === undefined) return null;
  const name = tagName.toLowerCase();
  if (slash === '/') return { type: 'close', name, source };
  const end = RAW.has(name) && !source.endsWith('/>') ? ends.after(`</${name}>`, at + source.length) : -1;
  return end < 0 ? { type: 'open', name, source } : { type: 'raw', name, source: html.slice(at, end) };
}

/** Looks for ends, and never twice for one that is not there: a thousand open comments would each read to the end. */
class EndFinder {
  readonly #html: string;
  #lower: string | null = null;
  readonly #missing = new Set<string>();

  constructor(html: string) {
    this.#html = html;
  }

  /** The place behind the next `end`, ignoring case; -1 if there is none. */
  after(end: string, from: number): number {
    if (this.#missing.has(end)) return -1;
    // Small letters of ASCII only: those of others may be longer than their capitals.
    this.#lower ??= this.#html.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
    const found = this.#lower.indexOf(end, from);
    if (found < 0) this.#missing.add(end);
    return found < 0 ? -1 : found + end.length;
  }
}
