import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import plugin from 'markdown-it-footnote';

/** The state that the plugin collects while it parses. */
interface Footnotes {
  /** In the order of their first references. Absent without references. */
  list?: { label: string; count: number }[];
}

/**
 * Adds footnotes, `[^1]` and `[^1]: text`. The plugin parses and renders them. Its rule that moves them to the end copies
 * all tokens for each footnote (4,000 footnotes took 1.5 s), so it is replaced. `^[text]` is disabled: GitHub has no such
 * footnote, and it changed the meaning of plain text.
 */
export function footnotes(md: MarkdownIt) {
  plugin(md);
  md.inline.ruler.disable('footnote_inline');
  md.core.ruler.at('footnote_tail', appendFootnotes);
}

function appendFootnotes(state: StateCore) {
  const { list } = (state.env['footnotes'] ?? {}) as Footnotes;
  const { body, definitions } = separate(state.tokens);
  state.tokens = body;
  if (!list) return;
  const add = (type: string, nesting: -1 | 0 | 1, meta: Token['meta'] = null) => {
    const token = new state.Token(type, '', nesting);
    token.meta = meta;
    body.push(token);
  };
  add('footnote_block_open', 1);
  for (const [id, { label, count }] of list.entries()) {
    add('footnote_open', 1, { id, label });
    for (const token of definitions.get(label) ?? []) body.push(token);
    // The links back belong into the last paragraph.
    const paragraphEnd = body.at(-1)?.type === 'paragraph_close' ? body.pop() : undefined;
    for (let subId = 0; subId < count; subId += 1) add('footnote_anchor', 0, { id, subId, label });
    if (paragraphEnd) body.push(paragraphEnd);
    add('footnote_close', -1);
  }
  add('footnote_block_close', -1);
}

/** Takes the definitions of footnotes out of a text. */
function separate(tokens: Token[]) {
  const body: Token[] = [];
  const definitions = new Map<string, Token[]>();
  let target = body;
  for (const token of tokens) {
    if (token.type === 'footnote_reference_open') {
      target = [];
      definitions.set((token.meta as { label: string }).label, target);
    } else if (token.type === 'footnote_reference_close') target = body;
    else target.push(token);
  }
  return { body, definitions };
}
