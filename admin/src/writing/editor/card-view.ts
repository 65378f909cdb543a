import type { Node } from 'prosemirror-model';
import type { EditorView, NodeView } from 'prosemirror-view';
import { texts } from '../../texts/texts.ts';
import { safeHref } from '../text/safe-href.ts';
import type { SourceEditor } from './source-editor.ts';

/** A block that is shown, and edited, as its source. CodeMirror is loaded, and made, when somebody edits the first. */
export class CardView implements NodeView {
  readonly dom = document.createElement('div');
  private readonly label = document.createElement('span');
  private readonly button = document.createElement('button');
  private readonly body = document.createElement('div');
  private editor: SourceEditor | undefined;

  constructor(
    private node: Node,
    private readonly view: EditorView,
    private readonly getPos: () => number | undefined,
    private readonly language: 'markdown' | 'html',
  ) {
    const head = document.createElement('div');
    head.className = 'card-head';
    this.dom.className = 'card';
    this.dom.contentEditable = 'false';
    this.button.type = 'button';
    this.button.textContent = texts.writing.editSource;
    this.button.addEventListener('click', () => (this.editor ? this.leave() : void this.edit()));
    this.body.className = 'card-body';
    head.append(this.label, this.button);
    this.dom.append(head, this.body);
    this.show();
    if (node.attrs['source'] === '') void this.edit();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    const isOther = node.attrs['source'] !== this.node.attrs['source'];
    this.node = node;
    // While it is edited, what comes is what was typed; but an undo comes from outside.
    if (isOther && !this.editor) this.show();
    return true;
  }

  selectNode() {
    this.dom.classList.add('is-selected');
  }

  deselectNode() {
    this.dom.classList.remove('is-selected');
  }

  /** Events inside of it are its own, but for those that select or drag the whole. */
  stopEvent(event: Event): boolean {
    return this.editor !== undefined || this.button.contains(event.target as globalThis.Node);
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy() {
    this.editor?.destroy();
  }

  private get source(): string {
    return this.node.attrs['source'] as string;
  }

  private show() {
    this.label.textContent = kindOf(this.source);
    const picture = /<img\s[^>]*src=["']?([^"'\s>]+)/i.exec(this.source)?.[1];
    const source = document.createElement('pre');
    source.textContent = this.source;
    this.body.replaceChildren(source);
    if (picture === undefined) return;
    const image = document.createElement('img');
    image.src = safeHref(picture.replaceAll('&amp;', '&'));
    image.alt = '';
    image.loading = 'lazy';
    this.body.prepend(image);
  }

  private async edit() {
    const { sourceEditor } = await import('./source-editor.ts');
    if (this.editor) return;
    const parent = document.createElement('div');
    const isWindows = this.source.includes('\r\n');
    this.body.replaceChildren(parent);
    this.button.textContent = texts.writing.doneWithSource;
    this.editor = sourceEditor({
      parent,
      text: this.source,
      language: this.language === 'html' || this.source.startsWith('<') ? 'html' : 'markdown',
      label: texts.writing.sourceOf(kindOf(this.source)),
      onChange: (text) => this.change(isWindows ? text.replaceAll('\n', '\r\n') : text),
      keys: [{ key: 'Escape', run: () => (this.leave(), true) }],
    });
    this.editor.focus();
  }

  private change(source: string) {
    const at = this.getPos();
    if (at === undefined) return;
    this.view.dispatch(this.view.state.tr.setNodeMarkup(at, undefined, { ...this.node.attrs, source }));
  }

  private leave() {
    this.editor?.destroy();
    this.editor = undefined;
    this.button.textContent = texts.writing.editSource;
    this.show();
    this.view.focus();
  }
}

/** What a source is, in a word or two. */
function kindOf(source: string): string {
  const { kinds } = texts.writing;
  const block = /^<!--\s*wp:([\w/-]+)/.exec(source)?.[1];
  if (block) return kinds.block(block);
  if (source.startsWith('<!--')) return kinds.comment;
  const element = /^<([\w-]+)/.exec(source)?.[1];
  if (element) return kinds.element(element.toLowerCase());
  if (source.startsWith('[^')) return kinds.footnote;
  if (/^\[[^\]]+\]:/.test(source)) return kinds.references;
  if (source.startsWith('|') || /^[^\n]*\|[^\n]*\n[\s|:-]+/.test(source)) return kinds.table;
  return kinds.source;
}
