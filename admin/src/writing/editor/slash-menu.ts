import { type Command, Plugin, PluginKey } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { texts } from '../../texts/texts.ts';
import { BLOCK_COMMANDS, type BlockCommand } from './commands.ts';

interface Slash {
  /** Where the `/` is. */
  from: number;
  to: number;
  query: string;
  /** The chosen one of the list. */
  index: number;
}

type Commands = Record<BlockCommand, Command>;

const key = new PluginKey<Slash | null>('slash');
const LIST_ID = 'slash-menu';

const matching = (query: string) =>
  BLOCK_COMMANDS.filter(({ name, words }) =>
    `${texts.writing.blocks[name]} ${words}`.toLowerCase().includes(query.toLowerCase()),
  );

/** A menu of blocks at a `/` that begins a word. Arrows choose, Enter takes, Escape leaves the sign as it is. */
export function slashMenu(commands: Commands): Plugin<Slash | null> {
  return new Plugin<Slash | null>({
    key,
    state: {
      init: () => null,
      apply: (tr, before, _old, state) => {
        const meta = tr.getMeta(key) as { index: number } | 'close' | undefined;
        if (meta === 'close') return null;
        if (meta && before) return { ...before, index: meta.index };
        const { $from, empty } = state.selection;
        if (!tr.docChanged && !before) return null;
        if (!empty || $from.parent.type.spec.code) return null;
        const match = /(?:^|\s)\/([\p{L}\d]*)$/u.exec(
          $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc'),
        );
        const query = match?.[1];
        if (query === undefined || matching(query).length === 0) return null;
        // A sign that was there before is not one that was typed.
        if (!before && !isTyped(tr)) return null;
        return { from: $from.pos - query.length - 1, to: $from.pos, query, index: 0 };
      },
    },
    props: {
      handleKeyDown: (view, event) => {
        const slash = key.getState(view.state);
        if (!slash) return false;
        const items = matching(slash.query);
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step)
          view.dispatch(view.state.tr.setMeta(key, { index: (slash.index + step + items.length) % items.length }));
        else if (event.key === 'Enter' || event.key === 'Tab') run(view, commands, items[slash.index]?.name);
        else if (event.key === 'Escape') view.dispatch(view.state.tr.setMeta(key, 'close'));
        else return false;
        return true;
      },
      attributes: (state): Record<string, string> => {
        const slash = key.getState(state);
        if (!slash) return {};
        return { 'aria-controls': LIST_ID, 'aria-activedescendant': `${LIST_ID}-${slash.index}` };
      },
      handleDOMEvents: { blur: (view) => view.dispatch(view.state.tr.setMeta(key, 'close')) },
    },
    view: (view) => new SlashList(view, commands),
  });
}

const isTyped = (tr: { steps: readonly { toJSON: () => unknown }[] }) =>
  tr.steps.some((step) => JSON.stringify(step.toJSON()).includes('/'));

function run(view: EditorView, commands: Commands, name: BlockCommand | undefined) {
  const slash = key.getState(view.state);
  if (!slash || !name) return;
  view.dispatch(view.state.tr.delete(slash.from, slash.to).setMeta(key, 'close'));
  commands[name](view.state, view.dispatch, view);
  view.focus();
}

class SlashList {
  private readonly list = document.createElement('div');

  constructor(
    private readonly editor: EditorView,
    private readonly commands: Commands,
  ) {
    this.list.id = LIST_ID;
    this.list.className = 'slash-menu';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', texts.writing.insertBlock);
    this.list.hidden = true;
    editor.dom.parentElement?.append(this.list);
  }

  update(view: EditorView) {
    const slash = key.getState(view.state);
    this.list.hidden = !slash;
    if (!slash) return;
    this.list.replaceChildren(
      ...matching(slash.query).map(({ name }, index) => this.option(name, index, index === slash.index)),
    );
    const { left, bottom, top } = view.coordsAtPos(slash.from);
    const { height, width } = this.list.getBoundingClientRect();
    const below = bottom + 4 + height < innerHeight;
    this.list.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    this.list.style.top = `${below ? bottom + 4 : Math.max(8, top - height - 4)}px`;
    this.list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  destroy() {
    this.list.remove();
  }

  private option(name: BlockCommand, index: number, isChosen: boolean) {
    const option = document.createElement('div');
    option.id = `${LIST_ID}-${index}`;
    option.textContent = texts.writing.blocks[name];
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', String(isChosen));
    // Before the editor loses the focus.
    option.addEventListener('mousedown', (event) => {
      event.preventDefault();
      run(this.editor, this.commands, name);
    });
    return option;
  }
}
