import { baseKeymap, chainCommands, exitCode, joinDown, joinUp, selectParentNode } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import { undoInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { splitListItem } from 'prosemirror-schema-list';
import { type Command, type Plugin, Selection } from 'prosemirror-state';
import { goToNextCell } from 'prosemirror-tables';
import { TEXT_SHORTCUTS } from '../../commands/shortcuts.ts';
import { schema } from '../text/schema.ts';
import { COMMANDS, indent, outdent } from './commands.ts';

const { nodes } = schema;

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

/** The last line of code and the last row of a table are where the arrow key goes on; in between it goes down in them. */
const leaveByArrow: Command = (state, dispatch, view) => {
  const { $head, empty } = state.selection;
  const block = $head.depth > 0 ? $head.node(1) : null;
  const isAbove = block?.type === nodes.table && $head.index(1) < block.childCount - 1;
  return empty && !isAbove && view?.endOfTextblock('down') === true && leaveDown(state, dispatch);
};

/** Enter after three backticks makes code, as a blank does: both are how fences are begun. */
const fence: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const { parent } = $from;
  const match = /^```(\w*)$/.exec(parent.textContent);
  if (!match || !empty || parent.type !== nodes.paragraph || $from.parentOffset !== parent.content.size) return false;
  const attrs = { info: match[1] };
  if (!$from.node(-1).canReplaceWith($from.index(-1), $from.indexAfter(-1), nodes.code_block)) return false;
  dispatch?.(
    state.tr.delete($from.start(), $from.end()).setBlockType($from.start(), $from.start(), nodes.code_block, attrs),
  );
  return true;
};

/** @param onLink asks for an address; false when nothing is selected */
export function keys(onLink: Command): Plugin[] {
  const shortcuts = Object.fromEntries(
    Object.entries(TEXT_SHORTCUTS).map(([name, key]) => [
      // ProseMirror takes a capital letter for one with Shift.
      key.replaceAll('+', '-').replace(/[A-Z]$/, (letter) => letter.toLowerCase()),
      COMMANDS[name as keyof typeof TEXT_SHORTCUTS],
    ]),
  );
  return [
    keymap({
      ...shortcuts,
      'Mod-k': onLink,
      'Mod-z': undo,
      'Shift-Mod-z': redo,
      'Mod-y': redo,
      Backspace: undoInputRule,
      Enter: chainCommands(fence, splitListItem(nodes.list_item)),
      'Shift-Enter': lineBreak,
      'Mod-Enter': leaveDown,
      ArrowDown: leaveByArrow,
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
