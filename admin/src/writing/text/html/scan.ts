/** A piece of HTML source. */
export interface HtmlToken {
  type: 'text' | 'open' | 'close' | 'comment';
  /** The name of the element in small letters; of a comment its text. */
  name: string;
  /** The name as it is written. */
  tag: string;
  /** The attributes as they are written, with the white space before them, and a `/` at the end. */
  raw: string;
  source: string;
  from: number;
  to: number;
}

const TAG = /<(\/?)([a-z][^\s/>]*)((?:\s+|\/(?!>)|[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*\s*\/?)>/iy;
const COMMENT = /<!--([\s\S]*?)-->/y;
/** What is in these is no markup. */
const RAW_TEXT = new Set(['script', 'style', 'textarea', 'title', 'iframe', 'noscript', 'xmp']);

export const VOID = new Set(['br', 'hr', 'img', 'input', 'col', 'wbr', 'embed', 'source', 'track', 'area', 'param']);

/** Splits HTML into tokens. Together their sources are the text. */
export function scan(text: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  let from = 0;
  let at = 0;
  const add = (type: HtmlToken['type'], to: number, tag = '', raw = '') => {
    tokens.push({ type, name: tag.toLowerCase(), tag, raw, source: text.slice(at, to), from: at, to });
    at = to;
  };
  const flush = (to: number) => {
    at = from;
    if (to > from) add('text', to);
    at = to;
  };
  for (let next = text.indexOf('<'); next >= 0; next = text.indexOf('<', next)) {
    const comment = matchAt(COMMENT, text, next);
    const tag = comment ? null : matchAt(TAG, text, next);
    if (!comment && !tag) {
      next += 1;
      continue;
    }
    flush(next);
    if (comment) add('comment', next + comment[0].length, comment[1]);
    else if (tag) {
      add(tag[1] ? 'close' : 'open', next + tag[0].length, tag[2], tag[3]);
      const name = (tag[2] ?? '').toLowerCase();
      if (!tag[1] && RAW_TEXT.has(name)) {
        const close = text.toLowerCase().indexOf(`</${name}`, at);
        from = at;
        flush(close < 0 ? text.length : close);
      }
    }
    from = at;
    next = at;
  }
  flush(text.length);
  return tokens;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
