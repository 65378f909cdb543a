import type { Node } from 'prosemirror-model';
import { NotRich } from '../not-rich.ts';
import type { TextFormat } from '../text-format.ts';
import { HtmlParser } from './parse.ts';
import { splitHtml } from './split.ts';
import { kindOf, unwrap, type Wrap, wrapBlock } from './wordpress.ts';
import { writeHtml } from './write.ts';

/** HTML, with the blocks of WordPress. It remembers whether the text that was split last has such blocks. */
export function htmlFormat(): TextFormat {
  let isWordPress = false;
  const withWrap = (node: Node, source: string): string => {
    const wrap = node.attrs['wrap'] as Wrap | null;
    if (wrap && wrap.kind === kindOf(node)) return wrap.open + source + wrap.close;
    return isWordPress || wrap ? wrapBlock(node, source) : source;
  };
  return {
    separator: '\n\n',
    split: (text) => {
      isWordPress = /<!--\s*wp:/.test(text);
      return splitHtml(text);
    },
    parse: (source) => {
      try {
        const wrapped = unwrap(source);
        const node = new HtmlParser(wrapped?.inner ?? source).document();
        if (!wrapped && !isWordPress) return node;
        const { open, close } = wrapped ?? { open: '', close: '' };
        return node.type.create({ ...node.attrs, wrap: { open, close, kind: kindOf(node) } }, node.content);
      } catch (error) {
        // RangeError: the tree would not be one of the schema.
        if (error instanceof NotRich || error instanceof RangeError) return null;
        throw error;
      }
    },
    spellings: (node) => [false, true].map((inverse) => withWrap(node, writeHtml(node, inverse))),
  };
}
