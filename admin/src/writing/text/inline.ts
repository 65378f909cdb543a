import type { Mark, Node } from 'prosemirror-model';

export interface InlineWriter {
  open: (mark: Mark) => string;
  close: (mark: Mark) => string;
  /** A text or a leaf, with the marks that are open around it. */
  leaf: (node: Node, isFirst: boolean) => string;
  /** Marks that enclose nothing but are of the leaf itself. */
  isOfLeaf: (mark: Mark) => boolean;
  /** Of two marks with the same reach, whether the later in the schema is the outer one. */
  inverse?: boolean;
}

/** Writes the children of a paragraph, with as few and as well nested marks as there can be. */
export function writeInline(parent: Node, writer: InlineWriter): string {
  const children = [...parent.children];
  let out = '';
  let open: Mark[] = [];
  for (const [index, child] of children.entries()) {
    const marks = child.marks.filter((mark) => !writer.isOfLeaf(mark));
    const closed = open.findIndex((mark) => !mark.isInSet(marks));
    const kept = closed < 0 ? open : open.slice(0, closed);
    for (const mark of open.slice(kept.length).toReversed()) out += writer.close(mark);
    const opened = marks
      .filter((mark) => !mark.isInSet(kept))
      .map((mark) => ({ mark, reach: reachOf(mark, children, index) }));
    if (writer.inverse) opened.reverse();
    opened.sort((a, b) => b.reach - a.reach);
    for (const { mark } of opened) out += writer.open(mark);
    open = [...kept, ...opened.map(({ mark }) => mark)];
    out += writer.leaf(child, index === 0);
  }
  for (const mark of open.toReversed()) out += writer.close(mark);
  return out;
}

/** How many children from here on have the mark. The mark that reaches farthest is opened first. */
function reachOf(mark: Mark, children: readonly Node[], from: number): number {
  let to = from;
  while (to < children.length && mark.isInSet(children[to]?.marks ?? [])) to += 1;
  return to;
}
