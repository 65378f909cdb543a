import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history } from 'prosemirror-history';
import { Slice } from 'prosemirror-model';
import { type Command, EditorState, Plugin } from 'prosemirror-state';
import { tableEditing } from 'prosemirror-tables';
import { Decoration, DecorationSet, EditorView } from 'prosemirror-view';
import { texts } from '../../texts/texts.ts';
import { htmlFormat } from '../text/html/html-format.ts';
import { markdownFormat } from '../text/markdown/markdown-format.ts';
import { schema } from '../text/schema.ts';
import { TextDocument } from '../text/text-document.ts';
import { CardView } from './card-view.ts';
import { COMMANDS } from './commands.ts';
import { keys } from './keys.ts';
import { pasteLink } from './link-dialog.tsx';
import { clipboardParser, withoutInlineCode } from './paste.ts';
import { typingRules } from './rules.ts';
import { slashMenu } from './slash-menu.ts';

interface Options {
  parent: HTMLElement;
  text: string;
  format: 'markdown' | 'html';
  /** Called with every change of the text. */
  onChange: (text: string) => void;
  /** Called with every change of the text or the selection. */
  onUpdate: (state: EditorState) => void;
  onLink: Command;
  onImage: Command;
  readOnly: boolean;
}

/** The rich editor of a text. */
export function richText({ parent, text, format, onChange, onUpdate, onLink, onImage, readOnly }: Options): EditorView {
  const document = new TextDocument(text, format === 'html' ? htmlFormat() : markdownFormat());
  const view = new EditorView(parent, {
    state: EditorState.create({
      doc: document.doc,
      plugins: [
        slashMenu({ ...COMMANDS, image: onImage }),
        typingRules(),
        ...keys(onLink),
        history(),
        tableEditing(),
        dropCursor(),
        gapCursor(),
        hint(),
      ],
    }),
    attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': texts.writing.text, class: 'prose' },
    nodeViews: { card: (node, editor, getPos) => new CardView(node, editor, getPos, format) },
    editable: () => !readOnly,
    transformPastedHTML: withoutInlineCode,
    clipboardParser,
    handlePaste: (editor, event) => pasteLink(editor, event.clipboardData?.getData('text/plain').trim() ?? ''),
    clipboardTextParser: (pasted, _context, isPlain) => sliceOf(pasted, format === 'markdown' && !isPlain),
    dispatchTransaction(tr) {
      const state = view.state.apply(tr);
      view.updateState(state);
      if (tr.docChanged) onChange(document.textOf(state.doc));
      onUpdate(state);
    },
  });
  onUpdate(view.state);
  return view;
}

/** What is pasted as text: Markdown where the article is Markdown, else paragraphs. */
function sliceOf(text: string, isMarkdown: boolean): Slice {
  const { doc } = isMarkdown
    ? new TextDocument(text.trim(), markdownFormat())
    : { doc: schema.nodes.doc.create(null, paragraphsOf(text)) };
  // They are new here.
  const blocks = doc.children.map((block) => block.type.create({ ...block.attrs, origin: null }, block.content));
  return Slice.maxOpen(schema.nodes.doc.create(null, blocks).content, false);
}

const paragraphsOf = (text: string) =>
  text.split(/(?:\r?\n)+/).map((line) => schema.nodes.paragraph.create(null, line ? schema.text(line) : []));

/** Says in an empty text what can be done there. */
const hint = () =>
  new Plugin({
    props: {
      decorations: ({ doc }) => {
        const { firstChild } = doc;
        if (doc.childCount > 1 || firstChild?.type !== schema.nodes.paragraph || firstChild.content.size > 0)
          return null;
        return DecorationSet.create(doc, [
          Decoration.node(0, firstChild.nodeSize, { class: 'is-empty', 'data-hint': texts.writing.textHint }),
        ]);
      },
    },
  });
