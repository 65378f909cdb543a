import type { Node } from 'prosemirror-model';

/**
 * A block without what Markdown cannot say and no reader sees: blanks at the ends of lines (four in front would be code), a
 * break at the end (its backslash would be shown), and empty paragraphs among others.
 */
export function tidy(node: Node): Node {
  if (node.isTextblock) return node.type.spec.code ? node : node.type.create(node.attrs, linesOf(node), node.marks);
  if (node.isLeaf) return node;
  const children = node.children.map(tidy);
  const isItem = node.type.name === 'list_item';
  const filled = children.filter((child, index) => !isEmptyParagraph(child) || (isItem && index === 0));
  return node.type.create(node.attrs, filled.length > 0 ? filled : children.slice(0, 1), node.marks);
}

const isEmptyParagraph = ({ type, childCount }: Node) => type.name === 'paragraph' && childCount === 0;
const isBreak = ({ type: { name } }: Node) => name === 'hard_break' || name === 'soft_break';

function linesOf({ children }: Node): Node[] {
  const fromFront = children.reduce<Node[]>((before, child) => withoutBlanks(before, child, /^[ \t]+/), []);
  const fromBack = fromFront.reduceRight<Node[]>(
    (after, child) => (after.length === 0 && isBreak(child) ? after : withoutBlanks(after, child, /[ \t]+$/)),
    [],
  );
  return fromBack.toReversed();
}

/** Adds a node to those before it on the way, without the blanks if it is the first of its line. */
function withoutBlanks(before: Node[], child: Node, blanks: RegExp): Node[] {
  const previous = before.at(-1);
  const isFirst = previous === undefined || isBreak(previous);
  const isPlain = child.isText && !child.marks.some(({ type: { name } }) => name === 'code' || name === 'spelling');
  const text = isFirst && isPlain ? (child.text ?? '').replace(blanks, '') : undefined;
  if (text === undefined) before.push(child);
  else if (text !== '') before.push(child.type.schema.text(text, child.marks));
  return before;
}
