import { DOMParser, type ParseOptions, type Slice } from 'prosemirror-model';
import { schema } from '../text/schema.ts';

/** The parser of what is pasted: Word, Google Docs and web pages say the same in many ways. */
export const clipboardParser = Object.assign(DOMParser.fromSchema(schema), {
  parseSlice(dom: Node, options?: ParseOptions): Slice {
    if (dom.nodeType === 1) cleanPasted(dom as HTMLElement);
    return DOMParser.prototype.parseSlice.call(DOMParser.fromSchema(schema), dom, options);
  },
});

const styleOf = (element: Element) => element.getAttribute('data-style') ?? element.getAttribute('style') ?? '';

/**
 * Before it is parsed: the Content-Security-Policy blocks styles and event handlers already there, and the browser says so in
 * its console. What the styles meant is looked at below.
 */
export const withoutInlineCode = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag.replace(/\sstyle\s*=/gi, ' data-style=').replace(/\son[a-z]+\s*=/gi, ' data-off='),
    );

const NOISE =
  'style, script, meta, link, title, noscript, template, iframe, object, svg, button, input, select, br.Apple-interchange-newline';

/** Leaves what is said and takes away how it looked. The element belongs to no document, so nothing in it runs. */
export function cleanPasted(root: HTMLElement) {
  for (const element of root.querySelectorAll(NOISE)) element.remove();
  removeComments(root);
  for (const element of root.querySelectorAll<HTMLElement>('p')) listItemOfWord(element);
  for (const element of root.querySelectorAll<HTMLElement>('*')) cleanElement(element);
  for (const element of root.querySelectorAll('p, h1, h2, h3, h4, h5, h6')) {
    const isEmpty = (element.textContent ?? '').trim() === '' && !element.querySelector('img');
    if (isEmpty && !element.closest('td, th, li')) element.remove();
  }
}

function removeComments(root: Node) {
  let child = root.firstChild;
  while (child) {
    const next = child.nextSibling;
    if (child.nodeType === 8) child.remove();
    else removeComments(child);
    child = next;
  }
}

function cleanElement(element: HTMLElement) {
  const name = element.localName;
  const style = styleOf(element);
  // `<o:p>` of Word; and Google Docs has everything in a `<b>` that is not bold.
  if (name.includes(':') || (name === 'b' && /font-weight:\s*(?:normal|400)/.test(style))) return unwrap(element);
  if (name === 'img' && !/^https?:/i.test(element.getAttribute('src') ?? '')) return element.remove();
  if (name === 'a') element.setAttribute('href', plainAddress(element.getAttribute('href') ?? ''));
  if (name === 'span' || name === 'font') {
    const inHeading = element.closest('h1, h2, h3, h4, h5, h6') !== null;
    if (/font-weight:\s*(?:bold|[6-9]00)/.test(style) && !inHeading) wrapContent(element, 'strong');
    if (/font-style:\s*italic/.test(style)) wrapContent(element, 'em');
    if (/text-decoration[^;]*line-through/.test(style)) wrapContent(element, 's');
    if (/vertical-align:\s*super/.test(style)) wrapContent(element, 'sup');
    if (/vertical-align:\s*sub\b/.test(style)) wrapContent(element, 'sub');
    unwrap(element);
  }
}

/** A link that Google Docs leads through its own server, or one into the page that it comes from. */
function plainAddress(href: string): string {
  const wrapped = /^https:\/\/www\.google\.com\/url\?(?:.*&)?q=([^&]+)/.exec(href)?.[1];
  return wrapped ? decodeURIComponent(wrapped) : href;
}

/** Word writes a list as paragraphs with the sign in the text: `<p style="mso-list:l0 level2 lfo1">·  Text</p>`. */
function listItemOfWord(paragraph: HTMLElement) {
  const level = Number(/mso-list:\s*\S+\s+level(\d+)/.exec(styleOf(paragraph))?.[1] ?? 0);
  if (level === 0) return;
  const sign = [...paragraph.querySelectorAll('span')].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)));
  const isOrdered = /^\s*\(?[\da-z]+[.)]/i.test(sign?.textContent ?? '');
  sign?.remove();
  const { ownerDocument: document } = paragraph;
  const item = document.createElement('li');
  item.append(...paragraph.childNodes);
  const before = paragraph.previousElementSibling;
  const isList = before?.localName === 'ul' || before?.localName === 'ol';
  let list = isList ? (before as HTMLElement) : null;
  // Numbers that follow points, with nothing between, are a list of their own.
  if (!list || (level === 1 && isOrdered !== (list.localName === 'ol'))) {
    list = document.createElement(isOrdered ? 'ol' : 'ul');
    paragraph.before(list);
  }
  for (let depth = 1; depth < level; depth += 1) list = lastListIn(list, isOrdered, depth === level - 1);
  list.append(item);
  paragraph.remove();
}

/** The list at the end of this one: any on the way to a deeper item, of its own kind where the item goes. */
function lastListIn(list: HTMLElement, isOrdered: boolean, isPlace: boolean): HTMLElement {
  const { ownerDocument: document } = list;
  const item = list.lastElementChild ?? list.appendChild(document.createElement('li'));
  const inner = item.lastElementChild;
  const kinds = isPlace ? [isOrdered ? 'ol' : 'ul'] : ['ul', 'ol'];
  if (inner && kinds.includes(inner.localName)) return inner as HTMLElement;
  return item.appendChild(document.createElement(isOrdered ? 'ol' : 'ul'));
}

function unwrap(element: HTMLElement) {
  element.replaceWith(...element.childNodes);
}

function wrapContent(element: HTMLElement, name: string) {
  const inner = element.ownerDocument.createElement(name);
  inner.append(...element.childNodes);
  element.append(inner);
}
