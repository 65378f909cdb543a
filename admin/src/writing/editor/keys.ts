import { baseKeymap, chainCommands, exitCode, joinDown, joinUp, selectParentNode } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import { undoInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { splitListItem } from 'prosemirror-schema-list';
import { type Command, type Plugin, Selection } from 'prosemirror-state';
import { goToNextCell } from 'prosemirror-tables';
import { schema } from '../text/schema.ts';
import { COMMANDS, indent, outdent } from './commands.ts';

const { nodes } = schema;

/** The shortcuts of the text, as on the page of shortcuts. `Mod` is ⌘ on a Mac, else Ctrl. */
export const TEXT_SHORTCUTS = {
  strong: 'Mod-b',
  em: 'Mod-i',
  inlineCode: 'Mod-e',
  strike: 'Mod-Shift-x',
  paragraph: 'Mod-Alt-0',
  heading2: 'Mod-Alt-2',
  heading3: 'Mod-Alt-3',
  heading4: 'Mod-Alt-4',
  orderedList: 'Mod-Shift-7',
  bulletList: 'Mod-Shift-8',
  quote: 'Mod-Shift-9',
} as const;

const lineBreak: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

const atStart =
  (command: Command): Command =>
  (state, dispatch) =>
    state.selection.empty && state.selection.$from.parentOffset === 0 && command(state, dispatch);

/** From the last row of a table, or from code, down into a new line. */
const leaveDown: Command = (state, dispatch) => {
  const { $head } = state.selection;
  const block = $head.depth > 0 ? $head.node(1) : null;
  const isLast = $head.depth > 0 && $head.after(1) === state.doc.content.size;
  if (!block || !isLast || (block.type !== nodes.table && block.type !== nodes.code_block)) return false;
  if (dispatch) {
    const tr = state.tr.insert(state.doc.content.size, nodes.paragraph.create());
    dispatch(tr.setSelection(Selection.atEnd(tr.doc)).scrollIntoView());
  }
  return true;
};

/** @param onLink asks for an address; false when nothing is selected */
export function keys(onLink: Command): Plugin[] {
  const shortcuts = Object.fromEntries(
    Object.entries(TEXT_SHORTCUTS).map(([name, key]) => [key, COMMANDS[name as keyof typeof TEXT_SHORTCUTS]]),
  );
  return [
    keymap({
      ...shortcuts,
      'Mod-k': onLink,
      'Mod-z': undo,
      'Shift-Mod-z': redo,
      'Mod-y': redo,
      Backspace: undoInputRule,
      Enter: splitListItem(nodes.list_item),
      'Shift-Enter': lineBreak,
      'Mod-Enter': leaveDown,
      // Tab goes on in tables, and indents at the beginning of an item; anywhere else it leaves the text, as somebody
      // without a mouse needs it to.
      Tab: chainCommands(goToNextCell(1), atStart(indent)),
      'Shift-Tab': chainCommands(goToNextCell(-1), atStart(outdent)),
      'Mod-]': indent,
      'Mod-[': outdent,
      'Alt-ArrowUp': joinUp,
      'Alt-ArrowDown': joinDown,
      'Mod-Shift-ArrowUp': selectParentNode,
    }),
    keymap(baseKeymap),
  ];
}
