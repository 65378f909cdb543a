import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { html } from '@codemirror/lang-html';
import { markdown } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, type KeyBinding, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const highlight = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.strong, fontWeight: '600' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: [tags.link, tags.url], color: 'var(--color-focus)' },
  { tag: [tags.tagName, tags.processingInstruction, tags.contentSeparator], color: 'var(--color-rubric)' },
  { tag: [tags.attributeName, tags.monospace], color: 'var(--color-live)' },
  { tag: [tags.comment, tags.meta], color: 'var(--color-faint)' },
]);

const theme = EditorView.theme({
  '&': { color: 'var(--color-ink)', fontSize: '0.875rem', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.65', overflow: 'visible' },
  '.cm-content': { padding: '0', caretColor: 'var(--color-ink)' },
  '.cm-line': { padding: '0' },
});

interface Options {
  parent: HTMLElement;
  text: string;
  language: 'markdown' | 'html';
  /** The name for screen readers. */
  label: string;
  /** Called with a text whose lines end with `\n`. */
  onChange: (text: string) => void;
  keys?: KeyBinding[];
}

export interface SourceEditor {
  focus: () => void;
  destroy: () => void;
}

/**
 * A text as its source. It lives in a shadow root: there CodeMirror puts its styles into `adoptedStyleSheets`, in a
 * document into a style element, which the Content-Security-Policy does not take.
 */
export function sourceEditor({ parent, text, language, label, onChange, keys = [] }: Options): SourceEditor {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: 'open' });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        // Tab leaves the text, as the keyboard needs it to.
        keymap.of([...keys, ...defaultKeymap, ...historyKeymap]),
        language === 'html' ? html() : markdown(),
        syntaxHighlighting(highlight),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true' }),
        theme,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return { focus: () => view.focus(), destroy: () => view.destroy() };
}
