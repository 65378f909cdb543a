import type { Node } from 'prosemirror-model';

/** A piece of a text: a block, without the white space around it. */
export interface Piece {
  from: number;
  to: number;
}

/** What a language of texts has to be able to do. Lines end with `\n` here. */
export interface TextFormat {
  /** Where the blocks of a text are. What is between two of them is white space. */
  split: (text: string) => Piece[];
  /** Parses a block of the text that was split last; null when the editor cannot show it. */
  parse: (source: string) => Node | null;
  /** The ways to write a block, the plainest first. */
  spellings: (node: Node) => string[];
  /** A block without what this language cannot say and no reader sees, where there is such a thing. */
  tidy?: (node: Node) => Node;
  /** Joins two blocks that were not neighbours before. */
  separator: string;
  /** How a new block is written into this text, where that is more than the block itself. */
  wrap?: (node: Node, source: string) => string;
}
