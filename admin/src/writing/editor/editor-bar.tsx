import type { Article } from '@rubric/client';
import type { Command } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { type KeyboardEvent, type RefObject, useRef } from 'react';
import { Button } from '../../design/button.tsx';
import { classNames } from '../../design/class-names.ts';
import { Menu, MenuItem, MenuLine } from '../../design/menu.tsx';
import { texts } from '../../texts/texts.ts';
import { BLOCK_COMMANDS, COMMANDS, type TextCommand } from './commands.ts';
import { TABLE_COMMANDS } from './table-commands.ts';

interface EditorBarProps {
  mode: 'rich' | 'source';
  format: Article['contentFormat'];
  /** Of `activeCommands`. */
  active: string;
  view: RefObject<EditorView | null>;
  onMode: () => void;
  onLink: () => void;
  onImage: () => void;
  /** Absent once there is a text: its language cannot be changed then. */
  onFormat?: (format: Article['contentFormat']) => void;
}

const MARKS: { name: TextCommand; sign: string; className: string }[] = [
  { name: 'strong', sign: 'B', className: 'font-bold' },
  { name: 'em', sign: 'I', className: 'font-serif italic' },
  { name: 'strike', sign: 'S', className: 'line-through' },
  { name: 'inlineCode', sign: '<>', className: 'font-mono text-xs' },
];
const TABLE_NAMES = Object.keys(TABLE_COMMANDS) as (keyof typeof TABLE_COMMANDS)[];
const KINDS: TextCommand[] = [
  'heading2',
  'heading3',
  'heading4',
  'bulletList',
  'orderedList',
  'quote',
  'code',
  'table',
];

/** What can be done to the selection. One stop of the Tab key; arrows go from button to button. */
export function EditorBar({ mode, format, active, view, onMode, onLink, onImage, onFormat }: EditorBarProps) {
  const run = (command: Command) => {
    const editor = view.current;
    if (!editor) return;
    command(editor.state, editor.dispatch, editor);
    editor.focus();
  };
  const isChosen = useRef(false);
  const choose = (command: Command) => {
    isChosen.current = true;
    run(command);
  };
  /** Who chose a block goes on writing in it; who left the menu is back at its button. */
  const textIfChosen = () => {
    const text = isChosen.current ? view.current?.dom : undefined;
    isChosen.current = false;
    return text ?? true;
  };
  const isActive = new Set(active.split(' '));
  const kind = KINDS.find((name) => isActive.has(name));
  return (
    // Its buttons have the focus.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div role="toolbar" aria-label={texts.writing.formatting} className="editor-bar" onKeyDown={moveFocus}>
      {mode === 'rich' && (
        <>
          <Menu
            align="start"
            finalFocus={textIfChosen}
            trigger={
              <Button look="quiet" size="sm" className="justify-between! sm:min-w-28">
                {texts.writing.blocks[kind ?? 'paragraph']}
                <span aria-hidden="true">▾</span>
              </Button>
            }
          >
            {BLOCK_COMMANDS.map(({ name }) => (
              <MenuItem key={name} onSelect={() => (name === 'image' ? onImage() : choose(COMMANDS[name]))}>
                {texts.writing.blocks[name]}
              </MenuItem>
            ))}
            {isActive.has('table') && (
              <>
                <MenuLine />
                {TABLE_NAMES.map((name) => (
                  <MenuItem key={name} onSelect={() => choose(TABLE_COMMANDS[name])}>
                    {texts.writing.tables[name]}
                  </MenuItem>
                ))}
              </>
            )}
          </Menu>
          {MARKS.map(({ name, sign, className }) => (
            <Button
              key={name}
              look="quiet"
              size="sm"
              tabIndex={-1}
              aria-label={texts.writing.marks[name as keyof typeof texts.writing.marks]}
              aria-pressed={isActive.has(name)}
              className={classNames('w-8 aria-pressed:bg-shade aria-pressed:text-ink', className)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => run(COMMANDS[name])}
            >
              {sign}
            </Button>
          ))}
          <Button look="quiet" size="sm" icon="link" tabIndex={-1} aria-label={texts.writing.link} onClick={onLink} />
          <Button
            look="quiet"
            size="sm"
            icon="image"
            tabIndex={-1}
            aria-label={texts.writing.image}
            onClick={onImage}
          />
        </>
      )}
      <span className="flex-1" />
      {onFormat && (
        <Button
          look="quiet"
          size="sm"
          tabIndex={-1}
          onClick={() => onFormat(format === 'markdown' ? 'html' : 'markdown')}
        >
          {texts.writing.formats[format]}
        </Button>
      )}
      <Button
        look="quiet"
        size="sm"
        tabIndex={mode === 'source' ? 0 : -1}
        aria-pressed={mode === 'source'}
        onClick={onMode}
      >
        {mode === 'rich' ? texts.writing.showSource : texts.writing.showRich}
      </Button>
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return;
  event.preventDefault();
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}
