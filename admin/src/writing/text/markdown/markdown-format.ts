import type { Env, Token } from 'markdown-it';
import type { Node } from 'prosemirror-model';
import { NotRich } from '../not-rich.ts';
import type { Piece, TextFormat } from '../text-format.ts';
import { markdown } from './markdown-it.ts';
import { BlockParser } from './parse-block.ts';
import { tidy } from './tidy.ts';
import { writeBlock } from './write-block.ts';

/** Markdown. It keeps the definitions of links of the text that was split last: blocks refer to them. */
export function markdownFormat(): TextFormat {
  let references: Env['references'] = {};
  return {
    separator: '\n\n',
    split: (text) => {
      const env: Env = {};
      const tokens = markdown.parse(text, env);
      references = env.references ?? {};
      return piecesOf(text, tokens);
    },
    parse: (source) => {
      try {
        const tokens = markdown.parse(source, { references: { ...references } });
        const blocks = new BlockParser(tokens, source.split('\n')).blocks(undefined, 0);
        return blocks.length === 1 ? (blocks[0] ?? null) : null;
      } catch (error) {
        if (error instanceof NotRich || error instanceof RangeError) return null;
        throw error;
      }
    },
    tidy,
    spellings: (node: Node) =>
      [
        { escape: false },
        { escape: false, inverse: true },
        { escape: false, fullReferences: true },
        { escape: true, fullReferences: true },
        { escape: true, fullReferences: true, inverse: true },
      ].map((style) => writeBlock(node, style)),
  };
}

/** The lines of the outermost blocks; what no token is made of (definitions of links) is a piece too. */
function piecesOf(text: string, tokens: readonly Token[]): Piece[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (line: number) => starts[line] ?? text.length;
  const pieces: Piece[] = [];
  const add = (from: number, to: number, isCode: boolean) => {
    const source = text.slice(from, to);
    const trimmed = source.trimEnd();
    if (trimmed === '') return;
    // The blanks before indented code are a part of it.
    const lead = isCode ? 0 : (/^\s*\n/.exec(source)?.[0].length ?? 0);
    pieces.push({ from: from + lead, to: from + trimmed.length });
  };
  let done = 0;
  for (const { level, nesting, map, type } of tokens) {
    if (level !== 0 || nesting < 0 || !map) continue;
    add(done, offset(map[0]), false);
    add(offset(map[0]), offset(map[1]), type === 'code_block');
    done = offset(map[1]);
  }
  add(done, text.length, false);
  return pieces;
}
