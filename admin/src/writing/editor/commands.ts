import { setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import type { Attrs, NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, wrapInList } from 'prosemirror-schema-list';
import { type Command, type EditorState, TextSelection } from 'prosemirror-state';
import { schema } from '../text/schema.ts';

const { nodes, marks } = schema;

/** What can be done to a text. The texts have their names. */
export type TextCommand =
  | 'paragraph'
  | 'heading2'
  | 'heading3'
  | 'heading4'
  | 'bulletList'
  | 'orderedList'
  | 'quote'
  | 'code'
  | 'table'
  | 'rule'
  | 'source'
  | 'strong'
  | 'em'
  | 'strike'
  | 'inlineCode';

/** An image is not there before its address is asked for. */
export type BlockCommand = TextCommand | 'image';

/** The kinds of blocks, for the slash menu and the bar, with what they are also called. */
export const BLOCK_COMMANDS: { name: BlockCommand; words: string }[] = [
  { name: 'paragraph', words: 'text plain p' },
  { name: 'heading2', words: 'h2 title' },
  { name: 'heading3', words: 'h3 subtitle' },
  { name: 'heading4', words: 'h4' },
  { name: 'bulletList', words: 'ul unordered points' },
  { name: 'orderedList', words: 'ol numbers' },
  { name: 'quote', words: 'blockquote citation' },
  { name: 'code', words: 'pre monospace' },
  { name: 'image', words: 'picture photo img' },
  { name: 'table', words: 'grid rows columns' },
  { name: 'rule', words: 'divider line hr' },
  { name: 'source', words: 'html embed raw shortcode' },
];

/** Puts a block in the place of an empty line, or behind the present block. */
const insert =
  (make: () => ReturnType<NodeType['create']>): Command =>
  (state, dispatch) => {
    const { $from } = state.selection;
    const depth = Math.min(1, $from.depth);
    if (depth === 0) return false;
    const isEmpty = $from.depth === 1 && $from.parent.content.size === 0;
    const at = isEmpty ? $from.before(1) : $from.after(1);
    if (dispatch) {
      const node = make();
      const tr = isEmpty ? state.tr.replaceWith(at, $from.after(1), node) : state.tr.insert(at, node);
      if (at + node.nodeSize >= tr.doc.content.size) tr.insert(tr.doc.content.size, nodes.paragraph.create());
      const inside = node.isAtom && !node.isTextblock ? at + node.nodeSize : at;
      dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(inside + 1))).scrollIntoView());
    }
    return true;
  };

const newTable = () => {
  const row = (type: NodeType) =>
    nodes.table_row.create(
      null,
      [0, 1, 2].map(() => type.create(null, nodes.paragraph.create({ bare: true }))),
    );
  return nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]);
};

/** A block of another kind is out of its list first. */
const block =
  (type: NodeType, attrs?: Attrs): Command =>
  (state, dispatch) => {
    if (setBlockType(type, attrs)(state, dispatch)) return true;
    return liftListItem(nodes.list_item)(state, dispatch);
  };

const list =
  (type: NodeType): Command =>
  (state, dispatch) => {
    if (isInside(state, type)) return liftListItem(nodes.list_item)(state, dispatch);
    return wrapInList(type)(state, dispatch);
  };

export const COMMANDS: Record<TextCommand, Command> = {
  paragraph: block(nodes.paragraph),
  heading2: block(nodes.heading, { level: 2 }),
  heading3: block(nodes.heading, { level: 3 }),
  heading4: block(nodes.heading, { level: 4 }),
  bulletList: list(nodes.bullet_list),
  orderedList: list(nodes.ordered_list),
  quote: (state, dispatch) => wrapIn(nodes.blockquote)(state, dispatch),
  code: block(nodes.code_block),
  table: insert(newTable),
  rule: insert(() => nodes.horizontal_rule.create()),
  source: insert(() => nodes.card.create({ source: '' })),
  strong: toggleMark(marks.strong),
  em: toggleMark(marks.em),
  strike: toggleMark(marks.strike),
  inlineCode: toggleMark(marks.code),
};

export const indent = sinkListItem(nodes.list_item);
export const outdent = liftListItem(nodes.list_item);

const BLOCKS: Partial<Record<TextCommand, { type: NodeType; level?: number }>> = {
  heading2: { type: nodes.heading, level: 2 },
  heading3: { type: nodes.heading, level: 3 },
  heading4: { type: nodes.heading, level: 4 },
  bulletList: { type: nodes.bullet_list },
  orderedList: { type: nodes.ordered_list },
  quote: { type: nodes.blockquote },
  code: { type: nodes.code_block },
  table: { type: nodes.table },
};
const MARKS = { strong: marks.strong, em: marks.em, strike: marks.strike, inlineCode: marks.code };

/** The names of what the selection is in and marked with. A text, so that the bar is drawn again only when it changes. */
export const activeCommands = (state: EditorState): string =>
  ([...Object.keys(BLOCKS), ...Object.keys(MARKS)] as TextCommand[]).filter((name) => isActive(state, name)).join(' ');

function isActive(state: EditorState, name: TextCommand): boolean {
  if (name in MARKS) {
    const type = MARKS[name as keyof typeof MARKS];
    const { from, to, empty, $from } = state.selection;
    return empty
      ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
      : state.doc.rangeHasMark(from, to, type);
  }
  const wanted = BLOCKS[name];
  return wanted !== undefined && isInside(state, wanted.type, wanted.level);
}

function isInside({ selection: { $from } }: EditorState, type: NodeType, level?: number): boolean {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === type && (level === undefined || node.attrs['level'] === level)) return true;
  }
  return false;
}
