import MarkdownIt, { type StateCore, type Token } from 'markdown-it';
import { slugify } from '../../slugs/slug.ts';
import { ContentTooLarge, MAX_HTML } from './content-too-large.ts';
import { footnotes } from './footnotes.ts';

/** In characters; ids are shortened to the length of a slug anyway. */
const MAX_HEADING = 300;
/** The approximate length of the HTML of a footnote reference and of the link back. */
const FOOTNOTE_LENGTH = 200;

/** CommonMark with tables, strikethrough, footnotes and ids of headings. Its HTML is not safe: see `safe-html.ts`. */
const markdown = new MarkdownIt({ html: true }).use(footnotes);
// Accepts links to unsafe URLs: `safe-html.ts` removes the URL and keeps the text. markdown-it would keep the Markdown
// source as text.
markdown.validateLink = () => true;
markdown.core.ruler.push('heading_ids', setHeadingIds);
markdown.core.ruler.push('bounded', assertBounded);

/** @throws ContentTooLarge */
export const renderMarkdown = (text: string): string => markdown.render(text);

/** Sets the id of each heading: its text as a slug, with a suffix if an earlier heading has the same. */
function setHeadingIds({ tokens }: StateCore) {
  const used = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const slug = slugify(textOf(tokens[index + 1]), 'section');
    let id = slug;
    for (let n = used.get(slug) ?? 1; used.has(id); n += 1) {
      id = `${slug}-${n + 1}`;
      used.set(slug, n + 1);
    }
    used.set(id, 1);
    token.attrSet('id', id);
  }
}

function textOf(inline: Token | undefined): string {
  let text = '';
  for (const { type, content } of inline?.children ?? []) {
    if (text.length >= MAX_HEADING) break;
    if (type === 'text' || type === 'code_inline' || type === 'text_special') text += content;
    if (type === 'softbreak' || type === 'hardbreak') text += ' ';
  }
  return text.slice(0, MAX_HEADING);
}

/**
 * A reference such as `[a]` repeats the URL and title of its definition: 1 MiB of Markdown could become 100 GB of HTML.
 *
 * @throws ContentTooLarge
 */
function assertBounded({ tokens }: StateCore) {
  let length = 0;
  for (const { children } of tokens) {
    for (const { type, attrs } of children ?? []) {
      if (type === 'footnote_ref') length += FOOTNOTE_LENGTH;
      for (const [, value] of attrs ?? []) length += String(value).length;
    }
    if (length > MAX_HTML) throw new ContentTooLarge();
  }
}
