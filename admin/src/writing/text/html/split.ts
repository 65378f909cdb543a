import type { Piece } from '../text-format.ts';
import { type HtmlToken, scan, VOID } from './scan.ts';

/** Elements that flow in a line. All others are blocks. */
const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark q rp rt ruby s ' +
    'samp small span strike strong sub sup time tt u var wbr'
  ).split(' '),
);
/** A block of WordPress: `<!-- wp:name {…} -->`, `<!-- /wp:name -->`, `<!-- wp:name /-->`. */
const WORDPRESS = /^\s*(\/?)wp:([\w/-]+)[\s\S]*?(\/?)$/;

/** Where the outermost blocks of HTML are. A text outside of elements is one up to the next blank line. */
export function splitHtml(text: string): Piece[] {
  const tokens = scan(text);
  const pieces: Piece[] = [];
  const add = (from: number, to: number) => {
    const source = text.slice(from, to);
    const lead = source.length - source.trimStart().length;
    if (lead < source.length) pieces.push({ from: from + lead, to: from + source.trimEnd().length });
  };
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as HtmlToken;
    const isInline = token.type === 'text' || (token.type !== 'comment' && INLINE.has(token.name));
    const end = isInline ? endOfRun(tokens, at) : endOfBlock(tokens, at);
    if (isInline) for (const [from, to] of paragraphs(tokens.slice(at, end))) add(from, to);
    else add(token.from, tokens[end - 1]?.to ?? token.to);
    at = end;
  }
  return pieces;
}

function endOfRun(tokens: readonly HtmlToken[], start: number): number {
  let at = start;
  while (at < tokens.length) {
    const { type, name } = tokens[at] as HtmlToken;
    // A comment that is alone is a block of its own.
    if (type === 'comment' ? WORDPRESS.test(name) || isAlone(tokens, at) : type !== 'text' && !INLINE.has(name)) break;
    at += 1;
  }
  return Math.max(at, start + 1);
}

const isAlone = (tokens: readonly HtmlToken[], at: number) =>
  /(?:^|\n)\s*$/.test(tokens[at - 1]?.source ?? '') && /^\s*(?:\n|$)/.test(tokens[at + 1]?.source ?? '');

/** Cuts a run of text at its blank lines, but not inside of elements. */
function* paragraphs(run: readonly HtmlToken[]): Generator<[number, number]> {
  let from = run[0]?.from ?? 0;
  let depth = 0;
  for (const token of run) {
    if (token.type === 'open' && !VOID.has(token.name)) depth += 1;
    else if (token.type === 'close') depth = Math.max(0, depth - 1);
    else if (token.type === 'text' && depth === 0) {
      for (const match of token.source.matchAll(/\n[^\S\n]*\n\s*/g)) {
        const at = token.from + match.index;
        if (at > from) yield [from, at];
        from = at + match[0].length;
      }
    }
  }
  const to = run.at(-1)?.to ?? from;
  if (to > from) yield [from, to];
}

/** The index behind the end of the block that begins here; of one without an end, behind the last token. */
function endOfBlock(tokens: readonly HtmlToken[], start: number): number {
  const first = tokens[start] as HtmlToken;
  const keyOf = first.type === 'comment' ? wordPressName : elementName;
  const own = keyOf(first);
  if (!own || own.isEmpty || own.isEnd) return start + 1;
  let depth = 1;
  for (let at = start + 1; at < tokens.length; at += 1) {
    const key = keyOf(tokens[at] as HtmlToken);
    if (!key || key.name !== own.name || key.isEmpty) continue;
    depth += key.isEnd ? -1 : 1;
    if (depth === 0) return at + 1;
  }
  return tokens.length;
}

function wordPressName({ type, name }: HtmlToken) {
  const match = type === 'comment' ? WORDPRESS.exec(name) : null;
  return match && { name: match[2], isEnd: match[1] !== '', isEmpty: match[3] !== '' };
}

const elementName = ({ type, name }: HtmlToken) =>
  type === 'text' || type === 'comment' ? null : { name, isEnd: type === 'close', isEmpty: VOID.has(name) };
