import type { Node } from 'prosemirror-model';
import type { Fields } from '../saving/fields.ts';
import { htmlFormat } from '../text/html/html-format.ts';
import { markdownFormat } from '../text/markdown/markdown-format.ts';
import { TextDocument } from '../text/text-document.ts';

export type Finding =
  | { check: 'title' }
  | { check: 'category' }
  | { check: 'excerpt' }
  | { check: 'text' }
  | { check: 'link'; text: string }
  | { check: 'heading'; text: string };

/** What a writer may have forgotten. Nothing of it forbids to publish. */
export function findings(fields: Fields): Finding[] {
  const { doc } = new TextDocument(fields.content, fields.contentFormat === 'html' ? htmlFormat() : markdownFormat());
  const found: Finding[] = [];
  if (fields.title.trim() === '') found.push({ check: 'title' });
  if (fields.categoryIds.length === 0) found.push({ check: 'category' });
  if (fields.excerpt.trim() === '') found.push({ check: 'excerpt' });
  if (fields.content.trim() === '') found.push({ check: 'text' });
  return [...found, ...linksToNothing(doc), ...skippedHeadings(doc)];
}

/** Links without an address, with one that is only the beginning of one, and to headings that are not there. */
function linksToNothing(doc: Node): Finding[] {
  const texts = new Map<string, string>();
  doc.descendants((node) => {
    if (node.type.name === 'card') {
      const source = node.attrs['source'] as string;
      for (const [, href = ''] of source.matchAll(/<a\s[^>]*href=["']([^"']*)["']/gi))
        if (isNothing(href)) texts.set(href, href);
    }
    const link = node.marks.find(({ type }) => type.name === 'link');
    const href = (link?.attrs['href'] as string | undefined)?.trim();
    if (href !== undefined && isNothing(href)) texts.set(`${href} ${node.text}`, node.text ?? '');
  });
  return [...texts.values()].map((text) => ({ check: 'link', text }));
}

const isNothing = (href: string) => /^(?:#|\/|https?:\/{0,2}|mailto:|TODO|url|link)?$/i.test(href) && href !== '/';

function skippedHeadings(doc: Node): Finding[] {
  const found: Finding[] = [];
  let before = 1;
  doc.descendants((node) => {
    if (node.type.name !== 'heading') return;
    const level = node.attrs['level'] as number;
    if (level > before + 1) found.push({ check: 'heading', text: node.textContent });
    before = level;
  });
  return found;
}
