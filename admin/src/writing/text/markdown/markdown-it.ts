import MarkdownIt, { type StateBlock, type StateInline } from 'markdown-it';

/** The server's Markdown (CommonMark with tables, strikethrough and footnotes), with what it loses of the source. */
export const markdown = new MarkdownIt({ html: true });
// Addresses stay as they are written.
markdown.validateLink = () => true;
markdown.normalizeLink = (url) => url;
// Escapes and entities stay apart from the text around them.
markdown.core.ruler.disable('text_join');
markdown.inline.ruler.before('link', 'footnote_ref', footnoteReference);
markdown.inline.ruler.before('link', 'reference_link', referenceLink);
markdown.block.ruler.before('reference', 'footnote_definition', footnoteDefinition, {
  alt: ['paragraph', 'reference'],
});

const REFERENCE = /\[\^([^\s\]^[]+)\]/y;
const DEFINITION = /^ {0,3}\[\^[^\s\]^[]+\]:/;

function footnoteReference(state: StateInline, silent: boolean): boolean {
  REFERENCE.lastIndex = state.pos;
  const match = REFERENCE.exec(state.src);
  if (!match) return false;
  if (!silent) state.push('footnote_ref', '', 0).meta = { label: match[1] };
  state.pos += match[0].length;
  return true;
}

/** A definition reaches to the next line that is neither indented nor part of its paragraph. */
function footnoteDefinition(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  const lineAt = (line: number) =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  if (state.level > 0 || !DEFINITION.test(lineAt(start))) return false;
  if (silent) return true;
  let line = start + 1;
  let wasEmpty = false;
  for (; line < end; line += 1) {
    const isEmpty = state.isEmpty(line);
    const isIndented = (state.sCount[line] ?? 0) >= 4;
    if (!isEmpty && !isIndented && (wasEmpty || DEFINITION.test(lineAt(line)))) break;
    wasEmpty = isEmpty;
  }
  const token = state.push('footnote_definition', '', 0);
  token.map = [start, line];
  state.line = line;
  return true;
}

/** `[text][label]`, `[label][]` and `[label]`. markdown-it knows them too, but forgets how they were written. */
function referenceLink(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax, md } = state;
  if (src[pos] !== '[') return false;
  const end = md.helpers.parseLinkLabel(state, pos, true);
  if (end < 0 || src[end + 1] === '(') return false;
  const closing = src[end + 1] === '[' ? md.helpers.parseLinkLabel(state, end + 1) : -1;
  const suffix = closing < 0 ? '' : src.slice(end + 1, closing + 1);
  const label = suffix.slice(1, -1) || src.slice(pos + 1, end);
  const reference = state.env.references?.[md.utils.normalizeReference(label)];
  if (!reference) return false;
  if (!silent) {
    const token = state.push('link_open', 'a', 1);
    token.attrs = [['href', reference.href]];
    token.meta = { label, suffix };
    state.pos = pos + 1;
    state.posMax = end;
    state.linkLevel += 1;
    md.inline.tokenize(state);
    state.linkLevel -= 1;
    state.push('link_close', 'a', -1);
  }
  state.pos = end + 1 + suffix.length;
  state.posMax = posMax;
  return true;
}
