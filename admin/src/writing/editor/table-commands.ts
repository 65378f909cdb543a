import type { Command, Transaction } from 'prosemirror-state';
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, findTable } from 'prosemirror-tables';
import { schema } from '../text/schema.ts';

const { nodes } = schema;

/** Makes the new cells as those of a new table are: what the library puts into them would be `<td><p></p></td>` in HTML. */
const withBareCells =
  (command: Command): Command =>
  (state, dispatch) =>
    command(state, dispatch && ((tr) => dispatch(bareCells(tr))));

function bareCells(tr: Transaction): Transaction {
  const table = findTable(tr.selection.$from);
  table?.node.descendants((node, offset) => {
    const isEmpty = node.type === nodes.paragraph && node.content.size === 0;
    if (isEmpty) tr.setNodeMarkup(table.start + offset, undefined, { ...node.attrs, bare: true });
  });
  return tr;
}

/** What can be done to the table that the caret is in. The texts have their names. */
export const TABLE_COMMANDS = {
  rowBelow: withBareCells(addRowAfter),
  columnAfter: withBareCells(addColumnAfter),
  deleteRow,
  deleteColumn,
} as const satisfies Record<string, Command>;
